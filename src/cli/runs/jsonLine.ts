/** A value as one line of JSON. NaN and infinities are strings, as in events. */
export function jsonLine(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner,
  );
}

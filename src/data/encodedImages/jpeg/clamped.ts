/** A whole number brought to 0..255. */
export function clamped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

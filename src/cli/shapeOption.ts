/** The value of `--shape`: `28x28x1`, `28×28`; otherwise the text itself, for the check of the options to complain about. */
export function shapeOf(text: string): readonly [height: number, width: number, channels: number] {
  const [, height, width, channels = '1'] = /^(\d{1,9})[x×](\d{1,9})(?:[x×](\d{1,9}))?$/i.exec(text.trim()) ?? [];
  if (height === undefined) return text as never;
  return [Number(height), Number(width), Number(channels)];
}

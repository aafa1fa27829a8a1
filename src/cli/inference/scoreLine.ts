import type { ImageScore } from '../../inference/imageScore.js';

/** The line of an image: `{ index, label?, loss }`. */
export function scoreLine({
  index,
  label,
  loss,
}: Pick<ImageScore, 'index' | 'loss'> & { readonly label?: number | undefined }): string {
  return `${JSON.stringify({ index, ...(label !== undefined && { label }), loss: jsonNumber(loss) })}\n`;
}

/** JSON has no NaN and no infinities: they are strings, as in events. */
export function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

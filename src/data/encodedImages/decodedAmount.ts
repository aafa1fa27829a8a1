import type { DecodingProgress } from '../dataFormat.js';

/** How far decoding is: `photos: 1,200 of 50,000 files (2 %)`. */
export function decodedAmount({ path, done, total }: DecodingProgress): string {
  const files = (count: number): string => count.toLocaleString('en');
  if (total === undefined) return `${path}: ${files(done)} files so far`;
  return `${path}: ${files(done)} of ${files(total)} files (${Math.floor((100 * done) / total)} %)`;
}

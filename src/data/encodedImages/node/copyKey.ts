import { createHash } from 'node:crypto';
import type { ImageOptions } from '../imageOptions.js';

/** What a copy follows from. */
export interface SourceFile {
  /** Within the folder; empty for a file that is all there is. */
  readonly path: string;
  readonly size: number;
  /** When its content had last changed, in milliseconds. */
  readonly changedMs: number;
}

/** The name of a copy: other files, other times, other options, another name. */
export function copyKey(
  path: string,
  files: readonly SourceFile[],
  { resize, fit = 'cover', channels }: ImageOptions,
): string {
  return createHash('sha256')
    .update(JSON.stringify([path, resize, resize && fit, channels]))
    .update(files.map((file) => file.path).join('\0'))
    .update(numbersOf(files))
    .digest('hex')
    .slice(0, 32);
}

function numbersOf(files: readonly SourceFile[]): Float64Array {
  const numbers = new Float64Array(2 * files.length);
  let at = 0;
  for (const { size, changedMs } of files) {
    numbers[at++] = size;
    numbers[at++] = changedMs;
  }
  return numbers;
}

import { createHash } from 'node:crypto';
import type { ImageOptions } from '../imageOptions.js';

/** The name of a copy: other files, other times, other options, another name. */
export function copyKey(
  path: string,
  facts: Iterable<unknown>,
  { resize, fit = 'cover', channels }: ImageOptions,
): string {
  const hash = createHash('sha256').update(JSON.stringify([path, resize, resize && fit, channels]));
  for (const fact of facts) hash.update(JSON.stringify(fact));
  return hash.digest('hex').slice(0, 32);
}

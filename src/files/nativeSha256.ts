import { createHash } from 'node:crypto';
import type { CreateSha256 } from '../sha256.js';

/** Node's SHA-256. */
export const nativeSha256: CreateSha256 = () => {
  const hash = createHash('sha256');
  return {
    update(bytes) {
      hash.update(bytes);
    },
    digest: () => hash.digest('hex'),
  };
};

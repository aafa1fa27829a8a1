import type { CreateSha256 } from '../../sha256.js';
import { yieldToEventLoop } from '../../yieldToEventLoop.js';
import type { NamedTensors } from '../engine.js';

/** Bytes hashed at once: the training gets its turn in between. */
const CHUNK_BYTES = 2 ** 20;

/** sha256 over the state's text and the values of all tensors by name: a safetensors file does not say whether it is whole inside. */
export async function checkpointDigest(
  state: string,
  tensors: NamedTensors,
  createSha256: CreateSha256,
): Promise<string> {
  const hash = createSha256();
  const encoder = new TextEncoder();
  hash.update(encoder.encode(state));
  const sorted = [...tensors].sort(([one], [other]) => (one < other ? -1 : 1));
  let hashed = 0;
  for (const [name, { data }] of sorted) {
    hash.update(encoder.encode(name));
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      const chunk = bytes.subarray(from, from + CHUNK_BYTES);
      hash.update(chunk);
      hashed += chunk.length;
      if (hashed < CHUNK_BYTES) continue;
      hashed = 0;
      await yieldToEventLoop();
    }
  }
  return hash.digest();
}

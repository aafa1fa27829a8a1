import { IdxDecoder } from '../../idx/decoder.js';
import type { IdxHeader } from '../../idx/header.js';

/**
 * Reads as much of a file as its header takes, and gives back all of its bytes, those of the header once more.
 * @param bytes stays its owner's to close
 * @param path names the bytes in errors
 * @throws IdxError as `IdxDecoder`, and whatever `bytes` throws
 */
export async function peekHeader(
  bytes: AsyncGenerator<Uint8Array, void>,
  path: string,
): Promise<{ readonly header: IdxHeader; readonly all: AsyncIterable<Uint8Array> }> {
  const decoder = new IdxDecoder(path);
  const start: Uint8Array[] = [];
  while (decoder.header === undefined) {
    const chunk = await bytes.next();
    if (chunk.done === true) return { header: decoder.end(), all: startingWith(start, bytes) };
    start.push(chunk.value);
    decoder.push(chunk.value);
  }
  return { header: decoder.header, all: startingWith(start, bytes) };
}

async function* startingWith(start: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield* start;
  yield* rest;
}

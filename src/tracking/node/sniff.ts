import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Bytes } from '../fileReading.js';
import type { TrackingFormat } from '../format.js';
import { trackingFormatOf } from '../formats.js';
import { TELLING_BYTES } from '../recognition.js';
import { GzipBytes } from './gzipBytes.js';

export interface Sniffed {
  /** First bytes, decompressed. */
  readonly start: Uint8Array;
  /** It is a gzip file. */
  readonly isCompressed: boolean;
  /** What is wrong with it. */
  readonly problem: string | undefined;
  /** `undefined` where it is none of another tool. */
  readonly format: TrackingFormat | undefined;
}

/** What a file holds, by its first bytes. @throws what the system says */
export async function sniff(path: string): Promise<Sniffed> {
  const file = await open(path, 'r');
  try {
    const bytes = {
      read: async (offset: number, length: number): Promise<Uint8Array> => {
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    };
    const [first, second] = await bytes.read(0, 2);
    const isCompressed = first === 0x1f && second === 0x8b;
    const content: Bytes = isCompressed ? new GzipBytes(bytes) : bytes;
    const start = await content.read(0, TELLING_BYTES);
    const format = trackingFormatOf(start, basename(path).replace(/\.gz$/, ''));
    return { start, isCompressed, problem: content.problem, format };
  } finally {
    await file.close();
  }
}

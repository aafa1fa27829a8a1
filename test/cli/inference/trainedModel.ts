// A folder with a tiny trained run in it, and images for it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { millrace, tinyJob } from '../millrace.js';

/** Number of the images, 4×4×1 each. */
export const ITEMS = 60;
export const PIXELS = Uint8Array.from({ length: ITEMS * 16 }, (_, at) => (at * 37 + (at >> 4)) % 256);
export const LABELS = Uint8Array.from({ length: ITEMS }, (_, at) => at % 3);

/** Trains it; `data` is then a folder of images and labels with MNIST's names. */
export async function trainTiny(folder: string, ...flags: readonly string[]): Promise<void> {
  const { code, stderr } = await millrace(
    folder,
    'train',
    ...tinyJob(folder),
    '--ui',
    'none',
    '--epochs',
    '1',
    ...flags,
  );
  expect([code, stderr]).toEqual([0, '']);
  writeFileSync(join(folder, 'images.idx'), encodeIdx([ITEMS, 4, 4], PIXELS));
  writeFileSync(join(folder, 'train-images-idx3-ubyte'), encodeIdx([ITEMS, 4, 4], PIXELS));
  writeFileSync(join(folder, 'train-labels-idx1-ubyte'), encodeIdx([ITEMS], LABELS));
}

// Data sets whose images tell their place: every byte of image i is i, its label 100 + i (mod 256).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ImageDataset } from '../../../src/data/dataset/imageDataset.js';
import { memoryStore } from '../../../src/data/dataset/imageStore.js';
import { encodeIdx } from '../../../src/data/idx/encoder.js';

const BYTES = 2;

export function numberedPixels(items: number): Uint8Array {
  return Uint8Array.from({ length: items * BYTES }, (_, at) => Math.floor(at / BYTES));
}

export function numberedLabels(items: number): Uint8Array {
  return Uint8Array.from({ length: items }, (_, item) => 100 + item);
}

/** A labelled data set of 2×1×1 images in memory. */
export function numbered(items: number, pixels = numberedPixels(items)): ImageDataset {
  const identity = { name: 'numbered', source: 'memory', sample: false };
  return new ImageDataset(identity, [2, 1, 1], memoryStore(pixels, items), numberedLabels(items));
}

/** Writes images of 2×1 as an IDX file, gzip where the name says so. */
export function writeImages(path: string, items: number, shape: readonly number[] = [items, 2, 1]): string {
  return write(
    path,
    encodeIdx(
      shape,
      numberedPixels(items).subarray(
        0,
        shape.reduce((a, b) => a * b),
      ),
    ),
  );
}

export function writeLabels(path: string, items: number): string {
  return write(path, encodeIdx([items], numberedLabels(items)));
}

function write(path: string, bytes: Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(bytes) : bytes);
  return path;
}

// Files that NumPy and PyArrow have written: 5 images of 6×7, see make_arrays.py.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../fixtures/peers/arrays.json', import.meta.url));
const { files } = JSON.parse(readFileSync(path, 'utf8')) as { readonly files: Readonly<Record<string, string>> };

/** The bytes of one of them. */
export function peerFile(name: string): Buffer {
  const content = files[name];
  if (content === undefined) throw new Error(`no file ${name}`);
  return Buffer.from(content, 'base64');
}

/** The pixels of their images, channels last. */
export function peerPixels(channels: 1 | 3, items = 5): Uint8Array {
  const pixels: number[] = [];
  for (let i = 0; i < items; i++)
    for (let y = 0; y < 6; y++)
      for (let x = 0; x < 7; x++)
        for (let c = 0; c < channels; c++) pixels.push((37 * i + 29 * y + 11 * x + 83 * c) % 256);
  return Uint8Array.from(pixels);
}

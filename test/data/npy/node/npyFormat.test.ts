import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ELEMENT_BYTES, type ElementType } from '../../../../src/data/array/elementType.js';
import { LAYOUTS } from '../../../../src/data/array/imageLayout.js';
import type { DataOptions } from '../../../../src/data/node/openData.js';
import { openData, openStream, verifyData } from '../../../../src/data/node/openData.js';
import { encodeNpyHeader } from '../../../../src/data/npy/encoder.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { cases, wholeTest } from '../../../fixtures/laws.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';
import { peerFile, peerPixels } from '../../peerFiles.js';

const path = temporaryFolder();

async function read(bytes: Uint8Array, options: DataOptions = {}) {
  writeFileSync(path('x.npy'), bytes);
  const { train } = await openData({ ...options, data: path('x.npy') });
  return { shape: train.shape, pixels: await train.read(0, train.items) };
}

test.each<[string, DataOptions]>([
  ['grey.npy', {}],
  ['version-2.npy', {}],
  ['version-3.npy', {}],
  ['shares.npy', {}],
  ['floats.npy', {}],
  ['doubles.npy', { anyNumbers: true }],
  ['big-endian.npy', { anyNumbers: true }],
  ['rows.npy', { shape: [6, 7, 1] }],
])('reads the grey images that NumPy writes to %s', async (name, options) => {
  expect(await read(peerFile(name), options)).toEqual({ shape: [6, 7, 1], pixels: peerPixels(1) });
  expect(await read(gzipSync(peerFile(name)), options)).toEqual({ shape: [6, 7, 1], pixels: peerPixels(1) });
});

test.each(['colour.npy', 'channels-first.npy', 'fortran.npy'])(
  'reads the colours that NumPy writes to %s',
  async (name) => {
    expect(await read(peerFile(name))).toEqual({ shape: [6, 7, 3], pixels: peerPixels(3) });
  },
);

test.each<[string, RegExp]>([
  [
    'doubles.npy',
    /found float64 of 5×6×7\. Use millrace data convert \S+x\.npy \S+x-uint8\.npy to make bytes of it, once\./,
  ],
  ['big-endian.npy', /found big-endian int32 of 5×6×7\. Use millrace data convert/],
  ['centred.npy', /found float32 of 5×6×7 from -1 to 0\.98\d*\. np\.save.* brings them to 0\.\.255, in Python\./],
  ['rows.npy', /found uint8 of 5×42\. Use millrace data convert .* --shape HxWxC to say what shape an image has\./],
  ['objects.npy', /found Python objects\. They are kept as a pickle, which can hold programs and is never opened/],
  ['records.npy', /found records of several fields/],
])('says of %s what is wanted and what makes it', async (name, message) => {
  await expect(read(peerFile(name))).rejects.toThrow(message);
  await expect(read(peerFile(name))).rejects.toMatchObject({ code: 'NPY_UNSUITABLE' });
});

test('asks where the order of the dimensions cannot be told', async () => {
  const bytes = Buffer.concat([encodeNpyHeader('uint8', [2, 3, 2, 1]), Uint8Array.from({ length: 12 }, (_, at) => at)]);
  await expect(read(bytes)).rejects.toThrow(/Say which with --layout hwc \(channels last\) or --layout chw/);
  expect((await read(bytes, { layout: 'hwc' })).shape).toEqual([3, 2, 1]);
  expect(await read(bytes, { layout: 'chw' })).toEqual({
    shape: [2, 1, 3],
    pixels: Uint8Array.of(0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11),
  });
});

/** The bytes of values in any type, order and layout; written out here once more, without strides. */
function encode(
  images: Uint8Array,
  [items, height, width, channels]: readonly [number, number, number, number],
  { dtype, bigEndian, fortranOrder, layout }: Encoding,
): Buffer {
  const isFirst = layout === 'chw';
  const shape = isFirst ? [items, channels, height, width] : [items, height, width, channels];
  const size = ELEMENT_BYTES[dtype];
  const bytes = Buffer.alloc(images.length * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let from = 0;
  for (let i = 0; i < items; i++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) {
          const index = isFirst ? [i, c, y, x] : [i, y, x, c];
          const axes = fortranOrder ? [3, 2, 1, 0] : [0, 1, 2, 3];
          const place = axes.reduce((sum, axis) => sum * shape[axis]! + index[axis]!, 0);
          put(view, place * size, dtype, images[from++]!, !bigEndian);
        }
  return Buffer.concat([encodeNpyHeader(dtype, shape, { bigEndian, fortranOrder }), bytes]);
}

function put(view: DataView, at: number, dtype: ElementType, value: number, little: boolean): void {
  if (dtype === 'bool') view.setUint8(at, value > 127 ? 1 : 0);
  else if (dtype === 'uint8' || dtype === 'int8') view.setUint8(at, value);
  else if (dtype.endsWith('t16')) view.setUint16(at, value, little);
  else if (dtype.endsWith('t32') && dtype !== 'float32') view.setUint32(at, value, little);
  else if (dtype.endsWith('t64') && dtype !== 'float64') view.setBigUint64(at, BigInt(value), little);
  else if (dtype === 'float32') view.setFloat32(at, value / 255, little);
  else view.setFloat64(at, value / 255, little);
}

interface Encoding {
  readonly dtype: ElementType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly layout: (typeof LAYOUTS)[number];
}

test('gives the same images back from every type, byte order, order and layout', async () => {
  const side = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(side, side, side, side),
      fc.record({
        dtype: fc.constantFrom(...(Object.keys(ELEMENT_BYTES) as ElementType[])),
        bigEndian: fc.boolean(),
        fortranOrder: fc.boolean(),
        layout: fc.constantFrom(...LAYOUTS),
      }),
      fc.infiniteStream(fc.nat(255)),
      async (shape, encoding, values) => {
        const most = encoding.dtype === 'int8' ? 127 : 255;
        const length = shape.reduce((product, dimension) => product * dimension);
        const images = Uint8Array.from([...values.take(length)], (value) => Math.min(value, most));
        const isTruth = encoding.dtype === 'bool';
        const { pixels } = await read(encode(images, shape, encoding), { anyNumbers: true, layout: encoding.layout });
        expect(pixels).toEqual(isTruth ? images.map((value) => (value > 127 ? 255 : 0)) : images);
      },
    ),
    { numRuns: cases(200) },
  );
});

test('streams bytes, channels last', async () => {
  async function* stdin() {
    const bytes = peerFile('channels-first.npy');
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  }
  const stream = await openStream(stdin());
  expect([stream.shape, stream.items]).toEqual([[6, 7, 3], 5]);
  const reader = await stream.batches({ size: 5 }).open(new AbortController().signal);
  const { value } = await reader.next();
  expect(value?.pixels).toEqual(peerPixels(3));
  await reader.close();
});

test('a stream of floats is refused before their range is known', async () => {
  async function* stdin() {
    yield peerFile('shares.npy');
  }
  await expect(openStream(stdin())).rejects.toThrow(/found float32 in a stream\. Save the stream to a file/);
});

wholeTest('reads a file of more than 4 GiB in place, floats too', async () => {
  const items = 1100;
  const itemBytes = 4 * 1024 * 1024;
  const header = encodeNpyHeader('uint8', [items, 2048, 2048]);
  const descriptor = openSync(path('sparse.npy'), 'w');
  writeSync(descriptor, header);
  writeSync(descriptor, Uint8Array.of(7), 0, 1, header.length + items * itemBytes - 1);
  closeSync(descriptor);
  const before = heldBytes();
  const { train } = await openData({ data: path('sparse.npy') });
  expect((await train.read(items - 1, items)).at(-1)).toBe(7);
  expect(heldBytes() - before).toBeLessThan(16 * itemBytes);
});

test.each([
  [
    'ends early',
    peerFile('grey.npy').subarray(0, -1),
    { code: 'NPY_TRUNCATED', offset: 128 + 209, expected: '210 bytes (uint8 of 5×6×7)', actual: '209 bytes' },
  ],
  ['goes on', Buffer.concat([peerFile('grey.npy'), Buffer.of(1)]), { code: 'NPY_TRAILING', offset: 128 + 210 }],
])('a file that %s is refused and reported, raw or gzip', async (_, bytes, error) => {
  await expect(read(bytes)).rejects.toMatchObject(error);
  await expect(read(gzipSync(bytes))).rejects.toMatchObject(error);
  const reports = [];
  for await (const report of verifyData(path('x.npy'))) reports.push(report);
  expect(reports).toEqual([expect.objectContaining({ valid: false, ...error })]);
});

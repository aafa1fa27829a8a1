import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../../../src/data/idx/encoder.js';
import type { StreamBatchOptions } from '../../../../src/data/imageStream.js';
import { openStream } from '../../../../src/data/node/openData.js';
import { OptionError } from '../../../../src/errors.js';
import { fromSource } from '../../../../src/streams/fromSource.js';
import { withFlow } from '../../../../src/streams/withFlow.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { wholeTest } from '../../../fixtures/laws.js';
import { numbered, numberedPixels } from '../../dataset/numbered.js';
import { drain, opened } from '../../drain.js';
import { cuts, delivered, split } from '../../idx/arbitraries.js';

const fileOf = (items: number): Uint8Array => encodeIdx([items, 2, 1], numberedPixels(items));

async function batchesOf(bytes: Uint8Array, options?: StreamBatchOptions, at: readonly number[] = []) {
  const stream = await openStream(delivered(split(bytes, at)));
  return drain(stream.batches(options));
}

const unlabelled = async (items: number, options: StreamBatchOptions) =>
  (await drain(numbered(items).batches(options))).map(({ labels: _, ...batch }) => batch);

test('knows shape and length before anything is read', async () => {
  const stdin = new PassThrough();
  stdin.write(encodeIdxHeader('uint8', [1_000, 5, 4, 3]));
  const stream = await openStream(stdin);
  expect(stream).toMatchObject({ items: 1_000, shape: [5, 4, 3] });
  await stream.close();
  expect(stdin.destroyed).toBe(true);
});

test('gives the batches of the file, whatever the chunks, raw or gzip', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.boolean(),
      cuts,
      async (items, size, dropLast, gzip, cuts) => {
        const bytes = gzip ? gzipSync(fileOf(items)) : fileOf(items);
        expect(await batchesOf(bytes, { size, dropLast }, cuts)).toEqual(await unlabelled(items, { size, dropLast }));
      },
    ),
  );
});

test('shuffles the items through a bounded buffer, the same way for the same seed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer(),
      cuts,
      async (items, buffer, seed, cuts) => {
        const options = { size: 4, shuffle: { seed, buffer } };
        const batches = await batchesOf(fileOf(items), options, cuts);
        const order = batches.flatMap(({ indices }) => [...indices]);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: items }, (_, item) => item));
        expect(batches.flatMap(({ pixels }) => [...pixels])).toEqual(order.flatMap((place) => [place, place]));
        for (const [place, item] of order.entries()) expect(item).toBeLessThanOrEqual(place + buffer);
        expect(await batchesOf(fileOf(items), options)).toEqual(batches);
      },
    ),
  );
});

test('reads only when asked', async () => {
  let chunks = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield encodeIdxHeader('uint8', [1_000, 2, 1]);
    for (; chunks < 1_000; chunks += 1) yield new Uint8Array(2);
  }
  const stream = await openStream(bytes());
  const pull = await opened(stream.batches({ size: 4 }));
  expect(chunks).toBe(0);
  await pull.next();
  expect(chunks).toBeLessThanOrEqual(4);
  await pull.close();
});

test.each<[string, Uint8Array, string]>([
  ['ends in its header', fileOf(3).subarray(0, 10), 'IDX_HEADER_TRUNCATED'],
  ['is empty', new Uint8Array(0), 'DATA_EMPTY'],
  ['is text', Buffer.from('hello, world'), 'DATA_FORMAT'],
  ['holds labels', encodeIdx([3], new Uint8Array(3)), 'IDX_UNSUITABLE'],
  ['holds floats', encodeIdx([3, 1, 1], new Float32Array(3)), 'IDX_UNSUITABLE'],
  ['promises images beyond all measure', encodeIdxHeader('uint8', [1, 2 ** 20, 2 ** 20]), 'DATA_TOO_LARGE'],
  ['is no whole gzip header', gzipSync(fileOf(3)).subarray(0, 5), 'DATA_GZIP'],
])('refuses a stream that %s and ends it', async (_, bytes, code) => {
  const readable = Readable.from([bytes]);
  await expect(openStream(readable)).rejects.toMatchObject({ code, path: 'stdin' });
  expect(readable.destroyed).toBe(true);
});

test.each<[string, Uint8Array, string, number]>([
  ['ends early', fileOf(3).subarray(0, 19), 'IDX_TRUNCATED', 1],
  ['goes on after its last item', Buffer.concat([fileOf(3), Buffer.from('x')]), 'IDX_TRAILING', 2],
  ['ends early, gzip', gzipSync(fileOf(3)).subarray(0, -9), 'DATA_GZIP', 0],
])('fails where a stream %s', async (_, bytes, code, least) => {
  const stream = await openStream(delivered(split(bytes, [16, 17, 18, 20, 22])), { path: 'a socket' });
  const pull = await opened(stream.batches({ size: 1 }));
  let batches = 0;
  const all = async (): Promise<void> => {
    while ((await pull.next()).done !== true) batches += 1;
  };
  await expect(all()).rejects.toMatchObject({ code, path: 'a socket' });
  expect(batches).toBeGreaterThanOrEqual(least);
  await pull.close();
});

test('never overwrites a batch', async () => {
  const stream = await openStream(delivered(split(fileOf(20), [17, 30])));
  const pull = await opened(stream.batches({ size: 3, shuffle: { seed: 1, buffer: 5 } }));
  const first = await pull.next();
  const copy = structuredClone(first);
  while ((await pull.next()).done !== true);
  expect(first).toEqual(copy);
});

test('can be read only once', async () => {
  const stream = await openStream(delivered([fileOf(2)]));
  await drain(stream.batches());
  await expect(drain(stream.batches())).rejects.toMatchObject({ code: 'DATA_STATE' });
});

test('takes the first images and ends the stream there', async () => {
  const endless = new PassThrough();
  endless.write(encodeIdxHeader('uint8', [1_000, 2, 1]));
  endless.write(numberedPixels(9));
  const stream = await openStream(endless);
  const batches = await drain(stream.batches({ size: 4, limit: 7, shuffle: { seed: 1, buffer: 3 } }));
  expect(batches.map(({ length }) => length)).toEqual([4, 3]);
  expect(batches.flatMap(({ indices }) => [...indices]).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(endless.destroyed).toBe(true);
});

test('a limit beyond the end changes nothing', async () => {
  expect(await batchesOf(fileOf(3), { limit: 4 })).toEqual(await unlabelled(3, {}));
  const whole = batchesOf(Buffer.concat([fileOf(3), Buffer.from('x')]), { limit: 3 });
  await expect(whole).rejects.toMatchObject({ code: 'IDX_TRAILING' });
});

test.each<[string, StreamBatchOptions]>([
  ['limit', { limit: 0 }],
  ['size', { size: 0 }],
  ['shuffle.buffer', { shuffle: { seed: 1, buffer: 0 } }],
  ['shuffle.seed', { shuffle: { seed: 1.5 } }],
])('refuses a %s outside its range when it is put together', async (option, options) => {
  const stream = await openStream(delivered([fileOf(2)]));
  expect(() => stream.batches(options)).toThrow(OptionError);
  expect(() => stream.batches(options)).toThrow(expect.objectContaining({ option }));
});

test('gives up waiting for a header when aborted', async () => {
  const controller = new AbortController();
  const silent = new PassThrough();
  const stream = openStream(silent, { signal: controller.signal });
  await turn();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(stream).rejects.toBe(reason);
  expect(silent.destroyed).toBe(true);
});

test.each(['raw', 'gzip'])('unsubscribing ends a %s stream during a pending read', async (format) => {
  const slow = new PassThrough();
  const bytes = format === 'gzip' ? gzipSync(fileOf(200), { level: 0 }) : fileOf(200);
  slow.write(bytes.subarray(0, 300));
  const stream = await openStream(slow);
  let closed: Promise<void> | undefined;
  const subscription = withFlow({}, (flow) => {
    closed = flow.closed;
    return fromSource(stream.batches({ size: 100 }), flow);
  }).subscribe();
  await turn();
  await turn();
  subscription.unsubscribe();
  await closed;
  expect(slow.destroyed).toBe(true);
});

wholeTest('holds little of a long stream', async () => {
  const items = 200_000;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield encodeIdxHeader('uint8', [items, 28, 28]);
    for (let item = 0; item < items; item += 1_000) yield new Uint8Array(784_000);
  }
  const before = heldBytes();
  const stream = await openStream(bytes());
  const pull = await opened(stream.batches({ size: 1_000, shuffle: { seed: 1, buffer: 2_000 } }));
  let most = 0;
  for (let result = await pull.next(); result.done !== true; result = await pull.next())
    if (result.value.index % 20 === 0) most = Math.max(most, heldBytes() - before);
  expect(most).toBeLessThan((items * 784) / 4);
});

test('an epoch has so many items, cut into batches anew; only the last one may have fewer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
      async (items, epochItems, size, buffer) => {
        const shuffle = buffer === undefined ? {} : { shuffle: { seed: 1, buffer } };
        const batches = await batchesOf(fileOf(items), { size, epochItems, ...shuffle });
        const epochs = Array.from({ length: Math.ceil(items / epochItems) }, (_, epoch) =>
          Math.min(epochItems, items - epoch * epochItems),
        );
        const expected = epochs.flatMap((count, epoch) =>
          Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
            epoch: epoch + 1,
            index,
            length: Math.min(size, count - index * size),
          })),
        );
        expect(batches.map(({ epoch, index, length }) => ({ epoch, index, length }))).toEqual(expected);
        const places = batches.flatMap(({ indices }) => [...indices]);
        expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: items }, (_, item) => item));
      },
    ),
  );
});

test('an incomplete batch is left out in every epoch', async () => {
  const batches = await batchesOf(fileOf(11), { size: 2, epochItems: 5, dropLast: true });
  expect(batches.map(({ epoch, indices }) => [epoch, ...indices])).toEqual([
    [1, 0, 1],
    [1, 2, 3],
    [2, 5, 6],
    [2, 7, 8],
  ]);
});

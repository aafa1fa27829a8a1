import { PassThrough, Readable } from 'node:stream';
import { lastValueFrom, of, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { batchOf, scriptedSource } from '../../../src/exports/testing.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { type SourceLike, toSource } from '../../../src/streams/sources/toSource.js';

async function* letters(): AsyncGenerator<string> {
  yield* ['a', 'b'];
}

test.each<[string, () => SourceLike<string>]>([
  ['a Source', () => scriptedSource(['a', 'b'])],
  ['an array', () => ['a', 'b']],
  ['a Set', () => new Set(['a', 'b'])],
  ['an async iterable', letters],
  ['a Readable', () => Readable.from(['a', 'b'])],
  ['a ReadableStream', () => new Blob(['a', 'b']).stream().pipeThrough(new TextDecoderStream())],
])('a pipeline begins with %s', async (_, source) => {
  const seen = await lastValueFrom(pipeline(source(), toArray()));
  expect(seen.join('')).toBe('ab');
});

test('a ReadableStream is cancelled when the pipeline is left, also during a read', async () => {
  const reasons: unknown[] = [];
  const stream = new ReadableStream<string>({ cancel: (reason) => void reasons.push(reason) });
  const subscription = pipeline(stream).subscribe();
  await new Promise(setImmediate);
  subscription.unsubscribe();
  await new Promise(setImmediate);
  expect(reasons).toHaveLength(1);
  await expect(lastValueFrom(pipeline(stream))).rejects.toThrow('expected a ReadableStream that is not being read');
});

test('a Readable is destroyed when the pipeline is left', async () => {
  const silent = new PassThrough();
  const subscription = pipeline(silent).subscribe();
  await new Promise(setImmediate);
  subscription.unsubscribe();
  expect(silent.destroyed).toBe(true);
});

const shapes = memoryDataset({ shape: [1, 1, 1], pixels: new Uint8Array(1) });

test.each<[string, unknown, RegExp]>([
  ['an Observable', of(1), /fromObservable\(observable, \{ overflow, capacity \}\)/],
  ['a promise', Promise.resolve([1]), /await it first/],
  ['a data set', shapes, /batches\(\)/],
  ['a pair of data sets', { train: shapes }, /train\.batches\(\)/],
  ['a text', 'train.ndjson', /found "train\.ndjson"\. A text is no source/],
  ['a generator function', letters, /Call the function/],
  ['nothing', undefined, /found nothing/],
  ['null', null, /found null/],
  ['a batch', batchOf(1), /found an object/],
])('%s is refused with advice', (_, given, message) => {
  expect(() => toSource(given as never)).toThrow(message);
  expect(() => pipeline(given as never)).toThrow('source: expected a Source, an iterable');
});

test('what is no stage is refused with advice', async () => {
  expect(() => pipeline([1], undefined as never)).toThrow(
    'stage 1: expected an rxjs operator or a Stage, found nothing.',
  );
  const plain = ((value: unknown) => `${value}`) as never;
  await expect(lastValueFrom(pipeline([1], plain))).rejects.toThrow('expected a function that returns an Observable');
});

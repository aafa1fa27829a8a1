import { expect, test } from 'vitest';
import { divideImages, isForTesting } from '../../../src/data/encodedImages/divideImages.js';

function readable(paths: readonly string[]) {
  const { train, test, leftOut, labelNames } = divideImages(paths);
  const part = (found: typeof train | undefined) =>
    found && [...found.indices].map((at, place) => `${paths[at]} ${found.labels?.[place] ?? '-'}`);
  return { train: part(train), test: part(test), leftOut, labelNames };
}

test('folders are labels, by the order of their names, however deep their images lie', () => {
  expect(readable(['dog/1.png', 'cat/2.png', 'cat/old/3.png'])).toEqual({
    train: ['dog/1.png 1', 'cat/2.png 0', 'cat/old/3.png 0'],
    test: undefined,
    leftOut: 0,
    labelNames: ['cat', 'dog'],
  });
});

test('train and test at the top are splits with the same labels', () => {
  expect(readable(['train/dog/1', 'test/dog/2', 'train/cat/3', 'Test/dog/4', 'val/cat/5', 'readme/6'])).toEqual({
    train: ['train/dog/1 1', 'train/cat/3 0'],
    test: ['test/dog/2 1', 'Test/dog/4 1'],
    leftOut: 2,
    labelNames: ['cat', 'dog'],
  });
});

test.each(['val', 'valid', 'validation'])('%s is what is tested with where there is no test', (name) => {
  expect(readable([`${name}/1`, 'train/2'])).toMatchObject({ train: ['train/2 -'], test: [`${name}/1 -`], leftOut: 0 });
});

test('without train, test is a label like others', () => {
  expect(readable(['test/1', 'other/2'])).toMatchObject({ test: undefined, labelNames: ['other', 'test'] });
});

test('folders that hold everything count for nothing', () => {
  expect(readable(['a/b/train/cat/1', 'a/b/train/dog/2', 'a/b/test/dog/3'])).toMatchObject({
    train: ['a/b/train/cat/1 0', 'a/b/train/dog/2 1'],
    test: ['a/b/test/dog/3 1'],
  });
  expect(readable(['photos/1', 'photos/2']).labelNames).toEqual([]);
});

test('there are no labels where an image is in no folder, or a byte cannot number them', () => {
  expect(readable(['cat/1', 'dog/2', '3']).labelNames).toEqual([]);
  expect(readable(Array.from({ length: 257 }, (_, at) => `${at}/x`)).labelNames).toEqual([]);
  expect(readable(Array.from({ length: 256 }, (_, at) => `${at}/x`)).labelNames).toHaveLength(256);
});

test('of one path alone it can be told whether it is for testing', () => {
  expect(['test/1', 'photos/val/cat/1'].map(isForTesting)).toEqual([true, true]);
  expect(['train/test/1', 'a/b/test/1', 'test.png', 'cat/1'].map(isForTesting)).toEqual([false, false, false, false]);
});

import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeIdx } from '../../../../src/data/idx/encoder.js';
import { openData, openTestData, verifyData } from '../../../../src/data/node/openData.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();

/** Records whose pixel (row, column, channel) is `item + row + 2 column + 70 channel`, planes one behind the other. */
function batch(labels: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(
    labels.map((label, item) => {
      const planes = [0, 1, 2].flatMap((channel) =>
        Array.from({ length: 1024 }, (_, at) => item + Math.floor(at / 32) + 2 * (at % 32) + 70 * channel),
      );
      return Buffer.from([...label, ...planes]);
    }),
  );
}

test('five batches are one data set, with the sixth to test with', async () => {
  mkdirSync(path('ten'));
  for (const number of [1, 2, 3, 4, 5]) writeFileSync(path('ten', `data_batch_${number}.bin`), batch([[number], [9]]));
  writeFileSync(path('ten', 'test_batch.bin'), batch([[6]]));
  const { train, test: tested } = await openData({ data: path('ten') });
  expect([train.name, train.items, train.shape, tested?.items]).toEqual(['ten', 10, [32, 32, 3], 1]);
  expect(train.labels).toEqual(Uint8Array.of(1, 9, 2, 9, 3, 9, 4, 9, 5, 9));
  const second = await train.read(3, 4);
  expect([...second.subarray(0, 6)]).toEqual([1, 71, 141, 3, 73, 143]);
  expect([...second.subarray(96, 99)]).toEqual([2, 72, 142]);
  expect((await openTestData(path('ten'))).labels).toEqual(Uint8Array.of(6));
});

test('of CIFAR-100 the finer label counts', async () => {
  mkdirSync(path('hundred'));
  writeFileSync(
    path('hundred', 'train.bin'),
    batch([
      [19, 99],
      [0, 40],
    ]),
  );
  writeFileSync(path('hundred', 'test.bin'), batch([[3, 4]]));
  const { train, test: tested } = await openData({ data: path('hundred') });
  expect([train.labels, tested?.labels]).toEqual([Uint8Array.of(99, 40), Uint8Array.of(4)]);
});

test('a single batch is known by its size and labels', async () => {
  writeFileSync(path('one'), batch([[0], [7]]));
  expect((await openData({ data: path('one') })).train.labels).toEqual(Uint8Array.of(0, 7));
  // As long as a record, and it begins with a label that there is.
  writeFileSync(path('idx'), encodeIdx([3057, 1, 1], new Uint8Array(3057)));
  expect((await openData({ data: path('idx') })).train.items).toBe(3057);
});

test('a label that there is not and a torn record are told by their place', async () => {
  writeFileSync(path('ten', 'data_batch_2.bin'), batch([[1], [10]]));
  await expect(openData({ data: path('ten') })).rejects.toMatchObject({
    code: 'CIFAR_LABEL',
    path: path('ten', 'data_batch_2.bin'),
    offset: 3073,
    expected: 'a label of CIFAR-10 (0 to 9)',
    actual: '10',
  });
  truncateSync(path('ten', 'data_batch_2.bin'), 4000);
  const reports = [];
  for await (const report of verifyData(path('ten'))) reports.push(report);
  expect(reports.map(({ valid }) => valid)).toEqual([true, false, true, true, true, true]);
  expect(reports[1]).toMatchObject({ code: 'CIFAR_SIZE', offset: 3073, actual: '927 bytes of one' });
  rmSync(path('ten'), { recursive: true });
});

import { expect, test } from 'vitest';
import { hybridRuns } from '../../../src/data/parquet/hybridRuns.js';
import { run } from './parquetOf.js';

test('reads runs and packed bits', () => {
  // The example of the specification: 0 to 7 in three bits each.
  const packed = [0b0000_0011, 0b1000_1000, 0b1100_0110, 0b1111_1010];
  expect([...hybridRuns(Uint8Array.of(...packed, ...run(5, 3)), 3, 11)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 5, 5, 5]);
  expect([...hybridRuns(Uint8Array.of(4, 0x34, 0x12, 3, 1, 0, 2, 0), 16, 4)]).toEqual([0x1234, 0x1234, 1, 2]);
});

test('a run is as long as there are values, whatever it promises', () => {
  expect(hybridRuns(run(1, 2 ** 33), 1, 4)).toEqual(Int32Array.of(1, 1, 1, 1));
});

test('bytes that end too early are refused', () => {
  expect(() => hybridRuns(run(1, 3), 1, 4)).toThrow('runs that end too early');
  expect(() => hybridRuns(Uint8Array.of(3), 8, 4)).toThrow('runs that end too early');
});

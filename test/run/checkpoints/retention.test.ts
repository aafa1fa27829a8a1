import { expect, test } from 'vitest';
import { type KeptCheckpoint, superfluous } from '../../../src/run/checkpoints/retention.js';

function checkpoint(seq: number, loss = Number.POSITIVE_INFINITY, requested = false): KeptCheckpoint {
  return { file: `step-${seq}.safetensors`, step: seq, seq, loss, requested };
}

const leaving = (all: readonly KeptCheckpoint[], keep: number): number[] =>
  superfluous(all, keep).map(({ seq }) => seq);

test('the last ones stay', () => {
  expect(leaving([checkpoint(3), checkpoint(1), checkpoint(2), checkpoint(4)], 2)).toEqual([1, 2]);
});

test('the best stays beside them', () => {
  expect(leaving([checkpoint(1, 0.3), checkpoint(2, 0.1), checkpoint(3, 0.2), checkpoint(4, 0.2)], 2)).toEqual([1]);
  expect(leaving([checkpoint(1, 0.1), checkpoint(2, 0.3), checkpoint(3, 0.2), checkpoint(4, 0.2)], 2)).toEqual([2]);
});

test('of those with the best epoch behind them the first is the best', () => {
  expect(leaving([checkpoint(1, 0.1), checkpoint(2, 0.1), checkpoint(3, 0.2), checkpoint(4)], 2)).toEqual([2]);
});

test('what a command asked for stays and counts for nothing', () => {
  expect(leaving([checkpoint(1, 0.1, true), checkpoint(2), checkpoint(3), checkpoint(4)], 2)).toEqual([2]);
});

test('the one before the newest stays, which nothing has proved yet', () => {
  expect(leaving([checkpoint(1), checkpoint(2), checkpoint(3)], 1)).toEqual([1]);
  expect(leaving([checkpoint(1)], 1)).toEqual([]);
});

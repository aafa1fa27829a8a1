import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addLosses,
  columnsOf,
  cutBack,
  emptyHistory,
  type LossHistory,
  MOST_COLUMNS,
} from '../../../src/dashboard/history/lossHistory.js';
import { firstStepBelow, placed, stepWithLoss, valueAt } from '../../../src/dashboard/history/readHistory.js';

function historyOf(losses: readonly number[], firstStep = 1): LossHistory {
  return losses.reduce((history, loss, index) => addLosses(history, [{ step: firstStep + index, loss }]), emptyHistory);
}

/** A run so long that it no longer fits in one column a step; the loss of a step is its number. */
const LONG = 2 * MOST_COLUMNS + 10;
const long = historyOf(Array.from({ length: LONG }, (_, index) => index + 1));

test('keeps every loss apart while there are few', () => {
  expect(columnsOf(historyOf([3, 1, 2])).map(({ min, max }) => [min, max])).toEqual([
    [3, 3],
    [1, 1],
    [2, 2],
  ]);
});

test('is exact up to 131,072 steps, and bounded beyond', () => {
  const losses = Array.from({ length: MOST_COLUMNS }, (_, index) => Math.sin(index));
  const history = historyOf(losses);
  expect(columnsOf(history).map(({ min }) => min)).toEqual(losses);
  expect([long.stride, columnsOf(long).length, long.columns.min.length]).toEqual([4, LONG / 4 + 0.5, MOST_COLUMNS]);
});

test('columns of several steps hold their extremes', () => {
  expect(valueAt(long, 10)).toMatchObject({ from: 9, to: 12, min: 9, max: 12 });
  expect(valueAt(long, LONG + 5)).toMatchObject({ from: LONG - 1, to: LONG, min: LONG - 1, max: LONG });
  expect(Math.max(...placed(long, { from: 1, to: LONG }, 100).map((place) => place?.max ?? 0))).toBe(LONG);
});

test('of many losses on few places every extreme is found in its place', () => {
  const spikes = [1, 4_000, 31_999, 32_000, 59_999, 60_000];
  const losses = Array.from({ length: 60_000 }, (_, index) => (spikes.includes(index + 1) ? 9 : 1));
  const history = cutBack(addLosses(historyOf(losses), [{ step: 60_001, loss: 5 }]), 60_000);
  const places = placed(history, { from: 1, to: 60_000 }, 60);
  const found = places.flatMap((place, index) => (place?.max === 9 ? index : []));
  expect(found).toEqual([0, 4, 31, 59]);
  expect(placed(addLosses(history, [{ step: 60_001, loss: 20 }]), { from: 1, to: 60_001 }, 60).at(-1)?.max).toBe(20);
});

test('a loss far ahead halves the resolution until it fits', () => {
  const history = addLosses(historyOf([1, 2]), [{ step: 300 * MOST_COLUMNS, loss: 3 }]);
  expect(history.stride).toBe(512);
  expect(columnsOf(history).map(({ min, max }) => [min, max])).toEqual([
    [1, 2],
    [3, 3],
  ]);
});

/** What a history is, as a plain list: every loss by its step, and the mean as it is defined. */
interface Model {
  readonly losses: readonly { readonly step: number; readonly loss: number; readonly mean: number }[];
}

function addToModel({ losses }: Model, step: number, loss: number): Model {
  const kept = losses.filter((earlier) => earlier.step < step);
  const finite = [...kept.map((earlier) => earlier.loss), loss].filter(Number.isFinite).reverse();
  const weights = finite.map((_, age) => 0.95 ** age);
  const sum = finite.reduce((total, value, age) => total + value * weights[age]!, 0);
  const mean = finite.length === 0 ? 0 : sum / weights.reduce((total, weight) => total + weight, 0);
  return { losses: [...kept, { step, loss, mean }] };
}

test('whatever earlier history is continued, in whatever order, it gives what a plain list would', () => {
  const loss = fc.oneof({ weight: 9, arbitrary: fc.double({ min: 1e-6, max: 1e3, noNaN: true }) }, fc.double());
  const action = fc.record({
    from: fc.nat(),
    cut: fc.option(fc.nat({ max: 40 }), { freq: 4 }),
    ahead: fc.integer({ min: -3, max: 12 }),
    losses: fc.array(loss, { minLength: 1, maxLength: 12 }),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
      const known: { history: LossHistory; model: Model }[] = [{ history: emptyHistory, model: { losses: [] } }];
      for (const { from, cut, ahead, losses } of actions) {
        let { history, model } = known[from % known.length]!;
        if (cut !== null) {
          history = cutBack(history, cut);
          model = { losses: model.losses.filter(({ step }) => step <= cut) };
        }
        for (const [index, value] of losses.entries()) {
          const step = Math.max(1, history.lastStep + (index === 0 ? ahead : 1));
          history = addLosses(history, [{ step, loss: value }]);
          model = addToModel(model, step, value);
        }
        known.push({ history, model });
      }
      for (const { history, model } of known) {
        const read = columnsOf(history);
        const whole = placed(history, { from: 1, to: history.lastStep }, 1)[0];
        const finite = model.losses.map(({ loss }) => loss).filter(Number.isFinite);
        if (finite.length > 0) expect([whole?.min, whole?.max]).toEqual([Math.min(...finite), Math.max(...finite)]);
        expect(read.map(({ index, min }) => [index + 1, min])).toEqual(
          model.losses.map(({ step, loss }) => [step, loss]),
        );
        for (const [place, { mean }] of model.losses.entries()) {
          expect(Math.abs(read[place]!.mean - mean)).toBeLessThanOrEqual(1e-9 * Math.abs(mean));
        }
      }
    }),
  );
});

test('the mean is right from the first loss on', () => {
  expect(columnsOf(historyOf([7, 7, 7])).map(({ mean }) => Math.round(mean * 1e9) / 1e9)).toEqual([7, 7, 7]);
});

test('what is not finite is remembered as what it was', () => {
  const history = historyOf([1, Number.NaN, Number.POSITIVE_INFINITY, 2]);
  expect(columnsOf(history).map(({ min, finite, gap }) => [min, finite, gap])).toEqual([
    [1, true, false],
    [Number.NaN, false, true],
    [Number.POSITIVE_INFINITY, false, true],
    [2, true, false],
  ]);
  const [joined] = placed(history, { from: 1, to: 4 }, 1);
  expect(joined).toMatchObject({ min: 1, max: 2, finite: true, gap: true });
});

test('a step that comes again cuts the history back, a step before the first is no step', () => {
  const history = addLosses(historyOf([1, 2, 3, 4]), [{ step: 3, loss: 9 }]);
  expect(columnsOf(history).map(({ max }) => max)).toEqual([1, 2, 9]);
  expect(addLosses(history, [{ step: 0, loss: 5 }])).toBe(history);
});

test('on places the first step stands first and the last one last', () => {
  const places = placed(historyOf([5, 6, 7]), { from: 1, to: 3 }, 10);
  expect([places[0]?.max, places[9]?.max, places.filter((place) => place !== undefined).length]).toEqual([5, 7, 3]);
});

test('on places stands only what is within the range', () => {
  const places = placed(historyOf([9, 1, 2, 9]), { from: 2, to: 3 }, 2);
  expect(places.map((place) => place?.max)).toEqual([1, 2]);
});

test('where steps have no loss, the one before is read, and steps lead from loss to loss', () => {
  const history = [10, 20, 30].reduce((grown, step) => addLosses(grown, [{ step, loss: step / 100 }]), emptyHistory);
  expect(valueAt(history, 5)).toBeUndefined();
  expect(valueAt(history, 25)).toMatchObject({ from: 20, to: 20, min: 0.2 });
  expect([25, 20, 9].map((step) => stepWithLoss(history, step, -1))).toEqual([20, 20, undefined]);
  expect([25, 30, 31].map((step) => stepWithLoss(history, step, 1))).toEqual([30, 30, undefined]);
});

test('finds the first step at which the mean was as low', () => {
  const history = historyOf([4, 3, 2, 1]);
  const means = columnsOf(history).map(({ mean }) => mean);
  expect(means.map((mean) => firstStepBelow(history, mean))).toEqual([1, 2, 3, 4]);
  expect(firstStepBelow(history, 0.5)).toBeUndefined();
});

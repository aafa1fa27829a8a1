import { expect, test } from 'vitest';
import { EarlyStopping, type EarlyStoppingOptions } from '../../src/run/earlyStopping.js';

/** The epochs after which it would stop. */
function stopsAt(options: Partial<EarlyStoppingOptions>, losses: readonly number[]): number[] {
  const stopping = new EarlyStopping({ minChange: 0, warmUp: 0, ...options });
  return losses.flatMap((testLoss, at) => {
    stopping.add({ epoch: at + 1, trainLoss: 1, testLoss });
    return stopping.reason === undefined ? [] : [at + 1];
  });
}

test('ends after so many epochs without a lower loss', () => {
  expect(stopsAt({ patience: 2 }, [5, 4, 4, 3, 3, 3, 3])).toEqual([6, 7]);
});

test('without patience never', () => {
  expect(stopsAt({}, [1, 2, 3, 4])).toEqual([]);
});

test('takes a smaller change than asked for as none', () => {
  expect(stopsAt({ patience: 2, minChange: 0.5 }, [5, 4.8, 4.6, 4.4])).toEqual([3]);
});

test('leaves the warm-up out, its lower losses too', () => {
  expect(stopsAt({ patience: 1, warmUp: 2 }, [1, 2, 5, 4, 4])).toEqual([5]);
});

test('a loss that is not a number is no improvement', () => {
  expect(stopsAt({ patience: 2 }, [Number.NaN, Number.NaN, Number.NaN])).toEqual([3]);
});

test('looks at the training loss where there is no other', () => {
  const stopping = new EarlyStopping({ patience: 1, minChange: 0, warmUp: 0 });
  for (const epoch of [1, 2]) stopping.add({ epoch, trainLoss: 0.5 });
  expect(stopping.reason).toBe('no lower loss than 0.5000 in an epoch');
});

test('goes on from its state', () => {
  const before = new EarlyStopping({ patience: 3, minChange: 0, warmUp: 0 });
  for (const testLoss of [1, 2]) before.add({ epoch: 1, trainLoss: 1, testLoss });
  const after = new EarlyStopping({ patience: 3, minChange: 0, warmUp: 0 }, before.state);
  for (const testLoss of [2, 2]) after.add({ epoch: 3, trainLoss: 1, testLoss });
  expect(after.reason).toMatch(/in 3 epochs/);
});

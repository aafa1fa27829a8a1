import { expect, test } from 'vitest';
import { type Baseline, baselineOf, type Comparison } from '../../src/dashboard/comparison.js';
import { addLosses, emptyHistory, type LossHistory } from '../../src/dashboard/history/lossHistory.js';
import { baselineLossAt, type Lead, leadAt } from '../../src/dashboard/lead.js';
import { type DashboardState, initialState, reduce } from '../../src/dashboard/state.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { leadWords } from '../../src/tui/rows/overview/leadWords.js';
import { recordedRun } from '../fixtures/events.js';

const stateOf = (events: Iterable<MillraceEvent>): DashboardState => [...events].reduce(reduce, initialState);
const whole = stateOf(recordedRun({ epochs: 3, end: undefined }));

const words = (lead: Lead, name?: string): string | undefined =>
  leadWords(lead, name)[0]
    ?.map(([, text]) => text)
    .join('');

/** The run's own epochs, so many epochs later. */
function shifted(by: number): Baseline {
  const epochs = whole.epochs.map(({ epoch, trainLoss }) => ({ epoch: epoch + by, loss: trainLoss }));
  return { name: 'another', epochs, history: undefined, chosen: true };
}

test('a run is compared with the notebook where its events carry the figures', () => {
  expect(baselineOf(whole, {})?.epochs[1]).toEqual({ epoch: 2, loss: 0.272172 / 20 });
  expect(baselineOf(stateOf(recordedRun({ sample: true })), {})).toBeUndefined();
  const { notebookLosses: _, ...recordedEarlier } = whole.run!;
  expect(baselineOf({ ...whole, run: recordedEarlier }, {})?.epochs).toHaveLength(3);
});

test('of several curves the one that suits the network is taken, or none', () => {
  const curve = (architecture: string, loss: number) => ({ architecture, epochs: [{ epoch: 1, loss }] });
  const comparison: Comparison = { name: 'curves', curves: [curve('upsample', 1), curve('transpose', 2)] };
  expect(baselineOf(whole, { comparison })?.epochs).toEqual([{ epoch: 1, loss: 2 }]);
  expect(baselineOf(whole, { comparison: { name: 'none', curves: [] } })).toBeUndefined();
});

test('printed losses are divided by the batch size', () => {
  const curves = [{ epochs: [{ epoch: 1, loss: 0.5 }], timesBatchSize: true }];
  expect(baselineOf(whole, { comparison: { name: 'printed', curves } })?.epochs).toEqual([{ epoch: 1, loss: 0.025 }]);
});

test('a run is as many epochs ahead as the other one needed longer', () => {
  expect(leadAt(whole, shifted(2)).ahead).toEqual({ amount: 2, unit: 'epochs', atLeast: false });
  expect(leadAt(whole, shifted(0))).toMatchObject({ epoch: 3, above: 0, ahead: { amount: 0 } });
  expect(leadAt(whole, shifted(-1)).ahead).toEqual({ amount: -1, unit: 'epochs', atLeast: false });
});

test('where the other one never came so low, or was lower at once, it is at least so much', () => {
  const constant = (loss: number): Baseline => ({
    name: 'another',
    epochs: [1, 2, 3, 4, 5].map((epoch) => ({ epoch, loss })),
    chosen: true,
    history: undefined,
  });
  expect(leadAt(whole, constant(1)).ahead).toEqual({ amount: 2, unit: 'epochs', atLeast: true });
  expect(leadAt(whole, constant(0)).ahead).toEqual({ amount: -2, unit: 'epochs', atLeast: true });
});

test('nothing is said before the first epoch is done', () => {
  expect(leadAt(whole, shifted(1), 99)).toEqual({ epoch: undefined, above: undefined, ahead: undefined });
});

/** Falls in a straight line, so many steps later. */
function falling(later: number): LossHistory {
  const losses = Array.from({ length: 400 }, (_, index) => 1 - Math.max(0, index - later) / 1000);
  return losses.reduce((history, loss, index) => addLosses(history, [{ step: index + 1, loss }]), emptyHistory);
}

test('with an earlier run the two are compared step by step', () => {
  const run: DashboardState = { ...whole, history: falling(0), step: 300 };
  const beside = (later: number, step?: number): Lead =>
    leadAt(run, { name: 'another', epochs: [], history: falling(later), chosen: true }, step);
  expect(beside(50).ahead?.amount).toBeCloseTo(0.5, 1);
  expect(beside(0)).toMatchObject({ above: 0, ahead: { amount: 0, unit: 'steps' } });
  expect(beside(5).ahead).toMatchObject({ unit: 'steps' });
  expect(beside(50, 200).above).toBeLessThan(0);
  expect(beside(399).ahead).toMatchObject({ atLeast: true });
});

test('the comparison is read at any step', () => {
  expect(baselineLossAt(shifted(0), 150, 100)).toBe(whole.epochs[1]?.trainLoss);
  expect(baselineLossAt(shifted(0), 150, undefined)).toBeUndefined();
  const earlier: Baseline = { name: 'another', epochs: [], history: falling(0), chosen: true };
  expect([baselineLossAt(earlier, 1, 100), baselineLossAt(earlier, 401, 100)]).toEqual([1, undefined]);
});

test('the words say it as a person would', () => {
  const lead = (amount: number, unit: 'epochs' | 'steps' = 'epochs', atLeast = false): Lead => ({
    epoch: 3,
    above: undefined,
    ahead: { amount, unit, atLeast },
  });
  expect(words({ ...lead(2.13), above: -0.2266 }, 'the notebook')).toBe(
    '✓ 2.1 epochs ahead of the notebook · 22.7 % below',
  );
  expect(words(lead(-0.8), 'the notebook')).toBe('0.8 epochs behind the notebook');
  expect(words(lead(0.01), 'the notebook')).toBe('✓ even with the notebook');
  expect(words(lead(21.4, 'epochs', true), 'the notebook')).toBe('✓ 21+ epochs ahead of the notebook');
  expect(words(lead(0.33, 'epochs', true), 'another')).toBe('✓ 0.3+ epochs ahead of another');
  expect(words(lead(1, 'steps'))).toBe('✓ 1 step ahead');
  expect(words(lead(-1234, 'steps'))).toBe('1,234 steps behind');
  expect(words({ epoch: 1, above: 0.388, ahead: undefined }, 'the notebook')).toBe('38.8 % above the notebook');
  expect(words({ epoch: 1, above: undefined, ahead: undefined })).toBeUndefined();
});

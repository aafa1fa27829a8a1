import { expect, test } from 'vitest';
import { nextCommands } from '../../src/dashboard/nextCommands.js';
import { resultFrames, worstFirst } from '../../src/dashboard/result.js';
import { type DashboardState, initialState, reduce } from '../../src/dashboard/state.js';
import { recordedRun } from '../fixtures/events.js';

const ended = [...recordedRun({ epochs: 2, stepsPerEpoch: 300, detailed: true })].reduce(reduce, initialState);
const keptIn = (output: unknown, changes: Partial<DashboardState> = {}): string[] =>
  nextCommands({ ...ended, ...changes, run: { ...ended.run!, config: { ...ended.run!.config, output } } }).map(
    ({ command }) => command,
  );

test('commands name the run as the shell takes it, and a completed one gets more epochs', () => {
  expect(keptIn("it's mine")).toEqual([
    "millrace watch 'it'\\''s mine'",
    "millrace train --resume 'it'\\''s mine' --epochs 4",
    "millrace watch --once svg 'it'\\''s mine' > run.svg",
  ]);
  expect(keptIn('runs/20261123-120000-abcd')[0]).toBe('millrace watch 20261123-120000-abcd');
});

test('a stopped run goes on as planned, one without a checkpoint or a folder not at all', () => {
  expect(keptIn('one', { status: 'stopped', epochs: ended.epochs.slice(0, 1) })).toContain(
    'millrace train --resume one',
  );
  // What the key x ends has done all that is still planned.
  expect(keptIn('one', { status: 'stopped' })).toContain('millrace train --resume one --epochs 4');
  expect(keptIn('one', { log: [] }).join()).not.toContain('--resume');
  expect(keptIn(false)).toEqual([]);
});

test('a result shows the sample before the training, at the best epoch and the last, each once', () => {
  expect(resultFrames(ended).map(({ names, frame }) => [names.join(), frame.step])).toEqual([
    ['first', 0],
    ['best,last', 600],
  ]);
  const early = resultFrames({ ...ended, bestEpoch: ended.epochs[0] });
  expect(early.map(({ frame }) => frame.step)).toEqual([0, 300, 600]);
  expect(worstFirst(early[2]!.frame).slice(0, 2)).toEqual([9, 8]);
});

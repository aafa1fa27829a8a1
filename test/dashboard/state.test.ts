import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../src/dashboard/history/lossHistory.js';
import { progressOf } from '../../src/dashboard/progress.js';
import { type DashboardState, initialState, reduce, reduceAll } from '../../src/dashboard/state.js';
import type { MillraceEvent, RunEvent } from '../../src/events/schema.js';
import { summaryOf } from '../../src/tui/summary.js';
import { recordedRun } from '../fixtures/events.js';

const stateOf = (events: Iterable<MillraceEvent>): DashboardState => [...events].reduce(reduce, initialState);

/** A copy of all that a state says; the arrays behind its losses are shared, and grow. */
function readable({ history, ...rest }: DashboardState) {
  const { columns: _, ...own } = history;
  return structuredClone({ ...rest, history: { ...own, columns: columnsOf(history) } });
}

test('follows a run from its first event to its last', () => {
  const state = stateOf(recordedRun({ epochs: 2, stepsPerEpoch: 100 }));
  expect(state).toMatchObject({ status: 'completed', epoch: 2, step: 200, elapsedMs: 4000, learningRate: 0.001 });
  expect(state.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  expect(state.bestEpoch).toBe(state.epochs[1]);
  expect(state.sample?.images).toHaveLength(10);
  expect(state.sample?.images[0]?.input).toHaveLength(784);
});

test('all at once, in pieces of any size, comes to the same as one by one', () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 60 })];
  const oneByOne = events.reduce(reduce, initialState);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 8 }), (sizes) => {
      let state = initialState;
      for (let from = 0, piece = 0; from < events.length; piece++) {
        const size = sizes[piece % sizes.length]!;
        state = reduceAll(state, events.slice(from, from + size));
        from += size;
      }
      expect(state).toEqual(oneByOne);
    }),
    { numRuns: 20 },
  );
});

test('does not change a state that it has given out', () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 60 })];
  const halfway = stateOf(events.slice(0, 100));
  const copy = readable(halfway);
  for (const event of events.slice(100)) reduce(halfway, event);
  events.slice(100).reduce(reduce, halfway);
  expect(readable(halfway)).toEqual(copy);
});

test('stays small however long the run', () => {
  const state = stateOf(recordedRun({ epochs: 1200, stepsPerEpoch: 5 }));
  expect(state.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 1000 }, (_, index) => 201 + index));
  expect(state.testLosses).toHaveLength(1000);
});

test('remembers the losses on the test images of epochs and of evaluations, at their steps', () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 10, end: undefined })];
  const evaluation = { ...events[0]!, type: 'evaluation', step: 15, testLoss: 0.5, items: 9, durationMs: 1 } as const;
  const state = stateOf([
    ...events.filter(({ step }) => step <= 15),
    evaluation,
    ...events.filter(({ step }) => step > 15),
  ]);
  expect(state.testLosses.map(({ step }) => step)).toEqual([10, 15, 20]);
  expect(state.testLosses[1]?.value).toBe(0.5);
});

test('remembers from which step on which learning rate was taken, and forgets it with the steps', () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 10, end: undefined })].map((event) =>
    event.type === 'loss' ? { ...event, learningRate: event.step < 8 ? 0.001 : 0.002 } : event,
  );
  const state = stateOf(events);
  expect(state.learningRates).toEqual([
    { step: 1, value: 0.001 },
    { step: 8, value: 0.002 },
  ]);
  const resumed = {
    ...(events[0] as RunEvent),
    step: 5,
    resumedFrom: { step: 5, checkpoint: 'step-00000005.safetensors' },
  };
  expect(reduce(state, resumed).learningRates).toEqual([{ step: 1, value: 0.001 }]);
});

test('a new run starts anew, a resumed one keeps what came before its checkpoint', () => {
  const events = [...recordedRun({ epochs: 3, stepsPerEpoch: 10, end: undefined })];
  const before = stateOf(events);
  const again = { ...(events[0] as MillraceEvent & { type: 'run' }), step: 15, epoch: 2 };
  expect(reduce(before, again).epochs).toEqual([]);
  const resumed = reduce(before, { ...again, resumedFrom: { step: 15, checkpoint: 'step-00000015.safetensors' } });
  expect(resumed.epochs.map(({ epoch }) => epoch)).toEqual([1]);
  expect(columnsOf(resumed.history)).toHaveLength(15);
  expect(resumed.status).toBe('running');
});

test('keeps a row of what it does not know, and nothing of images that are not as large as they say', () => {
  const before = stateOf(recordedRun({ epochs: 1, stepsPerEpoch: 10, end: undefined }));
  const unknown = { ...before.run, type: 'weather' } as unknown as MillraceEvent;
  const after = reduce(before, unknown);
  expect(after).toEqual({ ...before, log: [...before.log, expect.objectContaining({ type: 'other' })] });
  const sample = [...recordedRun()].find(({ type }) => type === 'sample') as MillraceEvent & { type: 'sample' };
  expect(reduce(before, { ...sample, shape: [99_999, 99_999, 1] }).sample).toBe(before.sample);
});

test('a pause and a stop show', () => {
  const [run] = recordedRun();
  const command = (action: 'pause' | 'resume' | 'stop'): MillraceEvent => ({
    ...run!,
    type: 'command',
    action,
    from: 'keyboard',
  });
  const states = [run!, command('pause'), command('resume'), command('stop')].map((_, index, events) =>
    stateOf(events.slice(0, index + 1)),
  );
  expect(states.map(({ status }) => status)).toEqual(['running', 'paused', 'running', 'stopping']);
});

test('progress is known from the steps, the time left after a second', () => {
  const early = stateOf(recordedRun({ epochs: 2, stepsPerEpoch: 100, steps: 20, end: undefined }));
  expect(progressOf(early)).toMatchObject({ epoch: 0.2, run: 0.1, leftMs: undefined });
  const later = stateOf(recordedRun({ epochs: 2, stepsPerEpoch: 100, steps: 150, end: undefined }));
  expect(progressOf(later)).toEqual({ epoch: 0.5, run: 0.75, elapsedMs: 3000, leftMs: expect.closeTo(1000) });
});

test('a stream that does not say how long it is has no progress', () => {
  const [run] = recordedRun();
  const { stepsPerEpoch: _, ...endless } = run as MillraceEvent & { type: 'run' };
  expect(progressOf(stateOf([endless]))).toMatchObject({ epoch: undefined, run: undefined, leftMs: undefined });
});

test('the summary says how it ended and where the model is', () => {
  expect(summaryOf(stateOf(recordedRun({ epochs: 2 })), 'braille')).toMatchInlineSnapshot(`
    "completed: 2 epochs, 200 steps in 0:04, 990 images/s
    epoch 2: train 0.02033, test 0.01756 (20 × train 0.4066, notebook 0.2722)
    best: epoch 2 (test 0.01756)
    model: runs/20261123-120000-abcd/model.safetensors"
  `);
  expect(summaryOf(stateOf(recordedRun({ sample: true, steps: 42, end: 'stopped' })), 'ascii')).toMatchInlineSnapshot(`
    "stopped: 0 epochs, 42 steps in 0:00
    model: runs/20261123-120000-abcd/model.safetensors
    trained on the embedded sample of MNIST; to get all: millrace data fetch"
  `);
  expect(summaryOf(initialState, 'braille')).toBe('');
});

test('the summary prints nothing that a terminal would obey', () => {
  const [run] = recordedRun();
  const hostile = { ...run, config: { output: 'runs/\u001b]0;owned\u0007x' } } as MillraceEvent;
  const end: MillraceEvent = { ...run!, type: 'end', status: 'completed', steps: 0, durationMs: 0 };
  expect(summaryOf(stateOf([hostile, end]), 'braille').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('the best epoch has the lowest test loss, or without test data the lowest training loss', () => {
  const [run, ...events] = recordedRun({ epochs: 3, stepsPerEpoch: 10 });
  const epochs = events.filter((event) => event.type === 'epoch');
  const losses = [0.3, 0.1, Number.NaN];
  const tested = epochs.map((event, place) => ({ ...event, testLoss: losses[place]!, trainLoss: 1 - place * 0.1 }));
  expect(stateOf([run!, ...tested]).bestEpoch?.epoch).toBe(2);
  const untested = tested.map(({ testLoss: _, ...event }) => event);
  expect(stateOf([run!, ...untested]).bestEpoch?.epoch).toBe(3);
});

test('a command that changes the learning rate or the number of epochs shows at once', () => {
  const events = [...recordedRun({ epochs: 3, stepsPerEpoch: 10, steps: 15, end: undefined })];
  const command = (action: 'learningRate' | 'epochs', value: number): MillraceEvent => ({
    ...events.at(-1)!,
    type: 'command',
    action,
    value,
    from: 'keyboard',
  });
  const state = stateOf([...events, command('learningRate', 0.5), command('epochs', 2)]);
  expect(state.learningRate).toBe(0.5);
  expect(progressOf(state).run).toBe(0.75);
});

test('a rollback forgets what came after its checkpoint and takes its learning rate', () => {
  const events = [...recordedRun({ epochs: 2, stepsPerEpoch: 10, end: undefined })];
  const back = reduce(stateOf(events), {
    ...events.at(-1)!,
    type: 'command',
    action: 'rollback',
    value: 0.0005,
    from: 'rule',
    epoch: 1,
    step: 5,
  } as MillraceEvent);
  expect(back).toMatchObject({
    step: 5,
    epoch: 1,
    status: 'running',
    learningRate: 0.0005,
    epochs: [],
    testLosses: [],
  });
  expect(columnsOf(back.history)).toHaveLength(5);
});

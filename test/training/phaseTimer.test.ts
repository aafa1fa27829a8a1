import { lastValueFrom, map, tap, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { memoryDataset } from '../../src/data/dataset/memoryDataset.js';
import type { Dataset } from '../../src/data/dataset.js';
import { fromIterable } from '../../src/data/fromIterable.js';
import { batchesOf, fakeEngine } from '../../src/exports/testing.js';
import { connect } from '../../src/streams/connect.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { deliver } from '../../src/streams/sinks/deliver.js';
import type { Sink } from '../../src/streams/sinks/sink.js';
import { withFlow } from '../../src/streams/withFlow.js';
import { PhaseTimer } from '../../src/training/phaseTimer.js';
import { train } from '../../src/training/train.js';

/** A clock that stands still unless it is told to go on. */
class Clock {
  ms = 0;
  updateMs = 0;
}

interface Costs {
  /** For a batch, at the source. */
  readonly data?: number;
  /** For an update of the weights, and for the gradients before it. */
  readonly update?: number;
  readonly gradients?: number;
  /** For a batch that is evaluated. */
  readonly evaluation?: number;
  /** For an event: a reader that keeps the training's thread, and one that has it wait. */
  readonly reading?: number;
  readonly writing?: number;
}

/** Three updates in each of two epochs, with a test set of five images: what `stats` says, and how long it took. */
async function phasesOf({ data = 0, update = 0, gradients = 0, evaluation = 0, reading = 0, writing = 0 }: Costs) {
  const clock = new Clock();
  const engine = fakeEngine({
    loss: () => {
      clock.ms += gradients + update;
      clock.updateMs += update;
      return 1;
    },
  });
  Object.defineProperty(engine, 'updateMs', { get: () => clock.updateMs });
  const phases = new PhaseTimer(engine, () => clock.ms);
  function* batches(): Generator<Batch> {
    for (const epoch of [1, 2])
      for (const batch of batchesOf(6, 2, { epoch })) {
        clock.ms += data;
        yield batch;
      }
  }
  const testData = {
    batches: () => fromIterable(batchesOf(5, 5)),
  } as unknown as Dataset;
  const sink: Sink = {
    write: () =>
      writing === 0
        ? undefined
        : new Promise((resolve) =>
            setImmediate(() => {
              clock.ms += writing;
              resolve();
            }),
          ),
    close: async () => undefined,
  };
  let result: { readonly phases: ReturnType<PhaseTimer['snapshot']>; readonly ms: number } | undefined;
  const prepare = map((batch: Batch) => {
    clock.ms += evaluation;
    return batch;
  });
  const events = withFlow({ highWaterMark: 1 }, (flow) => {
    const trained = connect(fromSource(fromIterable(batches()), flow, phases), flow, [
      train(engine, { testData, sampleData: samples, prepare, phases }),
    ]);
    const read = trained.pipe(
      tap({
        next: () => (clock.ms += reading),
        complete: () => (result = { phases: phases.snapshot(), ms: clock.ms }),
      }),
    );
    return deliver(sink)(read as never, flow);
  });
  const count = (await lastValueFrom(events.pipe(toArray()))).length;
  return { ...result!, events: count };
}

const samples = memoryDataset({ shape: [2, 2, 1], pixels: new Uint8Array(4) });
const nothing = { dataMs: 0, forwardBackwardMs: 0, updateMs: 0, waitingMs: 0, otherMs: 0 };

describe('the time of a training', () => {
  test('goes to data while a batch is being made', async () => {
    const { phases } = await phasesOf({ data: 5 });
    expect(phases).toEqual({ ...nothing, dataMs: 30 });
  });

  test('goes to gradients and to updates as the engine says', async () => {
    const { phases } = await phasesOf({ gradients: 4, update: 3 });
    expect(phases).toEqual({ ...nothing, forwardBackwardMs: 24, updateMs: 18 });
  });

  test('goes to readers that keep the thread', async () => {
    const { phases, events } = await phasesOf({ reading: 2 });
    expect(phases).toEqual({ ...nothing, waitingMs: 2 * events });
  });

  test('goes to readers that hold events so long that the flow is full', async () => {
    const { phases, ms } = await phasesOf({ writing: 7 });
    expect(phases.dataMs).toBe(0);
    expect(phases.waitingMs + phases.otherMs).toBe(ms);
    // Of all events only those around an evaluation may be written while it goes on.
    expect(phases.waitingMs).toBeGreaterThan(ms / 2);
  });

  test('goes elsewhere while a test set is evaluated and samples are read', async () => {
    const { phases } = await phasesOf({ evaluation: 6 });
    expect(phases).toEqual({ ...nothing, otherMs: 18 });
  });

  test('is all told, and nothing twice', async () => {
    const costs = { data: 5, gradients: 4, update: 3, reading: 2, writing: 7, evaluation: 6 };
    const { phases, ms } = await phasesOf(costs);
    expect(Object.values(phases).reduce((sum, part) => sum + part, 0)).toBe(ms);
    expect(phases).toMatchObject({ dataMs: 30, forwardBackwardMs: 24, updateMs: 18 });
  });

  test('counts from where it begins to be counted', () => {
    const clock = { ms: 100 };
    const engine = { updateMs: 40 };
    const phases = new PhaseTimer(engine, () => clock.ms);
    const before = phases.enter('step');
    clock.ms += 10;
    engine.updateMs += 4;
    phases.enter(before);
    clock.ms += 3;
    expect(phases.snapshot()).toEqual({ ...nothing, forwardBackwardMs: 6, updateMs: 4, dataMs: 3 });
  });
});

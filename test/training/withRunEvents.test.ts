import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { expect, test, vi } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { fromIterable } from '../../src/data/fromIterable.js';
import type { Source } from '../../src/data/source.js';
import { OptionError } from '../../src/errors.js';
import { metric } from '../../src/events/measurements/metric.js';
import { encodeEvent, parseEvent } from '../../src/events/ndjson.js';
import type { EndEvent, MillraceEvent, RunEvent, StatsEvent } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';
import { batchesOf, fakeEngine } from '../../src/exports/testing.js';
import { measure } from '../../src/streams/operators/measure.js';
import { tapStats } from '../../src/streams/operators/tapStats.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { StageStats } from '../../src/streams/stageStats.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { train } from '../../src/training/train.js';
import type { TrainOptions } from '../../src/training/trainOptions.js';
import { type RunEventsOptions, withRunEvents } from '../../src/training/withRunEvents.js';
import { datasetOf } from '../fixtures/datasetOf.js';

type Options = Partial<RunEventsOptions> & { readonly training?: TrainOptions };

function training({ training: options = {}, stamp = createStamp(), ...rest }: Options = {}): Observable<MillraceEvent> {
  const engine = fakeEngine();
  const source = fromIterable([1, 2].flatMap((epoch) => batchesOf(4, 2, { epoch })));
  return pipeline(
    source,
    train(engine, { stamp, ...options }),
    measure(stamp, ({ type }) => (type === 'epoch' ? metric('figure', 1) : undefined)),
    withRunEvents({ stamp, engine, data: datasetOf(4), epochs: 2, ...rest }),
  );
}

const eventsOf = (options?: Options): Promise<MillraceEvent[]> => lastValueFrom(training(options).pipe(toArray()));
const endOf = (events: readonly MillraceEvent[]): EndEvent => events.at(-1) as EndEvent;

test('a pipeline becomes a run: run first, end last, one number after the other', async () => {
  const events = await eventsOf();
  expect(events.map(({ type }) => type).join(' ')).toBe(
    'run sample loss loss epoch metric loss loss epoch metric sample end',
  );
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  expect(new Set(events.map(({ run }) => run)).size).toBe(1);
  for (const event of events) expect(parseEvent(encodeEvent(event))).toEqual(event);
});

test('the run event says what is trained on what', async () => {
  const said = { stepsPerEpoch: 2, seed: 7, config: { batchSize: 2 }, testData: datasetOf(3) };
  const [run] = (await eventsOf(said)) as [RunEvent];
  expect(run).toMatchObject({
    ...{ type: 'run', epoch: 1, step: 0, schema: 1, epochs: 2, stepsPerEpoch: 2, seed: 7, config: { batchSize: 2 } },
    dataset: { name: 'test', source: 'memory', items: 4, testItems: 3, shape: [2, 2, 1], sample: false },
    architecture: { name: 'fake', input: [2, 2, 1] },
    layers: [{ name: 'encoder.0', type: 'reshape', output: [2, 2, 1], parameters: 1 }],
    engine: { name: 'tfjs', backend: 'cpu', threads: 1 },
  });
});

test("an engine and data of one's own say no more than they know", async () => {
  const [run] = await eventsOf({
    engine: { description: { name: 'mine' } },
    data: { name: 'faces', shape: [2, 2, 1] },
  });
  expect(Object.keys(run!)).toEqual([
    ...['type', 'run', 'seq', 'time', 'elapsedMs', 'epoch', 'step', 'schema', 'dataset', 'engine', 'epochs'],
  ]);
});

test('the end has the losses of the last epoch', async () => {
  const events = await eventsOf();
  const epoch = events.findLast(({ type }) => type === 'epoch');
  const { type, status, steps, trainLoss, durationMs, elapsedMs } = endOf(events);
  expect([type, status, steps, trainLoss]).toEqual([
    'end',
    'completed',
    4,
    (epoch as { trainLoss?: number }).trainLoss,
  ]);
  expect(durationMs).toBe(elapsedMs);
});

test('a command that ends the training makes it a stopped run', async () => {
  const commands = createCommandQueue();
  commands.send({ action: 'stop', step: 1 });
  expect(endOf(await eventsOf({ training: { commands } }))).toMatchObject({ status: 'stopped', steps: 1 });
});

test('a training that fails ends with a word and with its error', async () => {
  const seen: MillraceEvent[] = [];
  const engine = fakeEngine({ loss: () => Number.NaN });
  const stamp = createStamp();
  const events = pipeline(
    fromIterable(batchesOf(4, 2)),
    train(engine, { stamp }),
    withRunEvents({ stamp, engine, data: datasetOf(4), epochs: 1 }),
  );
  await expect(events.forEach((event) => void seen.push(event))).rejects.toMatchObject({ code: 'RUN_DIVERGED' });
  expect(endOf(seen)).toMatchObject({ type: 'end', status: 'diverged', error: { code: 'RUN_DIVERGED' }, steps: 1 });
});

test('stats come every second with the stages, while the training waits for its data too', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const data = new StageStats('data');
    const [stamp, engine, seen] = [createStamp(), fakeEngine(), [] as MillraceEvent[]];
    const batches = batchesOf(4, 2).values();
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    const source: Source<Batch> = {
      open: () => ({ next: () => given.then(() => batches.next()), close: () => undefined }),
    };
    const over = pipeline(
      source,
      tapStats(data, (batch) => batch),
      train(engine, { stamp }),
      withRunEvents({ stamp, engine, data: datasetOf(4), epochs: 1, stages: [data], rssBytes: () => 7 }),
    ).forEach((event) => {
      seen.push(event);
      // Between this event and the end.
      if (event.type === 'epoch') vi.advanceTimersByTime(1000);
    });
    vi.advanceTimersByTime(2000);
    expect(seen.map(({ type }) => type)).toEqual(['run', 'stats', 'stats']);
    give();
    await over;
    expect(seen.map(({ type }) => type).join(' ')).toBe('run stats stats sample loss loss epoch stats sample end');
    const [first, , last] = seen.filter((event): event is StatsEvent => event.type === 'stats');
    expect(first).toMatchObject({ rssBytes: 7, stages: [{ name: 'data', items: 0 }] });
    expect(last).toMatchObject({ rssBytes: 7, stages: [{ name: 'data', items: 4 }], step: 2 });
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index));
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('unsubscribing ends it without a word, and stops its clock', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const seen: MillraceEvent[] = [];
    training()
      .subscribe((event) => void seen.push(event))
      .unsubscribe();
    expect([seen.map(({ type }) => type), vi.getTimerCount()]).toEqual([['run'], 0]);
  } finally {
    vi.useRealTimers();
  }
});

test('refuses a number of epochs that is none, and events with another stamp', async () => {
  expect(() => training({ epochs: 0 })).toThrow(OptionError);
  const other = eventsOf({ training: { stamp: createStamp({ run: 'another' }) } });
  await expect(other).rejects.toMatchObject({ code: 'OPTION', option: 'stamp' });
});

import {
  catchError,
  concat,
  defer,
  interval,
  map,
  merge,
  Observable,
  of,
  Subject,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import type { Dataset } from '../data/dataset.js';
import { MillraceError, OptionError } from '../errors.js';
import { RunClock } from '../events/runClock.js';
import type { EndEvent, MillraceEvent } from '../events/schema.js';
import type { Stamp } from '../events/stamp.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import type { Flow } from '../streams/flow.js';
import { requireFlow } from '../streams/requireFlow.js';
import type { Stage } from '../streams/stage.js';
import type { StageStats } from '../streams/stageStats.js';
import { type DescribedEngine, describeEngine } from './describeEngine.js';
import type { PhaseTimer } from './phaseTimer.js';
import { RunTally } from './runTally.js';
import { statsReader } from './statsReader.js';

export interface RunEventsOptions {
  /** That of the training and of whatever else emits into this run. */
  readonly stamp: Stamp;
  /** What trains. */
  readonly engine: DescribedEngine;
  /** What it is trained on. */
  readonly data: Pick<Dataset, 'name' | 'shape'> & Partial<Pick<Dataset, 'source' | 'items' | 'sample'>>;
  /** What it is tested on. @default it is not said */
  readonly testData?: Pick<Dataset, 'items'>;
  /** How many there are to be. */
  readonly epochs: number;
  /** Batches of an epoch; with it the dashboard tells how much is left. @default it is not said */
  readonly stepsPerEpoch?: number;
  /** @default it is not said */
  readonly seed?: number;
  /** Options worth keeping; of these the dashboard knows `batchSize` and `learningRate`. @default none */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What `tapStats` keeps account in. @default no stages */
  readonly stages?: readonly StageStats[];
  /** Those of the training. @default where its time goes is not told */
  readonly phases?: PhaseTimer;
  /** That of the training, which stands still in pauses. @default one that does not */
  readonly clock?: RunClock;
  /** Memory of the process, as `process.memoryUsage.rss` tells it. @default it is not told */
  readonly rssBytes?: () => number;
}

const OPTIONS: OptionNames<RunEventsOptions> = {
  stamp: true,
  engine: true,
  data: true,
  testData: true,
  epochs: true,
  stepsPerEpoch: true,
  seed: true,
  config: true,
  stages: true,
  phases: true,
  clock: true,
  rssBytes: true,
};

/** Between `stats` events. */
const STATS_MS = 1000;

/**
 * Makes a run of the events of a training: `run` comes before them, `stats` every second, and `end` after them, so that the
 * dashboard, `watch` and every other reader know what is trained and how it ended. Stands after `train` and `measure`.
 *
 * Synchronous but for `stats`; order is kept. The end is `completed`; `stopped` where a command has ended it; where the
 * training fails it is `diverged` or `failed` with its code and message, and then the stream errors with the same error.
 * Unsubscribing ends it without a word. Needs nothing of Node.
 *
 * @example
 * const stamp = createStamp();
 * const events = pipeline(
 *   digits.train.batches({ epochs: 3 }),
 *   train(engine, { stamp }),
 *   withRunEvents({ stamp, engine, data: digits.train, epochs: 3 }),
 *   toSink(await fileSink(`${place}/mine.ndjson`)),
 * );
 * const { type, status } = await lastValueFrom(events);
 * console.log(type, status); // end completed
 *
 * @throws OptionError when `epochs` is not a whole number of at least 1. Errors with one where an event has another stamp.
 */
export function withRunEvents(options: RunEventsOptions): Stage<MillraceEvent, MillraceEvent> {
  requireKnownOptions(options, OPTIONS);
  const { stamp, engine, epochs } = options;
  if (!(Number.isSafeInteger(epochs) && epochs >= 1))
    throw new OptionError('epochs', epochs, 'a whole number, 1 or more');
  return function withRunEvents(source, given) {
    const flow = requireFlow(given, 'withRunEvents');
    return defer(() => {
      const tally = new RunTally({ epoch: 1, step: engine.step ?? 0 }, epochs);
      const end = (how: Pick<EndEvent, 'status' | 'error'>): MillraceEvent => endOf(stamp, tally, how);
      return concat(
        defer(() => of(stamp(runBody(options), tally.position))),
        withStats(source.pipe(tap((event) => tally.add(ofThisRun(event, stamp)))), tally, options, flow),
        defer(() => of(end({ status: tally.stopped ? 'stopped' : 'completed' }))),
      ).pipe(
        catchError((error: unknown) =>
          concat(
            defer(() => of(end(failure(error)))),
            throwError(() => error),
          ),
        ),
      );
    });
  };
}

function runBody({ engine, data, testData, epochs, stepsPerEpoch, seed, config }: RunEventsOptions) {
  const { name, source, items, shape, sample } = data;
  const [height, width, channels] = shape;
  return {
    type: 'run' as const,
    schema: 1 as const,
    ...(config && { config: { ...config } }),
    dataset: {
      name,
      ...(source !== undefined && { source }),
      ...(items !== undefined && { items }),
      ...(testData && { testItems: testData.items }),
      shape: [height, width, channels] as [number, number, number],
      ...(sample !== undefined && { sample }),
    },
    ...describeEngine(engine),
    ...(seed !== undefined && { seed }),
    epochs,
    ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
  };
}

function withStats(
  events: Observable<MillraceEvent>,
  tally: RunTally,
  { stamp, stages = [], phases, rssBytes, clock = new RunClock() }: RunEventsOptions,
  flow: Flow,
): Observable<MillraceEvent> {
  const over = new Subject<void>();
  const read = statsReader({ stages, trained: () => tally.images, now: () => clock.read(), phases, rssBytes });
  const stats = interval(STATS_MS).pipe(
    map(() => stamp(read(), tally.position)),
    takeUntil(over),
  );
  const isOver = (): void => over.next();
  return merge(spoken(stats, flow), events.pipe(tap({ complete: isOver, error: isOver })));
}

/** What comes of itself, one a second: it belongs to no batch. */
function spoken<T>(source: Observable<T>, flow: Flow): Observable<T> {
  return new Observable((subscriber) =>
    source.subscribe({
      next: (value) => flow.emit(() => subscriber.next(value)),
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}

function ofThisRun(event: MillraceEvent, stamp: Stamp): MillraceEvent {
  if (event.run === stamp.run) return event;
  throw new OptionError(
    'stamp',
    event.run,
    `events of the run ${stamp.run}`,
    'Give train and withRunEvents the same one.',
  );
}

function failure(error: unknown): Pick<EndEvent, 'status' | 'error'> {
  const { code, message } = error instanceof MillraceError ? error : { code: 'UNEXPECTED', message: String(error) };
  return { status: code === 'RUN_DIVERGED' ? 'diverged' : 'failed', error: { code, message } };
}

function endOf(
  stamp: Stamp,
  { position, lastEpoch }: RunTally,
  how: Pick<EndEvent, 'status' | 'error'>,
): MillraceEvent {
  const losses = lastEpoch && {
    trainLoss: lastEpoch.trainLoss,
    ...(lastEpoch.testLoss !== undefined && { testLoss: lastEpoch.testLoss }),
  };
  const event = stamp({ type: 'end', ...how, steps: position.step, ...losses, durationMs: 0 }, position);
  // By definition the same instant.
  return { ...event, durationMs: event.elapsedMs } as MillraceEvent;
}

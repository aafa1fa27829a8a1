// One training run: configuration → pipeline → events. The first event is `run`, the last is `end`.
import {
  catchError,
  concat,
  defer,
  identity,
  interval,
  map,
  merge,
  Observable,
  of,
  Subject,
  takeUntil,
  tap,
} from 'rxjs';
import type { MillraceEvent } from '../streams/events.js';
import { type Flow, pull, withFlow } from '../streams/flow.js';
import { deliver } from '../streams/operators/deliver.js';
import { StageStats, tapStats } from '../streams/operators/tapStats.js';
import { train } from '../streams/operators/train.js';
import { connect } from '../streams/pipeline.js';
import type { Sink } from '../streams/sinks/sink.js';
import { type RunConfig, type RunInput, resolveConfig } from './config.js';
import { type Controls, createControls } from './controls.js';
import { endFailed, endInOrder, keepModel } from './ending.js';
import { type PreparedRun, prepareRun } from './prepare.js';
import { RunProgress } from './progress.js';
import { statsReader } from './stats.js';

export interface RunOptions {
  /** Where every event is written before it is emitted; a sink that cannot take more makes the training wait. */
  readonly sinks?: readonly Sink[];
  /** Stops it from outside. */
  readonly controls?: Controls;
  /** What `data: '-'` reads. @default process.stdin */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Sentences before the first event: what is downloaded, where to. */
  readonly onNotice?: (text: string) => void;
  /** Further options of the caller that the `run` event shows. */
  readonly recorded?: Readonly<Record<string, unknown>>;
}

/** Between `stats` events. */
const STATS_MS = 1000;

/**
 * Trains as the configuration says and emits the run's events; each subscription is a run of its own.
 *
 * Completes when everything is written and closed. Errors, after an `end` event that says so, with what went wrong;
 * without any event where the run could not begin. Unsubscribing stops at once and saves nothing: to stop in good order
 * send `stop` to the controls.
 *
 * @throws OptionError for an option out of range
 */
export function run(input: RunInput = {}, options: RunOptions = {}): Observable<MillraceEvent> {
  const config = resolveConfig(input);
  return new Observable((subscriber) => {
    const controls = options.controls ?? createControls();
    const unsubscribed = new AbortController();
    subscriber.add(() => unsubscribed.abort());
    const signal = AbortSignal.any([unsubscribed.signal, controls.stopSignal]);
    prepareRun(config, options, signal).then(
      (prepared) => {
        if (subscriber.closed) return prepared.close();
        subscriber.add(closing(prepared, execute(prepared, config, controls, options)).subscribe(subscriber));
        return undefined;
      },
      (error: unknown) => {
        // Stopped while it was being prepared: nothing has begun, nothing is lost.
        if (controls.stopSignal.aborted) subscriber.complete();
        else subscriber.error(error);
      },
    );
  });
}

/** Ends only when everything is closed; an event file that cannot be closed is an error. */
function closing(prepared: PreparedRun, events: Observable<MillraceEvent>): Observable<MillraceEvent> {
  return new Observable((subscriber) => {
    subscriber.add(() => void prepared.close().catch(() => undefined));
    subscriber.add(
      events.subscribe({
        next: (event) => subscriber.next(event),
        error: (error: unknown) =>
          void prepared.close().then(
            () => subscriber.error(error),
            () => subscriber.error(error),
          ),
        complete: () =>
          void prepared.close().then(
            () => subscriber.complete(),
            (error: unknown) => subscriber.error(error),
          ),
      }),
    );
  });
}

function execute(
  prepared: PreparedRun,
  config: RunConfig,
  controls: Controls,
  { sinks = [] }: RunOptions,
): Observable<MillraceEvent> {
  return withFlow({}, (flow) => {
    const progress = new RunProgress();
    const events = concat(
      of(prepared.stamp(prepared.runBody, progress.position)),
      training(prepared, config, controls, progress, flow),
      defer(() => endInOrder(prepared, progress, controls.stopSignal.aborted)),
    ).pipe(
      tap((event) => progress.add(event)),
      catchError((error: unknown) => endFailed(prepared, progress, error)),
    );
    const everySink = prepared.folder === undefined ? sinks : [prepared.folder.events, ...sinks];
    // A sink that fails cannot be told of the end, but the model is still worth keeping.
    return deliver(...everySink)(events, flow).pipe(
      catchError((error: unknown) => keepModel(prepared, progress, error)),
    );
  });
}

/** The pipeline, and beside it what is not the training's own: commands and readings of the stages. */
function training(
  prepared: PreparedRun,
  config: RunConfig,
  controls: Controls,
  progress: RunProgress,
  flow: Flow,
): Observable<MillraceEvent> {
  const { engine, stamp } = prepared;
  const position = () => ({ epoch: progress.position.epoch, step: engine.step });
  const stages = ['data', 'noise', 'train'].map((name) => new StageStats(name));
  const [dataStats, noiseStats, trainStats] = stages as [StageStats, StageStats, StageStats];
  const events = connect(pull(prepared.batches, flow), flow, [
    tapStats(dataStats, identity),
    ...(config.noise > 0 ? [tapStats(noiseStats, prepared.prepare)] : []),
    tapStats(
      trainStats,
      train(engine, {
        ...prepared.trainData,
        sampleEvery: config.sampleEvery,
        lossEvery: config.lossEvery,
        prepare: prepared.prepare,
        notebookLosses: prepared.notebookLosses,
        stamp,
        stop: controls.stopSignal,
      }),
    ),
  ]) as Observable<MillraceEvent>;

  const over = new Subject<void>();
  const read = statsReader(
    stages.filter((stage) => config.noise > 0 || stage !== noiseStats),
    () => dataStats.snapshot().items,
  );
  const beside = merge(
    of(...prepared.warnings).pipe(map((warning) => stamp(warning, position()))),
    controls.commands.pipe(map((command) => stamp({ type: 'command', ...command }, position()))),
    interval(STATS_MS).pipe(map(() => stamp(read(), position()))),
  ).pipe(takeUntil(over));
  return merge(beside, events.pipe(tap({ complete: () => over.next(), error: () => over.next() })));
}

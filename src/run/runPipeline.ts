import { identity, interval, map, merge, type Observable, Subject, takeUntil, tap } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { MillraceEvent } from '../events/schema.js';
import { connect } from '../streams/connect.js';
import type { Flow } from '../streams/flow.js';
import { fromSource, type WaitObserver } from '../streams/fromSource.js';
import { tapStats } from '../streams/operators/tapStats.js';
import type { Stage } from '../streams/stage.js';
import { StageStats } from '../streams/stageStats.js';
import type { CommandQueue } from '../training/commands/commandQueue.js';
import { PhaseTimer } from '../training/phaseTimer.js';
import { statsReader } from '../training/statsReader.js';
import { train } from '../training/train.js';
import type { PreparedRun } from './prepare.js';
import type { RunOptions } from './runOptions.js';
import { otherBatchesWarning } from './runWarnings.js';
import { sampleInterval } from './sampleInterval.js';
import { watchPlaces } from './watchPlaces.js';

/** Between `stats` events. */
const STATS_MS = 1000;

/** The pipeline, from the place on where the training is, and beside it what is not the training's own: readings of the stages. */
export function runPipeline(
  prepared: PreparedRun,
  commands: CommandQueue,
  flow: Flow,
  onLiveSample?: RunOptions['onLiveSample'],
): Observable<MillraceEvent> {
  const { config, engine, stamp, clock, position, progress, checkpoints } = prepared;
  const { epoch, index } = position.state;
  const eventPosition = () => ({ epoch: progress.position.epoch, step: engine.step });
  const stats: StageStats[] = [];
  const account = (name: string): StageStats => {
    const counts = new StageStats(name, { now: () => clock.read() });
    stats.push(counts);
    return counts;
  };
  const counted = <T, R>(name: string, stage: Stage<T, R>): Stage<T, R> => tapStats(account(name), stage);
  const data = account('data');
  const warnings = new Subject<MillraceEvent>();
  const isWatched = prepared.isResumable && checkpoints !== undefined && Object.keys(prepared.stages).length > 0;
  const watch = watchPlaces((batch) => warnings.next(stamp(otherBatchesWarning(batch), eventPosition())));
  const phases = new PhaseTimer(engine, () => clock.read());
  const countDrops = data.drops();
  const observer: WaitObserver = {
    waitFor: (what) => phases.waitFor(what),
    // The stats count images.
    drop: (batches) => countDrops(batches * config.batchSize),
  };
  const events = connect(fromSource(prepared.batches({ epoch, index }), flow, observer), flow, [
    tapStats<Batch, Batch>(data, isWatched ? watch.enter : identity),
    ...Object.entries(prepared.stages).map(([name, stage]) => counted(name, stage)),
    ...(isWatched ? [watch.leave] : []),
    ...Object.entries(prepared.prepare).map(([name, stage]) => counted(name, stage)),
    counted(
      'train',
      train(engine, {
        ...prepared.trainData,
        sampleEvery: sampleInterval(config, prepared.runBody.stepsPerEpoch),
        ...(onLiveSample && { onLiveSample }),
        lossEvery: config.lossEvery,
        prepare: (batches) =>
          Object.values(prepared.prepare).reduce((prepared, stage) => prepared.pipe(stage), batches),
        batchSize: config.batchSize,
        notebookLosses: prepared.notebookLosses,
        stamp,
        clock,
        commands,
        ...(checkpoints && {
          save: (_, requested) => checkpoints.save(requested),
          saveEvery: config.checkpointEvery ?? 'epoch',
        }),
        position,
        phases,
      }),
    ),
  ]) as Observable<MillraceEvent>;

  const over = new Subject<void>();
  const read = statsReader({
    stages: stats,
    trained: () => data.snapshot().items,
    now: () => clock.read(),
    phases,
    rssBytes: () => process.memoryUsage.rss(),
  });
  const readings = interval(STATS_MS).pipe(map(() => stamp(read(), eventPosition())));
  const beside = merge(readings, warnings).pipe(takeUntil(over));
  return merge(beside, events.pipe(tap({ complete: () => over.next(), error: () => over.next() })));
}

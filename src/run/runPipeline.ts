import { identity, interval, map, merge, type Observable, Subject, takeUntil, tap } from 'rxjs';
import type { MillraceEvent } from '../events/schema.js';
import type { Flow } from '../streams/flow.js';
import { fromSource } from '../streams/fromSource.js';
import { StageStats, tapStats } from '../streams/operators/tapStats.js';
import { connect } from '../streams/pipeline.js';
import type { CommandQueue } from '../training/commands/commandQueue.js';
import { PhaseTimer } from '../training/phaseTimer.js';
import { statsReader } from '../training/statsReader.js';
import { train } from '../training/train.js';
import type { PreparedRun } from './prepare.js';

/** Between `stats` events. */
const STATS_MS = 1000;

/** The pipeline, from the place on where the training is, and beside it what is not the training's own: readings of the stages. */
export function runPipeline(prepared: PreparedRun, commands: CommandQueue, flow: Flow): Observable<MillraceEvent> {
  const { config, engine, stamp, clock, position, progress, checkpoints } = prepared;
  const { epoch, index } = position.state;
  const eventPosition = () => ({ epoch: progress.position.epoch, step: engine.step });
  const stages = ['data', 'noise', 'train'].map((name) => new StageStats(name, { now: () => clock.read() }));
  const [dataStats, noiseStats, trainStats] = stages as [StageStats, StageStats, StageStats];
  const phases = new PhaseTimer(engine, () => clock.read());
  const events = connect(fromSource(prepared.batches({ epoch, index }), flow, phases), flow, [
    tapStats(dataStats, identity),
    ...(config.noise > 0 ? [tapStats(noiseStats, prepared.prepare)] : []),
    tapStats(
      trainStats,
      train(engine, {
        ...prepared.trainData,
        sampleEvery: config.sampleEvery,
        lossEvery: config.lossEvery,
        prepare: prepared.prepare,
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
    stages: stages.filter((stage) => config.noise > 0 || stage !== noiseStats),
    trained: () => dataStats.snapshot().items,
    now: () => clock.read(),
    phases,
    rssBytes: () => process.memoryUsage.rss(),
  });
  const beside = interval(STATS_MS).pipe(
    map(() => stamp(read(), eventPosition())),
    takeUntil(over),
  );
  return merge(beside, events.pipe(tap({ complete: () => over.next(), error: () => over.next() })));
}

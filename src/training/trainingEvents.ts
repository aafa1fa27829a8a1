import type { Subscriber } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { EventBody, EventPosition, MillraceEvent } from '../events/schema.js';
import type { Stamp } from '../events/stamp.js';
import type { PartialEngine } from '../model/engine.js';
import type { Flow } from '../streams/flow.js';
import type { EpochMeter } from './epochMeter.js';
import type { PhaseTimer } from './phaseTimer.js';
import { firstLayerFilters } from './samples/firstLayerFilters.js';
import { LiveSampleClock } from './samples/liveSampleClock.js';
import { Profiler } from './samples/profiler.js';
import { Sampler } from './samples/sampler.js';
import type { TrainOptions } from './trainOptions.js';

/** To whom a training tells, and how. */
export interface Audience {
  readonly subscriber: Subscriber<MillraceEvent>;
  readonly flow: Flow;
  readonly stamp: Stamp;
  readonly phases: PhaseTimer;
  /** Milliseconds of the run, as its events count them. */
  readonly now: () => number;
}

/** What a training tells of itself: events with their place, and the time that telling takes. */
export class TrainingEvents {
  /** That of the last update; counts from 1. */
  epoch = 1;
  readonly #engine: PartialEngine;
  readonly #options: TrainOptions;
  readonly #audience: Audience;
  readonly #sampler: Sampler;
  readonly #profiler: Profiler;
  readonly #live = new LiveSampleClock();
  #batchSize = 0;

  constructor(engine: PartialEngine, options: TrainOptions, audience: Audience) {
    this.#engine = engine;
    this.#options = options;
    this.#audience = audience;
    this.#sampler = new Sampler(engine, options);
    this.#profiler = new Profiler(engine);
  }

  get position(): EventPosition {
    return { epoch: this.epoch, step: this.#engine.step };
  }

  /** There is something to show that was not shown yet. */
  get hasNews(): boolean {
    return this.#sampler.hasNews;
  }

  /** Before the first update: chooses what the samples show. */
  async open(batch: Batch): Promise<void> {
    this.#batchSize = this.#options.batchSize ?? batch.length;
    await this.#sampler.open(batch);
  }

  /** What it emits outside of a call from upstream belongs to a batch that is held, or to a command. */
  emit(body: EventBody): void {
    const { flow, subscriber, stamp, phases } = this.#audience;
    // A number that no one is told would be missing.
    if (subscriber.closed) return;
    const before = phases.enter('readers');
    flow.emit(() => subscriber.next(stamp(body, this.position)));
    phases.enter(before);
  }

  /** After an update. @returns whether more than the loss was told, which takes its time */
  update(batch: Batch, loss: number, learningRate: number): boolean {
    const { step } = this.#engine;
    const { lossEvery = 1, sampleEvery = 500 } = this.#options;
    if (step % lossEvery === 0 || !Number.isFinite(loss))
      this.emit({ type: 'loss', loss, items: batch.length, learningRate });
    const [wantsSample, wantsProfile] = [step % sampleEvery === 0, this.#profiler.count(batch)];
    if (!Number.isFinite(loss)) return false;
    if (wantsSample) this.sample();
    if (wantsProfile) this.#profile();
    const wantsLive = !wantsSample && this.#options.onLiveSample !== undefined && this.#live.isDue;
    if (wantsLive) this.#showLive();
    return wantsSample || wantsProfile || wantsLive;
  }

  #showLive(): void {
    const { phases, now } = this.#audience;
    const before = phases.enter('other');
    this.#live.take(() => {
      const body = this.#sampler.look();
      if (body !== undefined) this.#options.onLiveSample?.({ ...body, ...this.position, elapsedMs: now() });
    });
    phases.enter(before);
  }

  sample(): void {
    this.#beside(() => [this.#sampler.sample(), firstLayerFilters(this.#engine)]);
  }

  /** After the last update of an epoch. */
  closeEpoch({ trainLoss, imagesPerSecond, durationMs }: EpochMeter, testLoss: number | undefined): void {
    const notebookLoss = this.#options.notebookLosses?.[this.epoch - 1];
    this.emit({
      type: 'epoch',
      trainLoss,
      ...(testLoss !== undefined && { testLoss }),
      printedLoss: this.#batchSize * trainLoss,
      ...(notebookLoss !== undefined && { notebookLoss }),
      imagesPerSecond,
      durationMs,
    });
    if (this.#profiler.isDue) this.#profile();
  }

  #profile(): void {
    this.#beside(() => [this.#profiler.profile()]);
  }

  /** What has to be computed to be told. */
  #beside(compute: () => readonly (EventBody | undefined)[]): void {
    const { subscriber, phases } = this.#audience;
    // A subscriber that has seen enough may have taken the engine away with the last event.
    if (subscriber.closed) return;
    const before = phases.enter('other');
    for (const body of compute()) if (body) this.emit(body);
    phases.enter(before);
  }
}

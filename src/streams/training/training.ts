import { firstValueFrom, identity, type OperatorFunction, of, type Subscriber } from 'rxjs';
import { RunError } from '../../errors.js';
import type { Engine } from '../../model/engine.js';
import type { Batch } from '../batch.js';
import type { Dataset } from '../dataset.js';
import type { EventBody, MillraceEvent } from '../events.js';
import type { Flow } from '../flow.js';
import { createStamp, type Stamp } from '../stamp.js';
import { EpochMeter } from './epochMeter.js';
import { filtersOf } from './filters.js';
import { firstOf, readProbes, sampleOf } from './probes.js';
import { Profiler } from './profiler.js';
import { testLoss } from './testLoss.js';
import { TrainingPhases } from './trainingPhases.js';

export interface TrainOptions {
  /** Evaluated after every epoch; its first ten images are the samples. @default no test loss, samples from the first batch */
  readonly testData?: Dataset;
  /** Whose first ten images are the samples. @default testData */
  readonly sampleData?: Dataset;
  /** Updates between samples; there is one before training and one at the last step too. @default 500 */
  readonly sampleEvery?: number;
  /** Updates between `loss` events. @default 1 */
  readonly lossEvery?: number;
  /** What test images and samples pass before the network sees them, e.g. the training's `addNoise`. @default nothing */
  readonly prepare?: OperatorFunction<Batch, Batch>;
  /** What an epoch's `printedLoss` is multiplied by. @default the first batch's length */
  readonly batchSize?: number;
  /** The notebook's printed loss for each epoch, where this training is comparable with it. */
  readonly notebookLosses?: readonly number[];
  /** Numbers and dates the events; shared where others emit into the same run. @default a new run for each subscription */
  readonly stamp?: Stamp;
  /** Ends the training after the present step, in good order. */
  readonly stop?: AbortSignal;
  /** Counts where this training's time goes: its snapshot is what `stats` events carry. @default it is not told */
  readonly phases?: TrainingPhases;
}

/** The training of one subscription: holds batches while it evaluates, steps otherwise. */
export class Training {
  readonly #engine: Engine;
  readonly #options: TrainOptions;
  readonly #prepare: OperatorFunction<Batch, Batch>;
  readonly #stamp: Stamp;
  readonly #flow: Flow;
  readonly #subscriber: Subscriber<MillraceEvent>;
  readonly #phases: TrainingPhases;
  readonly #profiler: Profiler;
  readonly #halt: AbortSignal;
  #held: { readonly batch: Batch; readonly leave: () => void }[] = [];
  #working = false;
  #sourceEnded = false;
  #meter: EpochMeter | undefined;
  #probes: Batch | undefined;
  #sampledStep = -1;
  #batchSize = 0;

  constructor(engine: Engine, options: TrainOptions, flow: Flow, subscriber: Subscriber<MillraceEvent>) {
    this.#engine = engine;
    this.#options = options;
    this.#prepare = options.prepare ?? identity;
    this.#stamp = options.stamp ?? createStamp();
    this.#flow = flow;
    this.#subscriber = subscriber;
    this.#phases = options.phases ?? new TrainingPhases(engine);
    this.#profiler = new Profiler(engine);
    this.#halt = options.stop ? AbortSignal.any([options.stop, flow.signal]) : flow.signal;
    const stop = (): void => this.end();
    options.stop?.addEventListener('abort', stop, { once: true });
    subscriber.add(() => options.stop?.removeEventListener('abort', stop));
  }

  /** Trains at once where nothing has to be waited for, which is nearly always. */
  push(batch: Batch): void {
    if (this.#sourceEnded) return;
    if (!this.#working && this.#meter?.epoch === batch.epoch) this.#step(batch, this.#meter);
    else {
      this.#held.push({ batch, leave: this.#flow.enter() });
      this.#work();
    }
  }

  /** The source is done, or a stop is wanted: what is held is still trained in the first case, let go in the second. */
  end(): void {
    this.#sourceEnded = true;
    if (this.#options.stop?.aborted) this.clear();
    this.#work();
  }

  clear(): void {
    for (const { leave } of this.#held) leave();
    this.#held = [];
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    this.#drain().catch((error: unknown) => this.#subscriber.error(error));
  }

  async #drain(): Promise<void> {
    try {
      // A batch may arrive in the turn between the last one's training and its await.
      while (this.#held.length > 0) await this.#trainHeld();
      if (this.#sourceEnded && !this.#subscriber.closed) await this.#finish();
    } finally {
      this.#working = false;
    }
  }

  async #trainHeld(): Promise<void> {
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
      const { batch, leave } = next;
      await this.#openEpoch(batch);
      const meter = this.#meter;
      if (meter && !this.#halt.aborted) this.#flow.emit(() => this.#step(batch, meter));
      leave();
    }
  }

  async #finish(): Promise<void> {
    this.#phases.enter('other');
    if (!this.#options.stop?.aborted) await this.#closeEpoch();
    if (this.#probes && this.#sampledStep !== this.#engine.step) this.#flow.emit(() => this.#sample());
    this.#flow.emit(() => this.#subscriber.complete());
  }

  async #openEpoch(batch: Batch): Promise<void> {
    if (this.#meter?.epoch === batch.epoch) return;
    this.#phases.enter('other');
    await this.#closeEpoch();
    if (this.#probes === undefined) {
      this.#batchSize = this.#options.batchSize ?? batch.length;
      this.#probes = await this.#readProbes(batch);
      if (this.#subscriber.closed) return;
      this.#meter = new EpochMeter(batch.epoch);
      this.#flow.emit(() => this.#sample());
    }
    this.#meter = new EpochMeter(batch.epoch);
    this.#phases.enter('idle');
  }

  async #readProbes(firstBatch: Batch): Promise<Batch> {
    const { testData, sampleData = testData } = this.#options;
    // A batch of the training has passed its operators already; images read here have not.
    if (sampleData === undefined) return firstOf(firstBatch);
    return firstValueFrom(of(await readProbes(sampleData)).pipe(this.#prepare));
  }

  #step(batch: Batch, meter: EpochMeter): void {
    const { learningRate } = this.#engine;
    const before = this.#phases.enter('step');
    const loss = this.#engine.trainStep(batch);
    this.#phases.enter(before);
    meter.add(loss, batch.length);
    const { step } = this.#engine;
    const { lossEvery = 1, sampleEvery = 500 } = this.#options;
    if (step % lossEvery === 0 || !Number.isFinite(loss))
      this.#emit({ type: 'loss', loss, items: batch.length, learningRate });
    if (!Number.isFinite(loss)) this.#subscriber.error(diverged(step));
    else {
      if (step % sampleEvery === 0) this.#sample();
      if (this.#profiler.count(batch)) this.#profile();
    }
  }

  #sample(): void {
    // Whoever has seen enough may have taken the engine away with the last event.
    if (this.#probes === undefined || this.#subscriber.closed) return;
    const { testData, sampleData = testData } = this.#options;
    this.#sampledStep = this.#engine.step;
    const before = this.#phases.enter('other');
    const split = sampleData !== undefined && sampleData === testData ? 'test' : 'train';
    const [sample, filters] = [sampleOf(this.#engine, this.#probes, split), filtersOf(this.#engine)];
    this.#emit(sample);
    if (filters) this.#emit(filters);
    this.#meter?.skip();
    this.#phases.enter(before);
  }

  #profile(): void {
    if (this.#subscriber.closed) return;
    const before = this.#phases.enter('other');
    this.#emit(this.#profiler.profile());
    this.#meter?.skip();
    this.#phases.enter(before);
  }

  async #closeEpoch(): Promise<void> {
    const meter = this.#meter;
    if (meter === undefined || meter.items === 0) return;
    const { testData, notebookLosses } = this.#options;
    const test = testData && (await testLoss(this.#engine, testData, this.#prepare, this.#halt));
    const notebookLoss = notebookLosses?.[meter.epoch - 1];
    const { trainLoss, imagesPerSecond, durationMs } = meter;
    this.#flow.emit(() => {
      this.#emit({
        type: 'epoch',
        trainLoss,
        ...(test !== undefined && { testLoss: test }),
        printedLoss: this.#batchSize * trainLoss,
        ...(notebookLoss !== undefined && { notebookLoss }),
        imagesPerSecond,
        durationMs,
      });
      if (this.#profiler.isDue) this.#profile();
    });
  }

  #emit(body: EventBody): void {
    const before = this.#phases.enter('readers');
    this.#subscriber.next(this.#stamp(body, { epoch: this.#meter?.epoch ?? 1, step: this.#engine.step }));
    this.#phases.enter(before);
  }
}

function diverged(step: number): RunError {
  return new RunError({
    code: 'RUN_DIVERGED',
    problem: `the loss of step ${step} is not a finite number any more`,
    advice: 'Try a lower learning rate.',
  });
}

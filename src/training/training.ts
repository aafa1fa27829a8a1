import type { Subscriber } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { RunError } from '../errors.js';
import { RunClock } from '../events/runClock.js';
import type { MillraceEvent } from '../events/schema.js';
import { createStamp } from '../events/stamp.js';
import type { PartialEngine } from '../model/engine.js';
import type { Flow } from '../streams/flow.js';
import { HeldBatches } from './batchQueue.js';
import { SaveSchedule } from './checkpointSchedule.js';
import { Saves } from './checkpointWriter.js';
import { type SteeredTraining, Steering } from './commands/commandHandler.js';
import { type Controls, createControls } from './commands/commandQueue.js';
import type { EpochMeter } from './epochMeter.js';
import { Evaluator } from './evaluator.js';
import { TrainingPhases } from './phaseTimer.js';
import { TrainingReport } from './trainingEvents.js';
import { TrainingPlace } from './trainingPosition.js';
import type { TrainOptions } from './trainOptions.js';

/**
 * The training of one subscription: holds batches while it evaluates or is paused, steps otherwise. What commands ask for
 * comes after all that belongs to a step, the end of its epoch included, and before the next one.
 */
export class Training {
  readonly #engine: PartialEngine;
  readonly #options: TrainOptions;
  /** Stands still in a pause. */
  readonly #clock: RunClock;
  readonly #flow: Flow;
  readonly #subscriber: Subscriber<MillraceEvent>;
  readonly #controls: Controls;
  readonly #steering: Steering;
  readonly #report: TrainingReport;
  readonly #evaluator: Evaluator;
  readonly #saves: Saves | undefined;
  readonly #held: HeldBatches;
  readonly #phases: TrainingPhases;
  readonly #place: TrainingPlace;
  readonly #now = (): number => this.#clock.read();
  readonly #schedule: SaveSchedule;
  #working = false;
  #sourceEnded = false;
  #lastStepDone = false;

  constructor(engine: PartialEngine, options: TrainOptions, flow: Flow, subscriber: Subscriber<MillraceEvent>) {
    const {
      clock = new RunClock(),
      epochs = Number.POSITIVE_INFINITY,
      mostEpochs = Number.POSITIVE_INFINITY,
    } = options;
    this.#engine = engine;
    this.#options = options;
    this.#clock = clock;
    this.#flow = flow;
    this.#subscriber = subscriber;
    this.#controls = options.controls ?? createControls();
    this.#evaluator = new Evaluator(engine, options);
    this.#held = new HeldBatches(flow);
    this.#place = options.place ?? new TrainingPlace();
    this.#schedule = new SaveSchedule(options.saveEvery);
    this.#phases = options.phases ?? new TrainingPhases(engine);
    const stamp = options.stamp ?? createStamp({ elapsedMs: () => clock.read() });
    this.#report = new TrainingReport(engine, options, { subscriber, flow, stamp, phases: this.#phases });
    this.#saves = options.save && new Saves(options.save, flow, (body) => this.#report.emit(body));
    this.#report.epoch = this.#place.position.epoch;
    const steering = { engine, controls: this.#controls, clock, epochs, mostEpochs };
    this.#steering = new Steering(steering, this.#steered());
    subscriber.add(this.#controls.listen(() => this.#hear()));
    subscriber.add(() => this.#close());
  }

  /** Trains at once where nothing has to be waited for, which is nearly always. */
  push(batch: Batch): void {
    if (this.#sourceEnded) return;
    const { meter } = this.#place;
    if (!this.#working && meter?.epoch === batch.epoch && !this.#steering.isDue) {
      this.#step(batch, meter);
      if (this.#lastStepDone || this.#isTimeToSave) this.#work();
    } else {
      this.#held.hold(batch);
      this.#work();
    }
  }

  /** The source is done: what is held is still trained. */
  end(): void {
    this.#sourceEnded = true;
    this.#work();
  }

  #close(): void {
    this.#evaluator.halt();
    this.#steering.wake();
    this.#held.letGo();
  }

  /** A command has been sent; if from within an update, that one is finished first. */
  #hear(): void {
    this.#haltIfAbandoned();
    queueMicrotask(() => this.#work());
  }

  #haltIfAbandoned(): void {
    if (this.#controls.abandonedAt <= this.#engine.step) this.#evaluator.halt();
  }

  #work(): void {
    if (this.#working) this.#steering.wake();
    else this.#drain().catch((error: unknown) => this.#subscriber.error(error));
  }

  async #drain(): Promise<void> {
    this.#working = true;
    try {
      while (!this.#subscriber.closed) {
        await this.#beginOrCloseEpoch();
        await this.#saveIfDue();
        const mayGoOn = await this.#steering.obey();
        // Meanwhile the source may have ended, and with it the epoch.
        if (!mayGoOn || this.#epochHasEnded()) continue;
        if (this.#isOver()) return await this.#finish();
        // A batch may have come in the turn of an await: nothing is awaited between here and the end.
        if (this.#held.isEmpty) return;
        this.#held.use((batch) => this.#stepHeld(batch));
      }
    } finally {
      this.#working = false;
    }
  }

  async #beginOrCloseEpoch(): Promise<void> {
    const { next } = this.#held;
    if (next && this.#place.meter === undefined) await this.#asOther(() => this.#begin(next));
    const { meter } = this.#place;
    if (meter && this.#epochHasEnded()) await this.#asOther(() => this.#closeEpoch(meter));
  }

  /** As far as can be known, and not closed yet. */
  #epochHasEnded(): boolean {
    const { items = 0, epoch = 0 } = this.#place.meter ?? {};
    if (items === 0 || epoch === this.#place.closedEpoch) return false;
    const { next } = this.#held;
    return this.#lastStepDone || (next ? next.epoch !== epoch : this.#sourceEnded);
  }

  async #begin(batch: Batch): Promise<void> {
    await this.#report.open(batch);
    if (this.#subscriber.closed) return;
    const meter = this.#place.begin(batch.epoch, this.#now);
    this.#report.epoch = meter.epoch;
    if (!this.#place.resumed) this.#report.sample();
    meter.skip();
  }

  #enter({ epoch }: Batch): EpochMeter {
    this.#report.epoch = epoch;
    return this.#place.enter(epoch, this.#now);
  }

  async #closeEpoch(meter: EpochMeter): Promise<void> {
    const evaluation = await this.#evaluate();
    this.#place.closedEpoch = meter.epoch;
    this.#lastStepDone = false;
    this.#report.closeEpoch(meter, evaluation?.testLoss);
    this.#schedule.epochClosed();
  }

  #isOver(): boolean {
    return this.#steering.ending !== undefined || !this.#updatesLeft();
  }

  #updatesLeft(): boolean {
    const wasLastEpoch = this.#place.closedEpoch >= this.#steering.epochs;
    return !wasLastEpoch && !(this.#sourceEnded && this.#held.isEmpty);
  }

  async #finish(): Promise<void> {
    this.#held.letGo();
    if (this.#report.hasNews && this.#steering.ending !== 'abandon') this.#report.sample();
    await this.#saves?.settled();
    this.#flow.emit(() => this.#subscriber.complete());
  }

  #stepHeld(batch: Batch): void {
    const { meter } = this.#place;
    this.#step(batch, meter?.epoch === batch.epoch ? meter : this.#enter(batch));
    this.#steering.updated();
  }

  #step(batch: Batch, meter: EpochMeter): void {
    const { learningRate } = this.#engine;
    const before = this.#phases.enter('step');
    const loss = this.#engine.trainStep(batch);
    this.#phases.enter(before);
    this.#place.count(batch.index, loss, batch.length);
    this.#schedule.updated(this.#engine.step);
    this.#lastStepDone = batch.index + 1 === this.#options.stepsPerEpoch;
    if (this.#report.update(batch, loss, learningRate)) meter.skip();
    if (!Number.isFinite(loss)) this.#subscriber.error(diverged(this.#engine.step));
  }

  /** A save that is due while the one before is being written waits, and then takes the state as it is. */
  get #isTimeToSave(): boolean {
    return this.#schedule.isDue && this.#saves?.isWriting === false;
  }

  /** What ends is saved by whoever runs it. */
  async #saveIfDue(): Promise<void> {
    if (!this.#isTimeToSave || this.#isOver()) return;
    this.#schedule.saved();
    await this.#save(false);
  }

  async #save(requested: boolean): Promise<void> {
    await this.#asOther(async () => this.#saves?.begin(this.#report.position, requested));
    this.#place.meter?.skip();
  }

  /** Counts the time of `work` as no update. */
  async #asOther(work: () => Promise<void>): Promise<void> {
    const before = this.#phases.enter('other');
    await work();
    this.#phases.enter(before);
  }

  async #evaluate() {
    this.#haltIfAbandoned();
    return this.#evaluator.evaluate();
  }

  async #evaluateNow(): Promise<void> {
    const evaluation = await this.#evaluate();
    if (evaluation) this.#report.emit(evaluation);
    this.#place.meter?.skip();
  }

  /** What commands see of this training. */
  #steered(): SteeredTraining {
    return {
      emit: (body) => this.#report.emit(body),
      save: this.#saves && (() => this.#save(true)),
      evaluate: this.#evaluator.canEvaluate ? () => this.#asOther(() => this.#evaluateNow()) : undefined,
      isClosed: () => this.#subscriber.closed,
      epoch: () => this.#report.epoch,
      hasBatch: () => !this.#held.isEmpty,
      updatesLeft: () => this.#updatesLeft(),
    };
  }
}

function diverged(step: number): RunError {
  return new RunError({
    code: 'RUN_DIVERGED',
    problem: `the loss of step ${step} is not a finite number any more`,
    advice: 'Try a lower learning rate.',
  });
}

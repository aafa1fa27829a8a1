import type { Subscriber } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { RunError } from '../errors.js';
import { RunClock } from '../events/runClock.js';
import type { MillraceEvent } from '../events/schema.js';
import { createStamp } from '../events/stamp.js';
import type { PartialEngine } from '../model/engine.js';
import type { Flow } from '../streams/flow.js';
import { BatchQueue } from './batchQueue.js';
import { CheckpointSchedule } from './checkpointSchedule.js';
import { CheckpointWriter } from './checkpointWriter.js';
import { CommandHandler, type CommandTarget } from './commands/commandHandler.js';
import { type CommandQueue, createCommandQueue } from './commands/commandQueue.js';
import type { EpochMeter } from './epochMeter.js';
import { Evaluator } from './evaluator.js';
import { PhaseTimer } from './phaseTimer.js';
import { TrainingEvents } from './trainingEvents.js';
import { TrainingPosition } from './trainingPosition.js';
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
  readonly #commands: CommandQueue;
  readonly #commandHandler: CommandHandler;
  readonly #events: TrainingEvents;
  readonly #evaluator: Evaluator;
  readonly #checkpoints: CheckpointWriter | undefined;
  readonly #queue: BatchQueue;
  readonly #timer: PhaseTimer;
  readonly #position: TrainingPosition;
  readonly #now = (): number => this.#clock.read();
  readonly #schedule: CheckpointSchedule;
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
    this.#commands = options.commands ?? createCommandQueue();
    this.#evaluator = new Evaluator(engine, options);
    this.#queue = new BatchQueue(flow);
    this.#position = options.position ?? new TrainingPosition();
    this.#schedule = new CheckpointSchedule(options.saveEvery);
    this.#timer = options.phases ?? new PhaseTimer(engine);
    const stamp = options.stamp ?? createStamp({ elapsedMs: () => clock.read() });
    const now = (): number => clock.read();
    this.#events = new TrainingEvents(engine, options, { subscriber, flow, stamp, phases: this.#timer, now });
    this.#checkpoints = options.save && new CheckpointWriter(options.save, flow, (body) => this.#events.emit(body));
    this.#events.epoch = this.#position.state.epoch;
    const handlerOptions = { engine, commands: this.#commands, clock, epochs, mostEpochs };
    this.#commandHandler = new CommandHandler(handlerOptions, this.#commandTarget());
    subscriber.add(this.#commands.listen(() => this.#hear()));
    subscriber.add(() => this.#close());
  }

  /** Trains at once where nothing has to be waited for, which is nearly always. */
  push(batch: Batch): void {
    if (this.#sourceEnded) return;
    const { meter } = this.#position;
    if (!this.#working && meter?.epoch === batch.epoch && !this.#commandHandler.isDue) {
      this.#step(batch, meter);
      if (this.#lastStepDone || this.#isTimeToSave) this.#work();
    } else {
      this.#queue.push(batch);
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
    this.#commandHandler.wake();
    this.#queue.clear();
  }

  /** A command has been sent; if from within an update, that one is finished first. */
  #hear(): void {
    this.#haltIfAbandoned();
    queueMicrotask(() => this.#work());
  }

  #haltIfAbandoned(): void {
    if (this.#commands.abandonedAt <= this.#engine.step) this.#evaluator.halt();
  }

  #work(): void {
    if (this.#working) this.#commandHandler.wake();
    else this.#drain().catch((error: unknown) => this.#subscriber.error(error));
  }

  async #drain(): Promise<void> {
    this.#working = true;
    try {
      while (!this.#subscriber.closed) {
        await this.#beginOrCloseEpoch();
        await this.#saveIfDue();
        const mayGoOn = await this.#commandHandler.handleDue();
        // Meanwhile the source may have ended, and with it the epoch.
        if (!mayGoOn || this.#epochHasEnded()) continue;
        if (this.#isOver()) return await this.#finish();
        // A batch may have come in the turn of an await: nothing is awaited between here and the end.
        if (this.#queue.isEmpty) return;
        this.#queue.use((batch) => this.#stepHeld(batch));
      }
    } finally {
      this.#working = false;
    }
  }

  async #beginOrCloseEpoch(): Promise<void> {
    const { next } = this.#queue;
    if (next && this.#position.meter === undefined) await this.#asOther(() => this.#begin(next));
    const { meter } = this.#position;
    if (meter && this.#epochHasEnded()) await this.#asOther(() => this.#closeEpoch(meter));
  }

  /** As far as can be known, and not closed yet. */
  #epochHasEnded(): boolean {
    const { items = 0, epoch = 0 } = this.#position.meter ?? {};
    if (items === 0 || epoch === this.#position.closedEpoch) return false;
    const { next } = this.#queue;
    return this.#lastStepDone || (next ? next.epoch !== epoch : this.#sourceEnded);
  }

  async #begin(batch: Batch): Promise<void> {
    await this.#events.open(batch);
    if (this.#subscriber.closed) return;
    const meter = this.#position.begin(batch.epoch, this.#now);
    this.#events.epoch = meter.epoch;
    if (!this.#position.resumed) this.#events.sample();
    meter.skip();
  }

  #enter({ epoch }: Batch): EpochMeter {
    this.#events.epoch = epoch;
    return this.#position.enter(epoch, this.#now);
  }

  async #closeEpoch(meter: EpochMeter): Promise<void> {
    const evaluation = await this.#evaluate();
    this.#position.closedEpoch = meter.epoch;
    this.#lastStepDone = false;
    this.#events.closeEpoch(meter, evaluation?.testLoss);
    this.#schedule.epochClosed();
  }

  #isOver(): boolean {
    return this.#commandHandler.ending !== undefined || !this.#updatesLeft();
  }

  #updatesLeft(): boolean {
    const wasLastEpoch = this.#position.closedEpoch >= this.#commandHandler.epochs;
    return !wasLastEpoch && !(this.#sourceEnded && this.#queue.isEmpty);
  }

  async #finish(): Promise<void> {
    this.#queue.clear();
    if (this.#events.hasNews && this.#commandHandler.ending !== 'abandon') this.#events.sample();
    await this.#checkpoints?.settled();
    this.#flow.emit(() => this.#subscriber.complete());
  }

  #stepHeld(batch: Batch): void {
    const { meter } = this.#position;
    this.#step(batch, meter?.epoch === batch.epoch ? meter : this.#enter(batch));
    this.#commandHandler.updated();
  }

  #step(batch: Batch, meter: EpochMeter): void {
    const { learningRate } = this.#engine;
    const before = this.#timer.enter('step');
    const loss = this.#engine.trainStep(batch);
    this.#timer.enter(before);
    this.#position.count(batch.index, loss, batch.length);
    this.#schedule.updated(this.#engine.step);
    this.#lastStepDone = batch.index + 1 === this.#options.stepsPerEpoch;
    if (this.#events.update(batch, loss, learningRate)) meter.skip();
    if (!Number.isFinite(loss)) this.#subscriber.error(diverged(this.#engine.step));
  }

  /** A save that is due while the one before is being written waits, and then takes the state as it is. */
  get #isTimeToSave(): boolean {
    return this.#schedule.isDue && this.#checkpoints?.isWriting === false;
  }

  /** At its end the caller saves the training. */
  async #saveIfDue(): Promise<void> {
    if (!this.#isTimeToSave || this.#isOver()) return;
    this.#schedule.saved();
    await this.#save(false);
  }

  async #save(requested: boolean): Promise<void> {
    await this.#asOther(async () => this.#checkpoints?.begin(this.#events.position, requested));
    this.#position.meter?.skip();
  }

  /** Counts the time of `work` as no update. */
  async #asOther(work: () => Promise<void>): Promise<void> {
    const before = this.#timer.enter('other');
    await work();
    this.#timer.enter(before);
  }

  async #evaluate() {
    this.#haltIfAbandoned();
    return this.#evaluator.evaluate();
  }

  async #evaluateNow(): Promise<void> {
    const evaluation = await this.#evaluate();
    if (evaluation) this.#events.emit(evaluation);
    this.#position.meter?.skip();
  }

  /** What commands see of this training. */
  #commandTarget(): CommandTarget {
    return {
      emit: (body) => this.#events.emit(body),
      save: this.#checkpoints && (() => this.#save(true)),
      evaluate: this.#evaluator.canEvaluate ? () => this.#asOther(() => this.#evaluateNow()) : undefined,
      isClosed: () => this.#subscriber.closed,
      epoch: () => this.#events.epoch,
      hasBatch: () => !this.#queue.isEmpty,
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

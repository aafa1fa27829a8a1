import type { CommandEvent, EpochEvent, EventPosition, MillraceEvent } from '../events/schema.js';
import type { RunState } from '../model/checkpointState.js';
import type { RunConfig } from './config.js';
import { EarlyStopping, type EarlyStoppingOptions } from './earlyStopping.js';
import { Plateaus } from './plateaus.js';

/** Epochs that a checkpoint tells of. */
const HISTORY = 1000;

type ProgressOptions = EarlyStoppingOptions & Pick<RunConfig, 'epochs'> & Partial<Pick<RunConfig, 'scheduleEpochs'>>;

type FinishedEpoch = RunState['history'][number];

/** What a run has to know of its own events: where it stands, and how its epochs went. */
export class RunProgress {
  /** True while the last finished epoch is the best so far. */
  best = true;
  /** A command has ended the run before its time. */
  stopped = false;
  /** Planned ones, as commands have left them. */
  epochs: number;
  /** Times that it went back to a checkpoint. */
  rollbacks = 0;
  readonly #options: ProgressOptions;
  #position: EventPosition = { epoch: 1, step: 0 };
  #plannedEpochs: number;
  #lowest: number | undefined;
  #history: FinishedEpoch[] = [];
  #stopping: EarlyStopping;
  #plateaus: Plateaus;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#plateaus = new Plateaus(options.scheduleEpochs);
    this.#stopping = new EarlyStopping(options);
    this.epochs = options.epochs;
    this.#plannedEpochs = options.epochs;
  }

  /** Forgets what came after a checkpoint; what was planned and how often it went back stay as they are. */
  goBackTo(run: RunState, position: EventPosition): void {
    this.#position = position;
    this.#stopping = new EarlyStopping(this.#options, run.patience);
    this.#plateaus = new Plateaus(this.#options.scheduleEpochs, run.plateaus);
    this.#lowest = run.lowestLoss;
    this.#history = [...run.history];
    const { lastEpoch } = this;
    this.best = lastEpoch === undefined || lossOf(lastEpoch) === this.#lowest;
  }

  get position(): EventPosition {
    return this.#position;
  }

  get lastEpoch(): FinishedEpoch | undefined {
    return this.#history.at(-1);
  }

  /** Times that the loss has stopped falling. */
  get plateaus(): number {
    return this.#plateaus.count;
  }

  /** Why the run should end before its time, as a phrase. */
  get reasonToStop(): string | undefined {
    const isOver = (this.lastEpoch?.epoch ?? 0) >= this.epochs;
    return isOver ? undefined : this.#stopping.reason;
  }

  /** What a checkpoint keeps of it. */
  get state(): Pick<RunState, 'epochs' | 'lowestLoss' | 'patience' | 'plateaus' | 'rollbacks' | 'history'> {
    return {
      epochs: this.epochs,
      ...(this.#lowest !== undefined && { lowestLoss: this.#lowest }),
      patience: this.#stopping.state,
      plateaus: this.#plateaus.state,
      rollbacks: this.rollbacks,
      history: [...this.#history],
    };
  }

  add(event: MillraceEvent): void {
    this.#position = { epoch: event.epoch, step: event.step };
    if (event.type === 'command') this.#addCommand(event);
    else if (event.type === 'epoch') this.#addEpoch(event);
  }

  #addCommand({ action, value = Number.NaN, from }: CommandEvent): void {
    if (action === 'stop' || action === 'abandon') this.stopped = true;
    else if (action === 'epochs') {
      this.epochs = value;
      // What was asked for at a resume is the plan.
      if (from === 'rule') this.#plannedEpochs = value;
      this.stopped = value < this.#plannedEpochs;
    }
  }

  #addEpoch({ epoch, step, trainLoss, testLoss }: EpochEvent): void {
    const finished = { epoch, step, trainLoss, ...(testLoss !== undefined && { testLoss }) };
    const loss = lossOf(finished);
    this.#history = [...this.#history.filter((other) => other.epoch < epoch), finished].slice(-HISTORY);
    this.best = loss <= (this.#lowest ?? Number.POSITIVE_INFINITY);
    if (this.best) this.#lowest = loss;
    this.#stopping.add(finished);
    this.#plateaus.add(loss);
  }
}

function lossOf({ testLoss, trainLoss }: Pick<FinishedEpoch, 'testLoss' | 'trainLoss'>): number {
  return testLoss ?? trainLoss;
}

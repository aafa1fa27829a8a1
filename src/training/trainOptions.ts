import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { Dataset } from '../data/dataset.js';
import type { LiveSample } from '../events/liveSample.js';
import type { RunClock } from '../events/runClock.js';
import type { Stamp } from '../events/stamp.js';
import type { OptionNames } from '../options.js';
import type { SaveInterval } from './checkpointSchedule.js';
import type { SaveCheckpoint } from './checkpointWriter.js';
import type { CommandQueue } from './commands/commandQueue.js';
import type { PhaseTimer } from './phaseTimer.js';
import type { TrainingPosition } from './trainingPosition.js';

export interface TrainOptions {
  /** Evaluated after every epoch; its first ten images are the samples. @default no test loss, samples from the first batch */
  readonly testData?: Dataset;
  /** Whose first ten images are the samples. @default testData */
  readonly sampleData?: Dataset;
  /** Updates between samples; there is one before training and one at the last step too. @default 500 */
  readonly sampleEvery?: number;
  /**
   * Is shown the sample images between two samples, about twice a second while that takes under 2 % of the time. These are no events.
   * @default nobody looks
   */
  readonly onLiveSample?: (sample: LiveSample) => void;
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
  /** The training ends after so many epochs, though more batches may come; the command `epochs` changes it. @default with the source */
  readonly epochs?: number;
  /** The most that the command `epochs` may ask for: 1 where the data pass once. @default no limit */
  readonly mostEpochs?: number;
  /** Batches of an epoch. Where it is known, an epoch ends with its last step, otherwise when the next batch has come. */
  readonly stepsPerEpoch?: number;
  /** The commands for this training: a program pauses, saves or stops it with them. A queue serves one subscription. @default none */
  readonly commands?: CommandQueue;
  /** What the command `save` does. @default the command does nothing but warn */
  readonly save?: SaveCheckpoint;
  /** Updates between further calls of `save`; `epoch` is after each, when it has been told. @default only commands save */
  readonly saveEvery?: SaveInterval;
  /** Where the training stands: the caller may read it between two updates. After `goTo` the training begins there. @default the beginning */
  readonly position?: TrainingPosition;
  /** The clock of the training, which stands still in pauses; shared with `stamp`. @default one of its own */
  readonly clock?: RunClock;
  /** Counts where this training's time goes: its snapshot is what `stats` events carry. @default the time is not counted */
  readonly phases?: PhaseTimer;
}

export const TRAIN_OPTIONS: OptionNames<TrainOptions> = {
  testData: true,
  sampleData: true,
  sampleEvery: true,
  onLiveSample: true,
  lossEvery: true,
  prepare: true,
  batchSize: true,
  notebookLosses: true,
  stamp: true,
  epochs: true,
  mostEpochs: true,
  stepsPerEpoch: true,
  commands: true,
  save: true,
  saveEvery: true,
  position: true,
  clock: true,
  phases: true,
};

import type { Batch } from '../../data/batch.js';
import type { BatchPosition } from '../../data/dataset.js';
import type { Source } from '../../data/source.js';
import type { EventBody, RunEvent } from '../../events/schema.js';
import type { TrainOptions } from '../../training/trainOptions.js';

/** A warning before it is stamped. */
export type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** What a run trains on, and what it says of it. */
export interface TrainingData {
  /** From a place on, of data that can be read again; @default the beginning */
  batches(start?: BatchPosition): Source<Batch>;
  /** Images of a batch. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number | undefined;
  /** Whether a run can go on from a place in them. */
  readonly isResumable: boolean;
  /** Options of the training that follow from the data. */
  readonly trainData: Pick<TrainOptions, 'testData' | 'sampleData' | 'mostEpochs' | 'stepsPerEpoch'> & {
    readonly epochs: number;
  };
  readonly description: RunEvent['dataset'];
  /** sha256 of the test images' payload. */
  readonly testDigest: string | undefined;
  readonly warnings: readonly WarningBody[];
  /** Releases what no training has opened. May be called more than once. */
  close(): void | Promise<void>;
}

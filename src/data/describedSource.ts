import type { Batch } from './batch.js';
import type { BatchPosition } from './dataset.js';
import type { Source } from './source.js';

/**
 * Batches of one's own for a run: any `Source` of them, which may say more of itself. What it does not say, the run goes without.
 * Order, batch size and number of epochs are the source's: its batches carry their `epoch` and their `index` within it.
 */
export interface DescribedSource extends Source<Batch> {
  /** Shown, and kept with the run. @default 'source' */
  readonly name?: string;
  /** Images of an epoch. @default it is not told */
  readonly items?: number;
  /** Batches of an epoch: with it, an epoch ends with its last batch. @default it ends when the next one begins */
  readonly stepsPerEpoch?: number;
  /** Epochs that it gives. @default as many as it has, at most those of the run */
  readonly epochs?: number;
  /** Tells these images from others, e.g. their sha256: compared when a run goes on. @default the name is */
  readonly digest?: string;
  /** The same batches from a place on. @default a run on it cannot go on after an interruption */
  from?(start: BatchPosition): Source<Batch>;
}

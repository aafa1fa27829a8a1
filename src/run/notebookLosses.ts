// The notebook "Convolutional Autoencoder", whose run ours is compared with.

import { MNIST_TRAIN_DIGEST } from '../data/node/mnist/mnistMirrors.js';
import type { Network } from '../model/architecture.js';
import { isMeanSquaredError } from '../model/losses/lossOptions.js';
import type { LossText } from '../model/losses/lossSum.js';
import { preset } from '../model/presets/presets.js';

/** What the notebook printed after each of its 30 epochs: 20 × mean squared error. */
const NOTEBOOK_LOSSES: readonly number[] = [
  0.546767, 0.272172, 0.247563, 0.235759, 0.230309, 0.226488, 0.222577, 0.218847, 0.211805, 0.202464, 0.195481,
  0.190712, 0.187412, 0.184781, 0.182541, 0.180571, 0.178591, 0.176776, 0.175243, 0.173812, 0.17247, 0.171341, 0.17017,
  0.168813, 0.167905, 0.167232, 0.166616, 0.166105, 0.165667, 0.165248,
];

/** What decides whether a run's losses may stand beside the notebook's. */
export interface Comparable {
  readonly digest: string | undefined;
  readonly items: number | undefined;
  readonly network: Network;
  readonly batchSize: number;
  readonly noise: number;
  readonly loss: LossText;
}

/** The notebook's losses, where a run is comparable: all 60,000 of MNIST, its network and loss, batches of 20, no noise. */
export function notebookLosses({ digest, items, network, batchSize, noise, loss }: Comparable): readonly number[] {
  const comparable =
    digest === MNIST_TRAIN_DIGEST && items === 60_000 && batchSize === 20 && noise === 0 && isNotebookNetwork(network);
  return comparable && isMeanSquaredError({ name: loss }) ? NOTEBOOK_LOSSES : [];
}

function isNotebookNetwork({ architecture }: Network): boolean {
  const notebook = preset('transpose', [28, 28, 1]);
  return (['encoder', 'decoder'] as const).every(
    (list) => JSON.stringify(architecture[list]) === JSON.stringify(notebook[list]),
  );
}

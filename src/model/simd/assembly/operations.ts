// One operation of a program: which kernel runs. The numbers are those of `plan/operations.ts`.
import { activate } from './activate';
import { activationGradient } from './activationGradient';
import { averagePool } from './averagePool';
import { averagePoolGradient } from './averagePoolGradient';
import { convolveFours } from './convolveFours';
import { convolveOne } from './convolveOne';
import { convolvePairs } from './convolvePairs';
import { convolvePoolPairs } from './convolvePoolPairs';
import { convolvePoolSingles } from './convolvePoolSingles';
import { convolvePoolSums } from './convolvePoolSums';
import { convolveSingles } from './convolveSingles';
import { convolveSums } from './convolveSums';
import { findWindows } from './findWindows';
import { gather } from './gather';
import { loadImages, storeImages } from './images';
import { maxPool } from './maxPool';
import { maxPoolGradient } from './maxPoolGradient';
import { poolGradientNarrow } from './poolGradientNarrow';
import { poolGradientWide } from './poolGradientWide';
import { gradients } from './shard';
import { squaredError } from './squaredError';
import { upSample } from './upSample';
import { upSampleGradient } from './upSampleGradient';
import { weightGradientPairs } from './weightGradientPairs';
import { weightGradientRuns } from './weightGradientRuns';
import { weightGradientSingles } from './weightGradientSingles';

/**
 * @param images how many, of a tile
 * @param first the number of the tile's first image in the job
 */
export function operate(operation: usize, images: i32, first: i32): void {
  switch (load<i32>(operation)) {
    case 1: return convolvePairs(operation, images);
    case 2: return convolveSingles(operation, images);
    case 3: return convolveSums(operation, images);
    case 4: return convolveOne(operation, images);
    case 5: return convolvePoolPairs(operation, images);
    case 6: return convolvePoolSingles(operation, images);
    case 7: return convolvePoolSums(operation, images);
    // What an empty window comes to: once for a tile.
    case 8: return convolvePoolPairs(operation, 1);
    case 9: return convolvePoolSingles(operation, 1);
    case 10: return findWindows(operation, images);
    case 11: return weightGradientPairs(operation, images);
    case 12: return weightGradientSingles(operation, images);
    case 13: return weightGradientRuns(operation, images);
    case 14: return poolGradientNarrow(operation, images);
    case 15: return poolGradientWide(operation, images);
    case 16: return activate(operation, images);
    case 17: return activationGradient(operation, images);
    case 18: return squaredError(operation, images);
    case 19: return loadImages(operation, images, first);
    case 20: return storeImages(operation, images, first);
    case 21: return maxPool(operation, images);
    case 22: return maxPoolGradient(operation, images);
    case 23: return averagePool(operation, images);
    case 24: return averagePoolGradient(operation, images);
    case 25: return upSample(operation, images);
    case 26: return upSampleGradient(operation, images);
    case 27: return gather(operation, images, 0);
    case 28: return gather(operation, 1, gradients);
    case 29: return convolveFours(operation, images);
    default: unreachable();
  }
}

// One operation of a program: which kernel runs. The numbers are those of `plan/operations.ts`.
import { activate } from './activate';
import { activationGradient } from './activationGradient';
import { averagePool } from './averagePool';
import { averagePoolGradient } from './averagePoolGradient';
import { changedWindows } from './changedWindows';
import { clearPadding } from './clearPadding';
import { convolveFours } from './convolveFours';
import { convolveOne } from './convolveOne';
import { convolvePairs } from './convolvePairs';
import { convolvePoolPairs } from './convolvePoolPairs';
import { convolvePoolSingles } from './convolvePoolSingles';
import { convolvePoolSums } from './convolvePoolSums';
import { convolvePoolThrees } from './convolvePoolThrees';
import { convolvePoolWinograd } from './convolvePoolWinograd';
import { convolveSingles } from './convolveSingles';
import { convolveSums } from './convolveSums';
import { convolveThrees } from './convolveThrees';
import { findWindows } from './findWindows';
import { forgetWindows } from './forgetWindows';
import { gather, gatherPart } from './gather';
import { loadImages, storeImages } from './images';
import { maxPool } from './maxPool';
import { maxPoolGradient } from './maxPoolGradient';
import { flattenMap, unflattenMap } from './permute';
import { poolGradientNarrow } from './poolGradientNarrow';
import { poolGradientWide } from './poolGradientWide';
import { gradients } from './shard';
import { squaredError } from './squaredError';
import { squaredErrorGradient } from './squaredErrorGradient';
import { transposeBlocks } from './transposeBlocks';
import { upSample } from './upSample';
import { upSampleGradient } from './upSampleGradient';
import { weightGradientPairs } from './weightGradientPairs';
import { weightGradientRuns } from './weightGradientRuns';
import { weightGradientSingles } from './weightGradientSingles';
import { winogradWeights } from './winogradWeights';

/**
 * @param fromImage and `toImage`: which of a tile, the last one not among them
 * @param first the number of the tile's first image in the job
 */
export function operate(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  switch (load<i32>(operation)) {
    case 1: return convolvePairs(operation, fromImage, toImage);
    case 2: return convolveSingles(operation, fromImage, toImage);
    case 3: return convolveSums(operation, fromImage, toImage);
    case 4: return convolveOne(operation, fromImage, toImage);
    case 5: return convolvePoolPairs(operation, fromImage, toImage);
    case 6: return convolvePoolSingles(operation, fromImage, toImage);
    case 7: return convolvePoolSums(operation, fromImage, toImage);
    // What an empty window comes to: once for a job.
    case 8: return convolvePoolPairs(operation, 0, 1);
    case 9: return convolvePoolSingles(operation, 0, 1);
    case 10: return findWindows(operation, fromImage, toImage);
    case 11: return weightGradientPairs(operation, fromImage, toImage);
    case 12: return weightGradientSingles(operation, fromImage, toImage);
    case 13: return weightGradientRuns(operation, fromImage, toImage);
    case 14: return poolGradientNarrow(operation, fromImage, toImage);
    case 15: return poolGradientWide(operation, fromImage, toImage);
    case 16: return activate(operation, fromImage, toImage);
    case 17: return activationGradient(operation, fromImage, toImage);
    case 18: return squaredError(operation, fromImage, toImage);
    case 19: return loadImages(operation, fromImage, toImage, first);
    case 20: return storeImages(operation, fromImage, toImage, first);
    case 21: return maxPool(operation, fromImage, toImage);
    case 22: return maxPoolGradient(operation, fromImage, toImage);
    case 23: return averagePool(operation, fromImage, toImage);
    case 24: return averagePoolGradient(operation, fromImage, toImage);
    case 25: return upSample(operation, fromImage, toImage);
    case 26: return upSampleGradient(operation, fromImage, toImage);
    case 27: return gather(operation, fromImage, toImage, 0);
    case 28: return gather(operation, 0, 1, gradients);
    case 29: return convolveFours(operation, fromImage, toImage);
    case 31: return clearPadding(operation, fromImage, toImage);
    case 32: return convolveThrees(operation, fromImage, toImage);
    case 33: return convolvePoolThrees(operation, fromImage, toImage);
    case 34: return changedWindows(operation, fromImage, toImage);
    case 35: return forgetWindows(operation);
    case 36: return squaredErrorGradient(operation, fromImage, toImage);
    case 37: return convolvePoolWinograd(operation, fromImage, toImage);
    case 39: return flattenMap(operation, fromImage, toImage);
    case 40: return unflattenMap(operation, fromImage, toImage);
    default: unreachable();
  }
}

/** One operation of those that lay out weights: a thread's part of it. */
export function pack(operation: usize, part: i32, parts: i32): void {
  switch (load<i32>(operation)) {
    case 30: return transposeBlocks(operation, part, parts);
    case 38: return winogradWeights(operation, part, parts);
    default: return gatherPart(operation, 0, 1, 0, part, parts);
  }
}

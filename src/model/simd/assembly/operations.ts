// One operation of a program: which kernel runs. The numbers are those of `plan/memory/operations.ts`.
import { Convolution } from './convolution/convolution';
import { convolve1x8Window4 } from './convolution/convolve1x8Window4';
import { convolve2x4Dot } from './convolution/convolve2x4Dot';
import { convolve4x8 } from './convolution/convolve4x8';
import { convolve4x8Row3 } from './convolution/convolve4x8Row3';
import { convolve6x1Dot } from './convolution/convolve6x1Dot';
import { convolve6x4 } from './convolution/convolve6x4';
import { denseGradientNonZeros } from './convolution/denseGradientNonZeros';
import { denseNonZeros } from './convolution/denseNonZeros';
import { checkFinite } from './convolution/nonZeros';
import { weightGradient4x4 } from './convolution/weightGradient4x4';
import { weightGradient4x8 } from './convolution/weightGradient4x8';
import { weightGradientRow } from './convolution/weightGradientRow';
import { changedWindows } from './convPool/changedWindows';
import { convPool4 } from './convPool/convPool4';
import { convPool8 } from './convPool/convPool8';
import { convPool8Row3 } from './convPool/convPool8Row3';
import { convPoolDot } from './convPool/convPoolDot';
import { convPoolGradientNarrow } from './convPool/convPoolGradientNarrow';
import { convPoolGradientWide } from './convPool/convPoolGradientWide';
import { convPoolWinograd } from './convPool/convPoolWinograd';
import { findNonZeroWindows } from './convPool/findNonZeroWindows';
import { resetWindows } from './convPool/resetWindows';
import { winogradWeights } from './convPool/winogradWeights';
import { activate } from './elementwise/activation';
import { activationGradient } from './elementwise/activationGradient';
import { clearPadding } from './elementwise/clearPadding';
import { gather, gatherPart } from './layout/gather';
import { loadImages, storeImages } from './layout/loadStoreImages';
import { flattenMap, unflattenMap } from './layout/reshape';
import { transposeBlocks } from './layout/transposeBlocks';
import { addMap, copyMap } from './layout/copyMap';
import { addGradient } from './losses/addGradient';
import { binaryCrossEntropy } from './losses/binaryCrossEntropy';
import { binaryCrossEntropyOfLogits } from './losses/binaryCrossEntropyOfLogits';
import { absoluteError, huberLoss } from './losses/differenceLoss';
import { squaredError } from './losses/squaredError';
import { squaredErrorGradient } from './losses/squaredErrorGradient';
import { structuralSimilarity } from './losses/structuralSimilarity';
import { dropout, gaussianNoise } from './noise/noise';
import { channelSums } from './normalization/channelSums';
import { gradientMeans, normalizationGradient, scaleGradient } from './normalization/normalizationGradient';
import { normalize } from './normalization/normalize';
import { normalizePool, pooledNormalizationGradient, pooledScaleGradient } from './normalization/pooledNormalization';
import { batchStatistics, runningStatistics } from './normalization/statistics';
import { absoluteSum, absoluteSumGradient } from './penalties/absoluteSum';
import { divergence } from './penalties/divergence';
import { sample, sampleGradient } from './penalties/sample';
import { averagePool } from './resample/averagePool';
import { averagePoolGradient } from './resample/averagePoolGradient';
import { bilinear, bilinearGradient } from './resample/bilinear';
import { maxPool } from './resample/maxPool';
import { maxPoolGradient } from './resample/maxPoolGradient';
import { upSample } from './resample/upSample';
import { upSampleGradient } from './resample/upSampleGradient';
import { gradients } from './shard';

/**
 * @param fromImage and `toImage`: whose feature maps, the last one not among them
 * @param first what added to these is the image's number in the job
 */
export function operate(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  switch (load<i32>(operation)) {
    case 1: return convolve4x8(operation, fromImage, toImage);
    case 2: return convolve6x4(operation, fromImage, toImage);
    case 3: return convolve2x4Dot(operation, fromImage, toImage);
    case 4: return convolve6x1Dot(operation, fromImage, toImage);
    case 5: return convPool8(operation, fromImage, toImage);
    case 6: return convPool4(operation, fromImage, toImage);
    case 7: return convPoolDot(operation, fromImage, toImage);
    // What an empty window comes to: once for a job.
    case 8: return convPool8(operation, 0, 1);
    case 9: return convPool4(operation, 0, 1);
    case 10: return findNonZeroWindows(operation, fromImage, toImage);
    case 11: return weightGradient4x8(operation, fromImage, toImage);
    case 12: return weightGradient4x4(operation, fromImage, toImage);
    case 13: return weightGradientRow(operation, fromImage, toImage);
    case 14: return convPoolGradientNarrow(operation, fromImage, toImage);
    case 15: return convPoolGradientWide(operation, fromImage, toImage);
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
    case 29: return convolve1x8Window4(operation, fromImage, toImage);
    case 31: return clearPadding(operation, fromImage, toImage);
    case 32: return convolve4x8Row3(operation, fromImage, toImage);
    case 33: return convPool8Row3(operation, fromImage, toImage);
    case 34: return changedWindows(operation, fromImage, toImage);
    case 35: return resetWindows(operation);
    case 36: return squaredErrorGradient(operation, fromImage, toImage);
    case 37: return convolvePoolWinogradOrDirectly(operation, fromImage, toImage);
    case 39: return flattenMap(operation, fromImage, toImage);
    case 40: return unflattenMap(operation, fromImage, toImage);
    case 41: return absoluteError(operation, fromImage, toImage);
    case 42: return huberLoss(operation, fromImage, toImage);
    case 43: return binaryCrossEntropy(operation, fromImage, toImage);
    case 44: return binaryCrossEntropyOfLogits(operation, fromImage, toImage);
    case 45: return copyMap(operation, fromImage, toImage);
    case 46: return dropout(operation, fromImage, toImage, first);
    case 47: return gaussianNoise(operation, fromImage, toImage, first);
    case 48: return bilinear(operation, fromImage, toImage);
    case 49: return bilinearGradient(operation, fromImage, toImage);
    case 50: return structuralSimilarity(operation, fromImage, toImage);
    case 51: return addGradient(operation, fromImage, toImage);
    case 52: return addMap(operation, fromImage, toImage);
    case 53: return denseNonZeros(operation, fromImage, toImage);
    case 54: return denseGradientNonZeros(operation, fromImage, toImage);
    case 55: return checkFinite(operation);
    case 60: return channelSums(operation, fromImage, toImage);
    case 61: return batchStatistics(operation);
    case 62: return runningStatistics(operation);
    case 63: return normalize(operation, fromImage, toImage);
    case 64: return scaleGradient(operation, fromImage, toImage);
    case 65: return gradientMeans(operation);
    case 66: return normalizationGradient(operation, fromImage, toImage);
    case 67: return normalizePool(operation, fromImage, toImage);
    case 68: return pooledScaleGradient(operation, fromImage, toImage);
    case 69: return pooledNormalizationGradient(operation, fromImage, toImage);
    case 70: return sample(operation, fromImage, toImage, first);
    case 71: return sampleGradient(operation, fromImage, toImage, first);
    case 72: return divergence(operation, fromImage, toImage);
    case 73: return absoluteSum(operation, fromImage, toImage);
    case 74: return absoluteSumGradient(operation, fromImage, toImage);
    default: unreachable();
  }
}

/** What is not finite is computed as it stands, by the operations that the planner lists for it, and nothing kept of it. */
function convolvePoolWinogradOrDirectly(operation: usize, fromImage: i32, toImage: i32): void {
  for (let image = fromImage; image < toImage; image++) {
    if (convPoolWinograd(operation, image)) continue;
    for (let at = changetype<Convolution>(operation).direct; load<usize>(at) != 0; at += 4)
      operate(load<usize>(at), image, image + 1, 0);
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

// What a job measures of each image: the losses, and how similar it is to what it should be.
import type { ChosenLoss } from '../../losses/lossOptions.js';
import type { KernelCall } from './kernelCall.js';
import { type ComparedMaps, evaluationSteps, LOSS_BYTES, lossBytes } from './layers/lossSteps.js';
import { structuralSimilarityStep } from './layers/structuralSimilarityStep.js';
import { writeOperation } from './memory/operations.js';
import type { Workspace } from './memory/workspace.js';

/** Sums over the values of an image, float64, image after image. */
export interface ImageMeasurePlan {
  /** Those of the first image of a job. */
  readonly address: number;
  /** From an image to the next one, in numbers: two of each term of the loss as in a shard, and two of SSIM. */
  readonly step: number;
  /** Which of them is the sum of 1 − SSIM. */
  readonly dissimilarity: number;
}

/** What is added to a program once output and target are there. */
export interface MeasureSteps {
  readonly plan: ImageMeasurePlan;
  readonly losses: readonly KernelCall[];
  /** Nothing where the loss has it already. */
  readonly similarity: readonly KernelCall[];
}

/** @param images of a job at most */
export function measureSteps(workspace: Workspace, loss: ChosenLoss, maps: ComparedMaps, images: number): MeasureSteps {
  const term = loss.terms.findIndex(({ name }) => name === 'ssim');
  const bytes = lossBytes(loss) + (term < 0 ? LOSS_BYTES : 0);
  const lossAt = term < 0 ? lossBytes(loss) : term * LOSS_BYTES;
  const address = workspace.memory.reserve(images * bytes);
  const { output, target } = maps;
  return {
    plan: { address, step: bytes / 8, dissimilarity: lossAt / 8 },
    losses: [beginStep(workspace, address, bytes), ...evaluationSteps(workspace, loss, maps)],
    similarity:
      term < 0 ? [structuralSimilarityStep(workspace, { output, target, gradient: undefined, weight: 1, lossAt })] : [],
  };
}

/** @see assembly/losses/beginImageLosses.ts */
function beginStep({ memory }: Workspace, losses: number, bytes: number): KernelCall {
  return {
    layers: 'loss',
    pass: 'forward',
    kernel: 'beginImageLosses',
    lanes: 'none',
    bytes,
    multiplyAdds: 0,
    write: () => writeOperation(memory, 'beginImageLosses', { losses, bytes }),
  };
}

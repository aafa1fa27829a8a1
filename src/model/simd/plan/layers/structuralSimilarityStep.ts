import { gaussianWindow } from '../../../losses/gaussianWindow.js';
import type { KernelCall } from '../kernelCall.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';
import type { LossStepPlace } from './lossStepPlace.js';

/** Four numbers in float64 of a pixel, or of a place of a window. */
const FOUR = 32;

/** @see assembly/losses/structuralSimilarity.ts, and assembly/losses/similarity.ts where nobody asks for the gradient */
export function structuralSimilarityStep(
  workspace: Workspace,
  { output, target, gradient, weight, lossAt }: LossStepPlace,
): KernelCall {
  const { memory } = workspace;
  const { height, width, channels } = output;
  const [down, across] = [gaussianWindow(height), gaussianWindow(width)];
  const [rows, columns] = [height - down.length + 1, width - across.length + 1];
  const hasGradient = gradient !== undefined;
  const [pixels, sums, windows] = hasGradient
    ? [height * width, rows * width, rows * columns]
    : [down.length * (width + 1), width + 1, 0];
  const [pixelsOf, sumsOf, windowsOf] = [pixels, sums, windows].map((count) => workspace.perThread(count * FOUR));
  const weights = [down, across].map((side) => memory.constant(new Int32Array(side.buffer)));
  const kernel = hasGradient ? 'structuralSimilarity' : 'similarity';
  return {
    layers: 'loss',
    pass: 'forward',
    kernel,
    lanes: 'two of four means',
    bytes: (pixels + sums + windows) * FOUR,
    // Four sums, and as many on the way back.
    multiplyAdds: (hasGradient ? 8 : 4) * channels * rows * (width * down.length + columns * across.length),
    write: (thread) =>
      writeOperation(memory, kernel, {
        values: output.values[thread]!,
        gradient: gradient?.[thread] ?? 0,
        target: target.values[thread]!,
        imageStep: output.imageStep,
        rowStep: output.rowStep,
        pixelStep: output.pixelStep,
        ...{ height, width, channels, weight, lossAt },
        down: weights[0]!,
        across: weights[1]!,
        windowRows: down.length,
        windowColumns: across.length,
        pixels: pixelsOf![thread]!,
        sums: sumsOf![thread]!,
        windows: windowsOf![thread]!,
      }),
  };
}

// Zeros around a gradient, where pooling's gradient has added what falls outside of its input.

import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

export function clearBorderSteps(workspace: Workspace, layers: string, map: FeatureMap): readonly KernelCall[] {
  const border = borderOffsets(map);
  if (!map.hasGradientBorder || border.length === 0) return [];
  const [zero, places] = [border.map(() => 0), border].map((words) => workspace.memory.constant(words)) as [
    number,
    number,
  ];
  return [
    {
      layers,
      pass: 'backward',
      kernel: 'gather',
      lanes: 'one by one',
      bytes: border.length * 4,
      multiplyAdds: 0,
      write: (thread) =>
        writeOperation(workspace.memory, 'gather', {
          // The first parameter is none, and always zero.
          from: workspace.weightAddress(0),
          to: map.gradient[thread]!,
          toImageStep: map.imageStep,
          count: border.length,
          offsets: zero,
          toOffsets: places,
        }),
    },
  ];
}

/** Of all values of an image's memory that are in no pixel. */
function borderOffsets({ lead, imageStep, rowStep, pixelStep, height, width }: FeatureMap): readonly number[] {
  const offsets = Array.from({ length: imageStep / 4 }, (_, value) => value * 4 - lead);
  return offsets.filter((offset) => {
    const row = Math.floor(offset / rowStep);
    return row < 0 || row >= height || offset - row * rowStep >= width * pixelStep;
  });
}

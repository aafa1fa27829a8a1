// Values in another order.
import type { FeatureMap } from './featureMap.js';
import { writeOperation } from './operations.js';
import type { Step } from './step.js';
import type { Workspace } from './workspace.js';

/** Flatten and reshape: values keep their place in (channel, row, column) order, which is PyTorch's. */
export function permuteSteps(
  workspace: Workspace,
  layers: string,
  { from, to, hasGradient }: { readonly from: FeatureMap; readonly to: FeatureMap; readonly hasGradient: boolean },
): { readonly forward: readonly Step[]; readonly backward: readonly Step[] } {
  const [fromPlaces, toPlaces] = [from, to].map((map) => workspace.memory.constant(places(map))) as [number, number];
  const count = from.height * from.width * from.channels;
  const step = (pass: 'forward' | 'backward'): Step => ({
    layers,
    pass,
    kernel: 'gather',
    lanes: 'one by one',
    bytes: count * 4,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'gather', {
        ...(pass === 'forward'
          ? {
              from: from.values[thread]!,
              fromImageStep: from.imageStep,
              to: to.values[thread]!,
              toImageStep: to.imageStep,
              offsets: fromPlaces,
              toOffsets: toPlaces,
            }
          : {
              from: to.gradient[thread]!,
              fromImageStep: to.imageStep,
              to: from.gradient[thread]!,
              toImageStep: from.imageStep,
              offsets: toPlaces,
              toOffsets: fromPlaces,
            }),
        count,
      }),
  });
  return { forward: [step('forward')], backward: hasGradient ? [step('backward')] : [] };
}

function places({ channels, height, width, rowStep, pixelStep }: FeatureMap): readonly number[] {
  const list: number[] = [];
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) list.push(y * rowStep + x * pixelStep + channel * 4);
  return list;
}

// Values in another order.
import type { NetworkLayer } from '../../../architecture.js';
import { type FusedLayer, type FusedLayerPlace, type FusedLayerSteps, layerNames } from '../fusedLayer.js';
import type { KernelCall } from '../kernelCall.js';
import type { FeatureMap } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

/** Flatten and reshape: values keep their place in (channel, row, column) order, which is PyTorch's. */
export function reorderLayer(layer: NetworkLayer): FusedLayer {
  return {
    layers: [layer],
    hasWeights: false,
    plan: (workspace, place) => reorderSteps(workspace, layerNames([layer]), place),
  };
}

function reorderSteps(workspace: Workspace, layers: string, part: FusedLayerPlace): FusedLayerSteps {
  const { from, to, hasInputGradient } = part;
  const step =
    isFlat(to) || isFlat(from)
      ? transposeStep(workspace, layers, isFlat(to) ? { map: from, flat: to } : { map: to, flat: from })
      : gatherStep(workspace, layers, part);
  const flattens = isFlat(to);
  return {
    forward: [step('forward', from.values, to.values, flattens)],
    backward: hasInputGradient ? [step('backward', to.gradient, from.gradient, !flattens)] : [],
  };
}

type MakeStep = (
  pass: 'forward' | 'backward',
  from: readonly number[],
  to: readonly number[],
  flattens: boolean,
) => KernelCall;

/** One pixel, whose channels are values without gaps. */
function isFlat({ height, width }: FeatureMap): boolean {
  return height * width === 1;
}

function transposeStep(
  workspace: Workspace,
  layers: string,
  { map, flat }: { readonly map: FeatureMap; readonly flat: FeatureMap },
): MakeStep {
  const hasGaps = map.rowStep !== map.width * map.pixelStep;
  const fields = {
    mapImageStep: map.imageStep,
    rows: hasGaps ? map.height : 1,
    columns: hasGaps ? map.width : map.height * map.width,
    mapRowStep: map.rowStep,
    mapPixelStep: map.pixelStep,
    channels: map.channels,
    flatImageStep: flat.imageStep,
  };
  return (pass, from, to, flattens) => ({
    layers,
    pass,
    kernel: flattens ? 'flattenMap' : 'unflattenMap',
    lanes: 'channels × pixels',
    bytes: flat.channels * 4,
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, flattens ? 'flattenMap' : 'unflattenMap', {
        ...fields,
        map: (flattens ? from : to)[thread]!,
        flat: (flattens ? to : from)[thread]!,
      }),
  });
}

/** From one image to another, value by value. */
function gatherStep({ memory }: Workspace, layers: string, { from: first, to: second }: FusedLayerPlace): MakeStep {
  const [firstPlaces, secondPlaces] = [first, second].map((map) => memory.constant(places(map))) as [number, number];
  const count = first.height * first.width * first.channels;
  return (pass, from, to) => {
    const [fromMap, toMap] = pass === 'forward' ? [first, second] : [second, first];
    return {
      layers,
      pass,
      kernel: 'gather',
      lanes: 'one by one',
      bytes: count * 4,
      multiplyAdds: 0,
      write: (thread) =>
        writeOperation(memory, 'gather', {
          from: from[thread]!,
          fromImageStep: fromMap.imageStep,
          to: to[thread]!,
          toImageStep: toMap.imageStep,
          offsets: pass === 'forward' ? firstPlaces : secondPlaces,
          toOffsets: pass === 'forward' ? secondPlaces : firstPlaces,
          count,
        }),
    };
  };
}

function places({ channels, height, width, rowStep, pixelStep }: FeatureMap): readonly number[] {
  const list: number[] = [];
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) list.push(y * rowStep + x * pixelStep + channel * 4);
  return list;
}

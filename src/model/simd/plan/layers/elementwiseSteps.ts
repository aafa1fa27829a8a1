// What happens to a feature map value by value: activations and their gradients, padding.
import { ACTIVATIONS, type Activation } from '../../../activations.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

/** What becomes of a map's sums where they lie. */
export interface ActivatedMap {
  readonly activation: Activation;
  /** Of leakyRelu. */
  readonly negativeSlope: number;
  /** For each thread where its kernel keeps its derivative, laid out as the map; of one that the gradient asks for it. */
  readonly derivatives: readonly number[] | undefined;
}

/** How values lie in groups of whole vectors; see `assembly/elementwise/elementwise.ts`. */
export function valueFields(workspace: Workspace, map: FeatureMap) {
  const isSingle = map.pixelStep === 4;
  const isPlain = map.rowStep === map.width * map.pixelStep;
  const [rows, columns] = isPlain ? [1, map.height * map.width] : [map.height, map.width];
  const values = isSingle ? columns : map.channels;
  const mask = Array.from({ length: 4 }, (_, lane) => (lane <= (values - 1) % 4 ? -1 : 0));
  return {
    imageStep: map.imageStep,
    rows,
    rowStep: map.rowStep,
    groups: isSingle ? 1 : columns,
    groupStep: isSingle ? Math.ceil(columns / 4) * 16 : map.pixelStep,
    vectors: Math.ceil(values / 4),
    mask: workspace.memory.constant(mask),
    single: isSingle ? 1 : 0,
  };
}

export function activateStep(
  workspace: Workspace,
  layers: string,
  map: FeatureMap,
  { activation, negativeSlope, derivatives }: ActivatedMap,
): KernelCall {
  const fields = valueFields(workspace, map);
  return {
    layers,
    pass: 'forward',
    kernel: 'activate',
    lanes: 'values side by side',
    bytes: mapBytes(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'activate', {
        ...fields,
        values: map.values[thread]!,
        activation: ACTIVATIONS.indexOf(activation),
        slope: negativeSlope,
        derivative: derivatives?.[thread] ?? 0,
      }),
  };
}

/** @see assembly/elementwise/clearPadding.ts */
export function clearPaddingStep(workspace: Workspace, layers: string, map: FeatureMap): KernelCall {
  const fields = valueFields(workspace, map);
  return {
    layers,
    pass: 'forward',
    kernel: 'clearPadding',
    lanes: 'channels',
    bytes: map.height * map.width * 16,
    multiplyAdds: 0,
    write: (thread) => writeOperation(workspace.memory, 'clearPadding', { ...fields, values: map.values[thread]! }),
  };
}

export function activationGradientStep(
  workspace: Workspace,
  layers: string,
  map: FeatureMap,
  { activation, negativeSlope, derivatives, biasGradient }: ActivatedMap & { readonly biasGradient: () => number },
): KernelCall {
  const fields = valueFields(workspace, map);
  return {
    layers,
    pass: 'backward',
    kernel: 'activationGradient',
    lanes: 'values side by side',
    bytes: mapBytes(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'activationGradient', {
        ...fields,
        values: derivatives?.[thread] ?? map.values[thread]!,
        gradient: map.gradient[thread]!,
        activation: ACTIVATIONS.indexOf(activation),
        slope: negativeSlope,
        biasGradient: biasGradient(),
      }),
  };
}

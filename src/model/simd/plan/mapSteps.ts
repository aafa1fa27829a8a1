// What happens to a feature map besides convolutions: activations and their gradients, pooling, upsampling, other orders, and
// images in and out.
import type { Activation, Pooling2d, UpSampling2d } from '../../architecture.js';
import type { FeatureMap } from './featureMap.js';
import { type Kernel, writeOperation } from './operations.js';
import type { Step } from './step.js';
import type { Workspace } from './workspace.js';

const ACTIVATIONS: Record<Activation, number> = { linear: 0, relu: 1, tanh: 2, sigmoid: 3 };

/** How values lie in groups of whole vectors; see `assembly/values.ts`. */
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

const size = (map: FeatureMap) => map.height * map.width * map.pixelStep;

export function activateStep(workspace: Workspace, layers: string, map: FeatureMap, activation: Activation): Step {
  const fields = valueFields(workspace, map);
  return {
    layers,
    pass: 'forward',
    kernel: 'activate',
    lanes: 'values side by side',
    bytes: size(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'activate', {
        ...fields,
        values: map.values[thread]!,
        activation: ACTIVATIONS[activation],
      }),
  };
}

/** @see assembly/clearPadding.ts */
export function clearPaddingStep(workspace: Workspace, layers: string, map: FeatureMap): Step {
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
  { activation, bias }: { readonly activation: Activation; readonly bias: number },
): Step {
  const fields = valueFields(workspace, map);
  return {
    layers,
    pass: 'backward',
    kernel: 'activationGradient',
    lanes: 'values side by side',
    bytes: size(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'activationGradient', {
        ...fields,
        values: map.values[thread]!,
        gradient: map.gradient[thread]!,
        activation: ACTIVATIONS[activation],
        biasGradient: bias * 4,
      }),
  };
}

export function squaredErrorStep(workspace: Workspace, output: FeatureMap, target: FeatureMap): Step {
  const fields = valueFields(workspace, output);
  return {
    layers: 'loss',
    pass: 'forward',
    kernel: 'squaredError',
    lanes: 'values side by side',
    bytes: size(output),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'squaredError', {
        ...fields,
        values: output.values[thread]!,
        gradient: output.gradient[thread]!,
        target: target.values[thread]!,
      }),
  };
}

export function resampleSteps(
  workspace: Workspace,
  layers: string,
  {
    layer,
    from,
    to,
    hasGradient,
  }: {
    readonly layer: Pooling2d | UpSampling2d;
    readonly from: FeatureMap;
    readonly to: FeatureMap;
    readonly hasGradient: boolean;
  },
): { readonly forward: readonly Step[]; readonly backward: readonly Step[] } {
  const isUp = layer.type === 'upSampling2d';
  const [fine, coarse] = isUp ? [to, from] : [from, to];
  const kernel = isUp ? 'upSample' : layer.type === 'maxPooling2d' ? 'maxPool' : 'averagePool';
  const step = (name: Kernel, pass: 'forward' | 'backward'): Step => ({
    layers,
    pass,
    kernel: name,
    lanes: 'channels',
    bytes: size(fine),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, name as 'maxPool', {
        fine: fine.values[thread]!,
        fineGradient: fine.gradient[thread] ?? 0,
        fineImageStep: fine.imageStep,
        fineRowStep: fine.rowStep,
        finePixelStep: fine.pixelStep,
        coarse: coarse.values[thread]!,
        coarseGradient: coarse.gradient[thread] ?? 0,
        coarseImageStep: coarse.imageStep,
        coarseRowStep: coarse.rowStep,
        coarsePixelStep: coarse.pixelStep,
        coarseRows: coarse.height,
        coarseColumns: coarse.width,
        size: isUp ? layer.size : layer.poolSize,
        channels: coarse.channels,
        clear: (fine.gradient[thread] ?? 0) - fine.lead,
        clearBytes: fine.imageStep,
      }),
  });
  return {
    forward: [step(kernel, 'forward')],
    backward: hasGradient ? [step(`${kernel}Gradient`, 'backward')] : [],
  };
}

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

/** Images (or latents) from or to the memory where a job's images lie. */
export function imagesStep(
  workspace: Workspace,
  kernel: 'loadImages' | 'storeImages',
  map: FeatureMap,
  {
    images,
    inputs,
    role,
  }: { readonly images: number; readonly inputs: number; readonly role: 'floats' | 'input' | 'target' },
): Step {
  return {
    layers: role,
    pass: 'forward',
    kernel,
    lanes: 'values side by side',
    bytes: size(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, kernel, {
        images,
        inputs,
        role: ['floats', 'input', 'target'].indexOf(role),
        height: map.height,
        width: map.width,
        channels: map.channels,
        map: map.values[thread]!,
        mapImageStep: map.imageStep,
        mapRowStep: map.rowStep,
        mapPixelStep: map.pixelStep,
      }),
  };
}

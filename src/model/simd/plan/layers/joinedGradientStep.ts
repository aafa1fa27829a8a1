import { ACTIVATIONS, type Activation } from '../../../activations.js';
import type { KernelCall } from '../kernelCall.js';
import { type FeatureMap, mapBytes } from '../memory/featureMap.js';
import { writeOperation } from '../memory/operations.js';
import type { Workspace } from '../memory/workspace.js';

/** Channels of a map's pixels, from an address on. */
export interface Channels {
  readonly map: FeatureMap;
  readonly address: (thread: number) => number;
}

/** What skip connections make of a map's gradient. */
export interface GradientParts {
  /** Where it lies. @default where the map's does */
  readonly from?: Channels | undefined;
  /** What is added to it. @default nothing */
  readonly added?: Channels | undefined;
}

/** A map that an activation has made, and where the bias's gradient goes. */
export interface JoinedMap {
  readonly layers: string;
  readonly map: FeatureMap;
  readonly activation: Activation;
  readonly biasGradient: () => number;
}

/** Whether `joinedGradient` computes it: whole vectors of channels, beside which may lie others, and no activation's own kernel. */
export function isJoinable({ map, activation }: JoinedMap): boolean {
  return map.channels % 4 === 0 && map.pixelStep % 16 === 0 && (activation === 'relu' || activation === 'linear');
}

/** @see assembly/elementwise/joinedGradient.ts */
export function joinedGradientStep(
  workspace: Workspace,
  { layers, map, activation, biasGradient }: JoinedMap,
  { from, added }: GradientParts,
): KernelCall {
  return {
    layers,
    pass: 'backward',
    kernel: 'joinedGradient',
    lanes: 'channels',
    bytes: mapBytes(map),
    multiplyAdds: 0,
    write: (thread) =>
      writeOperation(workspace.memory, 'joinedGradient', {
        values: map.values[thread]!,
        gradient: map.gradient[thread]!,
        imageStep: map.imageStep,
        rowStep: map.rowStep,
        pixelStep: map.pixelStep,
        from: from?.address(thread) ?? map.gradient[thread]!,
        fromImageStep: (from?.map ?? map).imageStep,
        fromRowStep: (from?.map ?? map).rowStep,
        fromPixelStep: (from?.map ?? map).pixelStep,
        added: added?.address(thread) ?? 0,
        addedImageStep: added?.map.imageStep ?? 0,
        addedRowStep: added?.map.rowStep ?? 0,
        addedPixelStep: added?.map.pixelStep ?? 0,
        rows: map.height,
        columns: map.width,
        vectors: map.channels / 4,
        activation: ACTIVATIONS.indexOf(activation),
        biasGradient: biasGradient(),
      }),
  };
}

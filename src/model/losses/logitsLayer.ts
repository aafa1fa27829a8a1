import type { NetworkLayer } from '../architecture.js';
import { activationOf, type LayerType } from '../layers/layers.js';
import { isImageLoss } from './loss.js';
import type { ChosenLoss } from './lossOptions.js';

/** What may stand between a sigmoid and the loss: it moves values, or leaves some out, and changes none. */
const KEEPS_VALUES: ReadonlySet<LayerType> = new Set(['reshape', 'flatten', 'cropping2d'] as const);

/**
 * Which layer's sigmoid a loss takes upon itself: the last one, where nothing stands between it and the loss that changes values.
 * `undefined` where there is none, or where the loss does not, nor one of its sum.
 */
export function logitsLayer({ terms }: ChosenLoss, layers: readonly NetworkLayer[]): number | undefined {
  if (!terms.some(({ loss }) => !isImageLoss(loss) && loss.ofLogits !== undefined)) return undefined;
  const at = layers.findLastIndex(({ layer: { type } }) => !KEEPS_VALUES.has(type));
  const layer = layers[at]?.layer;
  return layer !== undefined && activationOf(layer) === 'sigmoid' ? at : undefined;
}

/** The layers with that sigmoid left out. */
export function withoutSigmoid(layers: readonly NetworkLayer[], at: number): readonly NetworkLayer[] {
  return layers.map((each, index) =>
    index === at ? { ...each, layer: { ...each.layer, activation: 'linear' } as NetworkLayer['layer'] } : each,
  );
}

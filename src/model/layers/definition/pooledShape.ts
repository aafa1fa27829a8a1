import { imageInput, type LayerPlace, type LayerShape } from './layerShape.js';

/** What pooling leaves: whole windows side by side, without what is left over at the border. */
export function pooledShape(
  layer: { readonly type: string; readonly poolSize: number },
  input: LayerShape,
  place: LayerPlace,
): LayerShape {
  const [height, width, channels] = imageInput(layer, input, place, [layer.poolSize, layer.poolSize]);
  return [Math.floor(height / layer.poolSize), Math.floor(width / layer.poolSize), channels];
}

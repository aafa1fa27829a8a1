import type { RunEvent } from '../events/schema.js';
import type { CheckedArchitecture } from '../model/architecture.js';
import { shapeSize } from '../model/layers/layerShape.js';

/** The layers as the `run` event lists them. */
export function describeLayers({ encoder, decoder }: CheckedArchitecture): NonNullable<RunEvent['layers']> {
  return [...encoder, ...decoder].map(({ name, layer, outputShape, weights }) => ({
    name,
    type: layer.type,
    output: [...outputShape],
    parameters: weights.reduce((sum, { shape }) => sum + shapeSize(shape), 0),
  }));
}

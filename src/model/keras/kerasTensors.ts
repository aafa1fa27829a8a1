// Keras's weights in PyTorch's layouts.
import { shapeSize } from '../layers/definition/layerShape.js';
import { type FlatOrder, placesInKeras } from './flatOrder.js';
import type { KerasTensor } from './kerasLayerReader.js';

/** A tensor of the network, and the weight of Keras's that it is made of. */
export interface TensorSource {
  /** As Keras names the layer. */
  readonly layerName: string;
  readonly tensor: KerasTensor;
  /** How the vectors before and after the layer are ordered here. */
  readonly inputOrder: FlatOrder | undefined;
  readonly outputOrder: FlatOrder | undefined;
}

/** The values of one of Keras's weights in our layout and order. */
export function convertTensor({ tensor, inputOrder, outputOrder }: TensorSource, values: Float32Array): Float32Array {
  const { shape, axes = shape.map((_, axis) => axis), inputAxis, outputAxis } = tensor;
  const offsets = axes.map((axis) => {
    const stride = shapeSize(shape.slice(axis + 1));
    const order = axis === inputAxis ? inputOrder : axis === outputAxis ? outputOrder : undefined;
    return placesInKeras(shape[axis]!, order).map((place) => place * stride);
  });
  const converted = new Float32Array(values.length);
  let at = 0;
  const copy = (axis: number, from: number): void => {
    for (const offset of offsets[axis]!) {
      if (axis + 1 < offsets.length) copy(axis + 1, from + offset);
      else converted[at++] = values[from + offset]!;
    }
  };
  copy(0, 0);
  return converted;
}

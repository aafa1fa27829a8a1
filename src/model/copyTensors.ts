import type { NamedTensors, Tensor } from './engine.js';
import type { WeightSpec } from './layers/definition/layerDefinition.js';
import { requireTensors } from './requireTensors.js';

/**
 * A copy of a network's weights, or of what has their shapes.
 * @throws WeightsError `WEIGHTS_MISMATCH` that lists what was expected and found
 */
export function copyTensors(expected: readonly WeightSpec[], tensors: NamedTensors): NamedTensors {
  requireTensors(
    expected,
    new Map([...tensors].map(([name, tensor]) => [name, { dtype: 'F32', shape: trueShape(tensor) }])),
  );
  return new Map(expected.map(({ name, shape }) => [name, { shape, data: tensors.get(name)!.data.slice() }]));
}

/** The shape of the values that are there. */
function trueShape({ shape, data }: Tensor): readonly number[] {
  return shape.reduce((product, side) => product * side, 1) === data.length ? shape : [data.length];
}

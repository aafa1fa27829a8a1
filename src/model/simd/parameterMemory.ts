// Named tensors in the order in which the kernels keep them, and back.

import type { NamedTensors } from '../engine.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import type { ParameterPlace } from './plan/memory/parameterLayout.js';

/** What lies between the parameters becomes zero. @param values the parameters from their first on */
export function writeParameters(values: Float32Array, places: readonly ParameterPlace[], tensors: NamedTensors): void {
  values.fill(0);
  for (const { name, offsets } of places) {
    const { data } = tensors.get(name)!;
    for (let index = 0; index < offsets.length; index++) values[offsets[index]!] = data[index]!;
  }
}

export function readParameters(
  values: Float32Array,
  places: readonly ParameterPlace[],
  specs: readonly WeightSpec[],
): NamedTensors {
  const offsetsOf = new Map(places.map(({ name, offsets }) => [name, offsets]));
  return new Map(
    specs.map(({ name, shape }) => [
      name,
      { shape, data: Float32Array.from(offsetsOf.get(name)!, (offset) => values[offset]!) },
    ]),
  );
}

// Adds the gradient of one loss of a sum to that of those before it; where the last sigmoid was left out for them, it goes through that first.
// Lanes: values side by side.
import { derivative } from '../elementwise/activationGradient';
import { SIGMOID } from '../elementwise/activations';
import { Elementwise } from '../elementwise/elementwise';

export function addGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const isOfSigmoid = v.activation == SIGMOID;
  const toValues = v.values - v.gradient, toAdded = v.added - v.gradient;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let p = v.gradient + image * v.imageStep + row * v.rowStep;
      const end = p + v.groups * v.groupStep;
      do {
        const added = v128.load(p + toAdded);
        const gradient = isOfSigmoid ? derivative(SIGMOID, v128.load(p + toValues), added) : added;
        v128.store(p, f32x4.add(v128.load(p), gradient));
        p += 16;
      } while (p != end);
    }
  }
}

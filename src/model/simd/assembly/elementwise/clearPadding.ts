// Zeros where a pixel has no channel: there, an infinite input times a weight of zero is NaN, which the next layer would see.
// Lanes: the last vector of a pixel's channels. (After tanh and sigmoid `activate` does it.)
import { Elementwise } from './elementwise';

export function clearPadding(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const mask = v128.load(v.mask);
  const groupStep = v.groupStep;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep + ((v.vectors - 1) << 4);
      const end = p + v.groups * groupStep;
      do {
        v128.store(p, v128.and(v128.load(p), mask));
        p += groupStep;
      } while (p != end);
    }
  }
}

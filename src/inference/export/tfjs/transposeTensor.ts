import type { Tensor } from '../../../model/engine.js';

/** A tensor with its axes in another order. @param order which of the old axes stands where */
export function transposeTensor({ shape, data }: Tensor, order: readonly number[]): Tensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const sides = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const transposed = new Float32Array(data.length);
  const place = sides.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    transposed[to] = data[from]!;
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      place[axis]! += 1;
      if (place[axis]! < sides[axis]!) break;
      from -= steps[axis]! * sides[axis]!;
      place[axis] = 0;
    }
  }
  return { shape: sides, data: transposed };
}

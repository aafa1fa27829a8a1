// Values in another order, and sums of several: weights as the kernels read them, and flatten and reshape.

@unmanaged
class Gather {
  kind: i32;
  from: usize;
  fromImageStep: i32;
  to: usize;
  toImageStep: i32;
  count: i32;
  /** Where each value is, in bytes from `from`; for sums, one list after the other. */
  offsets: usize;
  /** Where each value goes, in bytes from `to`; 0: one after the other. */
  toOffsets: usize;
  /** For sums: where each list begins, counted in offsets; one more than `count`. */
  starts: usize;
}

/** @param base what the planner's addresses count from */
export function gather(operation: usize, fromImage: i32, toImage: i32, base: usize): void {
  gatherPart(operation, fromImage, toImage, base, 0, 1);
}

/** @param part and `parts`: which share of the values, when threads share the work */
export function gatherPart(operation: usize, fromImage: i32, toImage: i32, base: usize, part: i32, parts: i32): void {
  const g = changetype<Gather>(operation);
  const first = <i32>((<i64>g.count * part) / parts);
  const last = <i32>((<i64>g.count * (part + 1)) / parts);
  for (let image = fromImage; image < toImage; image++) {
    const from = base + g.from + image * g.fromImageStep;
    const to = base + g.to + image * g.toImageStep;
    if (g.starts != 0) gatherSums(g, from, to, first, last);
    else if (g.toOffsets != 0)
      for (let i = first; i < last; i++)
        store<f32>(to + load<i32>(g.toOffsets + (i << 2)), load<f32>(from + load<i32>(g.offsets + (i << 2))));
    else
      for (let i = first; i < last; i++) store<f32>(to + (i << 2), load<f32>(from + load<i32>(g.offsets + (i << 2))));
  }
}

function gatherSums(g: Gather, from: usize, to: usize, first: i32, last: i32): void {
  for (let i = first; i < last; i++) {
    const end = g.offsets + (load<i32>(g.starts + (i << 2), 4) << 2);
    let sum: f32 = 0;
    for (let at = g.offsets + (load<i32>(g.starts + (i << 2)) << 2); at < end; at += 4) sum += load<f32>(from + load<i32>(at));
    store<f32>(to + (i << 2), sum);
  }
}

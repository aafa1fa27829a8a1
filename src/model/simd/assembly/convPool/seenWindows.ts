// Which windows a gradient visits: those that see anything but zeros, where they are listed and no gradient is infinite or NaN.
import { gradients } from '../shard';
import { ConvPoolGradient } from './convPoolGradient';

/** How many the last call of `seenWindows` found. */
export let seenCount: i32 = 0;

/** Where an image's windows are listed. */
export function seenWindows(g: ConvPoolGradient, image: i32): usize {
  if (g.found == 0 || !areFinite(gradients + g.biasGradient, g.channels)) {
    seenCount = g.count;
    return g.windows;
  }
  seenCount = load<i32>(g.foundCount + image * g.foundCountImageStep);
  return g.found + image * g.foundImageStep;
}

/** A NaN or an infinity stays in a sum. */
@inline
function areFinite(values: usize, count: i32): bool {
  let sum: f32 = 0;
  for (let i = 0; i < count; i++) sum += load<f32>(values + (i << 2)) * 0;
  return sum == 0;
}

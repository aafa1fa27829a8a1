// Colours that are stored at half the width, or half the width and height, stretched by a triangle filter, bit for bit as libjpeg's "fancy
// upsampling": a new sample is 3/4 of the nearer and 1/4 of the farther one, in each direction.

/** Samples of one component. */
export interface Plane {
  readonly samples: Uint8Array;
  /** Of them that are of the image; rows are `stride` apart. */
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

/** Narrower planes are repeated instead. */
const NARROWEST = 3;

/** A plane of twice the width. */
export function widened(plane: Plane): Plane {
  const { samples, width, height, stride } = plane;
  const result = planeOf(2 * width, height);
  for (let row = 0; row < height; row += 1) {
    const from = row * stride;
    const to = row * result.stride;
    if (width < NARROWEST) repeat(samples, from, width, result.samples, to);
    else {
      const last = width - 1;
      result.samples[to] = samples[from]!;
      result.samples[to + 2 * last + 1] = samples[from + last]!;
      for (let x = 0; x <= last; x += 1) {
        const three = 3 * samples[from + x]!;
        if (x > 0) result.samples[to + 2 * x] = (three + samples[from + x - 1]! + 1) >> 2;
        if (x < last) result.samples[to + 2 * x + 1] = (three + samples[from + x + 1]! + 2) >> 2;
      }
    }
  }
  return result;
}

/** A plane of twice the width and height. */
export function enlarged(plane: Plane): Plane {
  const { samples, width, height, stride } = plane;
  const result = planeOf(2 * width, 2 * height);
  const sums = new Int32Array(width);
  for (let row = 0; row < 2 * height; row += 1) {
    const near = (row >> 1) * stride;
    const to = row * result.stride;
    if (width < NARROWEST) {
      repeat(samples, near, width, result.samples, to);
      continue;
    }
    const neighbour = row & 1 ? Math.min(height - 1, (row >> 1) + 1) : Math.max(0, (row >> 1) - 1);
    const far = neighbour * stride;
    for (let x = 0; x < width; x += 1) sums[x] = 3 * samples[near + x]! + samples[far + x]!;
    const last = width - 1;
    result.samples[to] = (4 * sums[0]! + 8) >> 4;
    result.samples[to + 2 * last + 1] = (4 * sums[last]! + 7) >> 4;
    for (let x = 0; x <= last; x += 1) {
      const three = 3 * sums[x]!;
      if (x > 0) result.samples[to + 2 * x] = (three + sums[x - 1]! + 8) >> 4;
      if (x < last) result.samples[to + 2 * x + 1] = (three + sums[x + 1]! + 7) >> 4;
    }
  }
  return result;
}

function planeOf(width: number, height: number): Plane {
  return { samples: new Uint8Array(width * height), width, height, stride: width };
}

function repeat(from: Uint8Array, at: number, width: number, to: Uint8Array, start: number): void {
  for (let x = 0; x < 2 * width; x += 1) to[start + x] = from[at + (x >> 1)]!;
}

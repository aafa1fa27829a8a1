// Bilinear upsampling, and its gradient. Lanes: channels; one by one where there is no whole vector of them.
//
// The centers of small and large pixels lie as in TensorFlow's half-pixel centers and PyTorch's `align_corners=False`: a fine
// pixel i lies at (i + ½) / size − ½ between two coarse ones, of which one counts twice beyond the border.
import { Resample } from './resample';

export function bilinear(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  const isWhole = (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
  for (let image = fromImage; image < toImage; image++) {
    const coarse = r.coarse + image * r.coarseImageStep;
    for (let row = 0; row < r.coarseRows * r.windowRows; row++) {
      const y = center(row, r.windowRows);
      const top = <i32>y;
      const low = y - <f32>top;
      const upper = coarse + top * r.coarseRowStep;
      const lower = coarse + min(top + 1, r.coarseRows - 1) * r.coarseRowStep;
      for (let column = 0; column < r.coarseColumns * r.windowColumns; column++) {
        const x = center(column, r.windowColumns);
        const left = <i32>x;
        const right = x - <f32>left;
        const first = left * r.coarsePixelStep;
        const second = min(left + 1, r.coarseColumns - 1) * r.coarsePixelStep;
        const fine = r.fine + image * r.fineImageStep + row * r.fineRowStep + column * r.finePixelStep;
        const a = (f32(1) - low) * (f32(1) - right), b = (f32(1) - low) * right, c = low * (f32(1) - right), d = low * right;
        if (isWhole) {
          for (let at = 0; at < r.coarsePixelStep; at += 16) {
            const above = f32x4.add(
              f32x4.mul(f32x4.splat(a), v128.load(upper + first + at)),
              f32x4.mul(f32x4.splat(b), v128.load(upper + second + at)),
            );
            const below = f32x4.add(
              f32x4.mul(f32x4.splat(c), v128.load(lower + first + at)),
              f32x4.mul(f32x4.splat(d), v128.load(lower + second + at)),
            );
            v128.store(fine + at, f32x4.add(above, below));
          }
        } else {
          for (let at = 0; at < r.channels << 2; at += 4) {
            const above = a * load<f32>(upper + first + at) + b * load<f32>(upper + second + at);
            const below = c * load<f32>(lower + first + at) + d * load<f32>(lower + second + at);
            store<f32>(fine + at, above + below);
          }
        }
      }
    }
  }
}

export function bilinearGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  const isWhole = (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
  for (let image = fromImage; image < toImage; image++) {
    memory.fill(r.clear + image * r.coarseImageStep, 0, r.clearBytes);
    const coarse = r.coarseGradient + image * r.coarseImageStep;
    for (let row = 0; row < r.coarseRows * r.windowRows; row++) {
      const y = center(row, r.windowRows);
      const top = <i32>y;
      const low = y - <f32>top;
      const upper = coarse + top * r.coarseRowStep;
      const lower = coarse + min(top + 1, r.coarseRows - 1) * r.coarseRowStep;
      for (let column = 0; column < r.coarseColumns * r.windowColumns; column++) {
        const x = center(column, r.windowColumns);
        const left = <i32>x;
        const right = x - <f32>left;
        const first = left * r.coarsePixelStep;
        const second = min(left + 1, r.coarseColumns - 1) * r.coarsePixelStep;
        const fine = r.fineGradient + image * r.fineImageStep + row * r.fineRowStep + column * r.finePixelStep;
        const a = (f32(1) - low) * (f32(1) - right), b = (f32(1) - low) * right, c = low * (f32(1) - right), d = low * right;
        if (isWhole) {
          for (let at = 0; at < r.coarsePixelStep; at += 16) {
            const gradient = v128.load(fine + at);
            addVector(upper + first + at, f32x4.mul(f32x4.splat(a), gradient));
            addVector(upper + second + at, f32x4.mul(f32x4.splat(b), gradient));
            addVector(lower + first + at, f32x4.mul(f32x4.splat(c), gradient));
            addVector(lower + second + at, f32x4.mul(f32x4.splat(d), gradient));
          }
        } else {
          for (let at = 0; at < r.channels << 2; at += 4) {
            const gradient = load<f32>(fine + at);
            addValue(upper + first + at, a * gradient);
            addValue(upper + second + at, b * gradient);
            addValue(lower + first + at, c * gradient);
            addValue(lower + second + at, d * gradient);
          }
        }
      }
    }
  }
}

/** Where a fine pixel lies among the coarse ones. */
@inline
function center(pixel: i32, size: i32): f32 {
  return max<f32>((f32(pixel) + f32(0.5)) / f32(size) - f32(0.5), 0);
}

@inline
function addVector(to: usize, values: v128): void {
  v128.store(to, f32x4.add(v128.load(to), values));
}

@inline
function addValue(to: usize, value: f32): void {
  store<f32>(to, load<f32>(to) + value);
}

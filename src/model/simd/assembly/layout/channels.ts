// Skip connections: channels of a feature map's pixels, copied to those of another map or added to them. Maps are NHWC; each side has
// steps of its own. Lanes: channels side by side; what is left of a vector goes one by one, since beside it may lie other channels.

@unmanaged
class Channels {
  kind: i32;
  from: usize;
  fromImageStep: i32;
  fromRowStep: i32;
  fromPixelStep: i32;
  to: usize;
  toImageStep: i32;
  toRowStep: i32;
  toPixelStep: i32;
  rows: i32;
  /** Pixels of a row; one where a row has no gaps on either side. */
  columns: i32;
  /** Values of a pixel. */
  channels: i32;
}

export function copyChannels(operation: usize, fromImage: i32, toImage: i32): void {
  everyPixel(operation, fromImage, toImage, false);
}

export function addChannels(operation: usize, fromImage: i32, toImage: i32): void {
  everyPixel(operation, fromImage, toImage, true);
}

@inline
function everyPixel(operation: usize, fromImage: i32, toImage: i32, adds: bool): void {
  const c = changetype<Channels>(operation);
  const fromPixelStep = c.fromPixelStep, toPixelStep = c.toPixelStep;
  const vectorBytes = (c.channels & ~3) << 2, bytes = c.channels << 2;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < c.rows; row++) {
      let from = c.from + image * c.fromImageStep + row * c.fromRowStep;
      let to = c.to + image * c.toImageStep + row * c.toRowStep;
      for (let column = 0; column < c.columns; column++) {
        let at = 0;
        for (; at < vectorBytes; at += 16) {
          const values = v128.load(from + at);
          v128.store(to + at, adds ? f32x4.add(v128.load(to + at), values) : values);
        }
        for (; at < bytes; at += 4) {
          const value = load<f32>(from + at);
          store<f32>(to + at, adds ? load<f32>(to + at) + value : value);
        }
        from += fromPixelStep;
        to += toPixelStep;
      }
    }
  }
}

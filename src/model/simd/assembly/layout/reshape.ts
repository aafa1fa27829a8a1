// Flatten and reshape: between a feature map, whose pixels hold their channels side by side, and one in (channel, row, column)
// order without gaps, as PyTorch flattens. Lanes: four channels of four pixels, transposed; what is left over goes one by one.

import { transpose } from '../vectors';

@unmanaged
class Reshape {
  kind: i32;
  map: usize;
  mapImageStep: i32;
  rows: i32;
  /** Pixels of a row; all of an image where rows have no gaps. */
  columns: i32;
  mapRowStep: i32;
  mapPixelStep: i32;
  channels: i32;
  flat: usize;
  flatImageStep: i32;
}

/** Out of the map. */
export function flattenMap(operation: usize, fromImage: i32, toImage: i32): void {
  permute(operation, fromImage, toImage, true);
}

/** Into the map. */
export function unflattenMap(operation: usize, fromImage: i32, toImage: i32): void {
  permute(operation, fromImage, toImage, false);
}

@inline
function permute(operation: usize, fromImage: i32, toImage: i32, flattens: bool): void {
  const o = changetype<Reshape>(operation);
  const channelBytes = (o.rows * o.columns) << 2;
  const rowBytes = o.columns << 2;
  const isPacked = o.mapPixelStep == 4;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < o.rows; row++) {
      const pixels = o.map + image * o.mapImageStep + row * o.mapRowStep;
      const values = o.flat + image * o.flatImageStep + row * rowBytes;
      if (isPacked) memory.copy(flattens ? values : pixels, flattens ? pixels : values, rowBytes);
      else permuteRow(o, pixels, values, channelBytes, flattens);
    }
  }
}

@inline
function permuteRow(o: Reshape, pixels: usize, values: usize, channelBytes: i32, flattens: bool): void {
  const step = o.mapPixelStep;
  const whole = o.columns & ~3;
  for (let channel = 0; channel < o.channels; channel += 4) {
    const to = values + channel * channelBytes;
    const isWhole = channel + 4 <= o.channels;
    let column = 0;
    for (; isWhole && column < whole; column += 4) {
      const p = pixels + column * step + (channel << 2);
      if (flattens) transpose(p, step, to + (column << 2), channelBytes);
      else transpose(to + (column << 2), channelBytes, p, step);
    }
    for (; column < o.columns; column++)
      for (let rest = 0; rest < min(4, o.channels - channel); rest++) {
        const p = pixels + column * step + ((channel + rest) << 2);
        const q = to + rest * channelBytes + (column << 2);
        if (flattens) store<f32>(q, load<f32>(p));
        else store<f32>(p, load<f32>(q));
      }
  }
}

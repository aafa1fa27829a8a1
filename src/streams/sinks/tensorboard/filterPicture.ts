import { encode } from 'fast-png';
import type { WeightsEvent } from '../../../events/schema.js';
import { decodeBytes } from '../../../text/base64.js';
import type { Picture } from './values.js';

/** Filters are a few pixels wide: each of these is drawn as a square, so that one of them has about so many. */
const SIDE = 24;
const GAP = 2;
const GAP_VALUE = 64;
const ACROSS = 8;

/**
 * The filters of a layer in one picture, eight in a row: dark is negative, bright positive, mid-grey nothing, where both signs occur.
 * Three channels are colours; of another number each has a picture, one below the other.
 * @returns nothing where the event's bytes do not have its shape
 */
export function filterPicture({ shape, filters }: WeightsEvent): Picture | undefined {
  const [count = 0, height = 0, width = 0, inputs = 0] = shape;
  const values = decodeBytes(filters.values, count * height * width * inputs);
  if (values === undefined || shape.length !== 4) return undefined;
  const channels = inputs === 3 ? 3 : 1;
  const below = inputs / channels;
  const scale = Math.max(1, Math.round(SIDE / Math.max(height, width)));
  const tile = { height: (height * below + (below - 1)) * scale, width: width * scale };
  const across = Math.min(ACROSS, count);
  const sheet = {
    width: across * (tile.width + GAP) - GAP,
    height: Math.ceil(count / across) * (tile.height + GAP) - GAP,
  };
  const data = new Uint8Array(sheet.width * sheet.height * channels).fill(GAP_VALUE);
  for (let filter = 0; filter < count; filter++)
    for (let picture = 0; picture < below; picture++) {
      const top = Math.floor(filter / across) * (tile.height + GAP) + picture * (height + 1) * scale;
      const left = (filter % across) * (tile.width + GAP);
      for (let y = 0; y < height * scale; y++)
        for (let x = 0; x < width * scale; x++) {
          const pixel = (filter * height + Math.floor(y / scale)) * width + Math.floor(x / scale);
          const to = ((top + y) * sheet.width + left + x) * channels;
          for (let channel = 0; channel < channels; channel++)
            data[to + channel] = values[pixel * inputs + picture + channel]!;
        }
    }
  return { ...sheet, channels, png: encode({ ...sheet, channels, data }) };
}

import { encode } from 'fast-png';
import { EventError } from '../errors.js';
import { samplePixels } from './samplePixels.js';
import type { SampleEvent } from './schema.js';

/** Pixels between the pictures. */
const GAP = 2;
const GAP_VALUE = 64;

/**
 * Draws a `sample` event as one picture: a column for each item, its input over its target (where there is one) over its
 * reconstruction.
 *
 * @returns a PNG, grey or in colour as the images are
 * @throws EventError `EVENT_SHAPE` where there are no items, an item's pictures do not have the event's shape, or the images
 *   have neither 1 nor 3 channels
 *
 * @example
 * for (const event of new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)))
 *   if (event.type === 'sample') writeFileSync(`${place}/step-${event.step}.png`, samplePng(event));
 * console.log(existsSync(`${place}/step-0.png`)); // true
 */
export function samplePng({ shape, items }: Pick<SampleEvent, 'shape' | 'items'>): Uint8Array {
  const [height, width, channels] = shape;
  if (items.length === 0 || (channels !== 1 && channels !== 3)) throw notDrawable(shape, items.length);
  const columns = items.map((item) => {
    const { input, target, reconstruction } = samplePixels(item, shape);
    return target === undefined ? [input, reconstruction] : [input, target, reconstruction];
  });
  const rows = Math.max(...columns.map((pictures) => pictures.length));
  const sheetWidth = items.length * (width + GAP) - GAP;
  const sheetHeight = rows * (height + GAP) - GAP;
  const sheet = new Uint8Array(sheetWidth * sheetHeight * channels).fill(GAP_VALUE);
  for (const [column, pictures] of columns.entries())
    for (const [row, pixels] of pictures.entries())
      for (let y = 0; y < height; y++) {
        const line = pixels.subarray(y * width * channels, (y + 1) * width * channels);
        sheet.set(line, ((row * (height + GAP) + y) * sheetWidth + column * (width + GAP)) * channels);
      }
  return encode({ width: sheetWidth, height: sheetHeight, channels, data: sheet });
}

function notDrawable(shape: readonly number[], items: number): EventError {
  return new EventError({
    code: 'EVENT_SHAPE',
    problem: 'the sample',
    expected: 'one image or more, of 1 channel (grey) or 3 (red, green, blue)',
    actual: `${items} of shape ${shape.join('×')}`,
    advice: 'Decode the pixels with samplePixels and draw them yourself.',
  });
}

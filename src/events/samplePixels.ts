import { EventError } from '../errors.js';
import { decodeBytes } from '../text/base64.js';
import type { SampleEvent } from './schema.js';

/** The pictures of one item of a sample: 0..255, `[height, width, channels]` in the shape of its event. */
export interface SamplePixels {
  /** What the network saw. */
  readonly input: Uint8Array;
  /** What the reconstruction is compared with, where that is not the input. */
  readonly target?: Uint8Array;
  readonly reconstruction: Uint8Array;
}

/**
 * Decodes the pictures of an item of a `sample` event.
 *
 * @param item one of the event's `items`
 * @param shape of the event, `[height, width, channels]`
 * @throws EventError `EVENT_SHAPE` where a picture has not as many bytes as the shape says
 *
 * @example
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`));
 * const sample = events.find(({ type }) => type === 'sample');
 * const { input, reconstruction } = samplePixels(sample.items[0], sample.shape);
 * console.log(input.length, reconstruction.length); // 784 784
 */
export function samplePixels(item: SampleEvent['items'][number], shape: readonly number[]): SamplePixels {
  const size = shape.reduce((product, side) => product * side, 1);
  const decode = (picture: 'input' | 'target' | 'reconstruction', text: string): Uint8Array => {
    const pixels = decodeBytes(text, size);
    if (pixels !== undefined) return pixels;
    throw new EventError({
      code: 'EVENT_SHAPE',
      problem: `the ${picture} of item ${item.index}`,
      expected: `${shape.join('×')} bytes in base64`,
      actual: `${text.length} characters`,
      advice: 'Give the shape of the event that the item is in.',
    });
  };
  return {
    input: decode('input', item.input),
    ...(item.target !== undefined && { target: decode('target', item.target) }),
    reconstruction: decode('reconstruction', item.reconstruction),
  };
}

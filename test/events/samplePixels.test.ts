import { expect, test } from 'vitest';
import { samplePixels } from '../../src/events/samplePixels.js';
import { encodeBase64 } from '../../src/text/base64.js';

const pixels = Uint8Array.of(1, 2, 3, 250);
const item = {
  index: 7,
  loss: 0.1,
  input: encodeBase64(pixels),
  reconstruction: encodeBase64(pixels.map((v) => v + 1)),
};

test('gives the pictures of an item as bytes; a target only where there is one', () => {
  expect(samplePixels(item, [2, 2, 1])).toEqual({ input: pixels, reconstruction: pixels.map((value) => value + 1) });
  expect(samplePixels({ ...item, target: item.input }, [2, 2, 1]).target).toEqual(pixels);
});

test.each(['input', 'target', 'reconstruction'])('says which picture does not have the shape: %s', (picture) => {
  const broken = { ...item, [picture]: encodeBase64(Uint8Array.of(1)) };
  expect(() => samplePixels(broken, [2, 2, 1])).toThrow(
    expect.objectContaining({ code: 'EVENT_SHAPE', message: expect.stringContaining(`the ${picture} of item 7`) }),
  );
});

import { expect, test } from 'vitest';
import type { ImageShape } from '../../src/data/batch.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { networkFor, requireInput } from '../../src/run/openNetwork.js';

const images = (shape: ImageShape) => ({ name: 'photos.idx', shape });

test.each<ImageShape>([
  [3, 28, 28],
  [4, 28, 28],
  [1, 28, 28],
])('no preset is made for channels that come first, %d×%d×%d', (...shape) => {
  expect(() => networkFor(images(shape), 'transpose')).toThrow(
    /^photos\.idx: expected images of height × width × channels/,
  );
});

test('a network of one’s own may be for anything that it names', () => {
  const network = checkArchitecture({
    name: 'own',
    input: [4, 8, 8],
    encoder: [{ type: 'flatten' }, { type: 'dense', units: 2 }],
    decoder: [
      { type: 'dense', units: 256 },
      { type: 'reshape', targetShape: [4, 8, 8] },
    ],
  });
  requireInput(network, images([4, 8, 8]));
  expect(() => requireInput(network, images([8, 8, 4]))).toThrow(
    'expected an input of 8×8×4, as the images, found 4×8×8',
  );
  expect(() => requireInput(network, images([3, 8, 8]))).toThrow('where the channels come first');
});

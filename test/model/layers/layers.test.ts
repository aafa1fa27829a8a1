import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LayerShape } from '../../../src/model/layers/definition/layerShape.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { outputShape } from '../../../src/model/layers/layers.js';

const place = { name: 'encoder.0' };
const side = fc.integer({ min: 1, max: 40 });
const small = fc.integer({ min: 1, max: 7 });
const padding = fc.constantFrom('valid' as const, 'same' as const);

/** The output's sides, counted from where windows can stand instead of by a formula. */
function count(length: number, standsAt: (start: number) => boolean, stride: number): number {
  let places = 0;
  for (let start = 0; start < length; start += stride) if (standsAt(start)) places += 1;
  return places;
}

function image(height: number, width: number): LayerShape {
  return [height, width, 3];
}

test('a convolution has an output for every place where its window can stand', () => {
  const layers = fc.record({
    type: fc.constant('conv2d' as const),
    filters: small,
    kernelSize: small,
    strides: fc.integer({ min: 1, max: 4 }),
    padding,
  });
  fc.assert(
    fc.property(layers, side, side, (layer, height, width) => {
      fc.pre(layer.padding === 'same' || Math.min(height, width) >= layer.kernelSize);
      const places = (length: number): number =>
        count(length, (start) => layer.padding === 'same' || start + layer.kernelSize <= length, layer.strides);
      expect(outputShape(layer, image(height, width), place)).toEqual([places(height), places(width), layer.filters]);
    }),
  );
});

test('a transposed convolution reaches as far as its last window or stride, and exactly its strides when padded', () => {
  const layers = fc.record({
    type: fc.constant('conv2dTranspose' as const),
    filters: small,
    kernelSize: small,
    strides: small,
    padding,
  });
  fc.assert(
    fc.property(layers, side, side, (layer, height, width) => {
      const { kernelSize, strides, filters } = layer;
      const reach = (length: number): number => {
        const ends = Array.from({ length }, (_, i) => i * strides + Math.max(kernelSize, strides));
        return layer.padding === 'same' ? length * strides : Math.max(...ends);
      };
      expect(outputShape(layer, image(height, width), place)).toEqual([reach(height), reach(width), filters]);
    }),
  );
});

test("a transposed convolution undoes a convolution's shape where strides divide it", () => {
  const kernel = fc.record({ kernelSize: small, strides: fc.constantFrom(1, 2), padding });
  fc.assert(
    fc.property(kernel, side, (options, length) => {
      const up = outputShape({ type: 'conv2dTranspose', filters: 1, ...options }, image(length, length), place);
      const down: Layer = { type: 'conv2d', filters: 3, ...options };
      fc.pre(options.padding === 'same' || options.kernelSize >= options.strides);
      expect(outputShape(down, up, place)).toEqual(image(length, length));
    }),
  );
});

test('a pool counts whole windows only', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('maxPooling2d' as const, 'averagePooling2d' as const),
      small,
      side,
      (type, poolSize, n) => {
        fc.pre(n >= poolSize);
        const places = count(n, (start) => start + poolSize <= n, poolSize);
        expect(outputShape({ type, poolSize }, image(n, n), place)).toEqual([places, places, 3]);
      },
    ),
  );
});

test('upsampling repeats every row and column', () => {
  expect(outputShape({ type: 'upSampling2d', size: 3 }, [2, 5, 4], place)).toEqual([6, 15, 4]);
});

test('strides default to 1 and padding to valid', () => {
  expect(outputShape({ type: 'conv2d', filters: 2, kernelSize: 3 }, [8, 7, 1], place)).toEqual([6, 5, 2]);
  expect(outputShape({ type: 'conv2dTranspose', filters: 2, kernelSize: 3 }, [6, 5, 1], place)).toEqual([8, 7, 2]);
});

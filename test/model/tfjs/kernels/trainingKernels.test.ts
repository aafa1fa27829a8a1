import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadWasm } from '../../../../src/model/tfjs/node/loadWasm.js';

await loadWasm();
tf.enableProdMode();

const side = (maximum: number) => fc.integer({ min: 1, max: maximum });
const pair = (maximum: number) => fc.tuple(side(maximum), side(maximum));
const fixed = { seed: 4, numRuns: 100 };

const convolution = fc
  .record({
    image: fc.tuple(side(3), side(9), side(9), side(4)),
    kernel: pair(4),
    filters: side(9),
    strides: pair(3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
  })
  .filter(({ image, kernel, pad }) => pad === 'same' || (kernel[0] <= image[1] && kernel[1] <= image[2]));

test("the gradients of convolutions are the cpu backend's", () => {
  fc.assert(
    fc.property(convolution, ({ image, kernel, filters, strides, pad }) => {
      const filterShape: [number, number, number, number] = [...kernel, image[3], filters];
      const { outShape } = tf.backend_util.computeConv2DInfo(image, filterShape, strides, 1, pad);
      const attributes = { strides, pad, dataFormat: 'NHWC', filterShape, inputShape: image };
      expectSameOnBoth(tf.Conv2DBackpropFilter, { x: image, dy: outShape }, attributes);
      expectSameOnBoth(tf.Conv2DBackpropInput, { dy: outShape, filter: filterShape }, attributes);
    }),
    fixed,
  );
});

const pooling = fc
  .record({ image: fc.tuple(side(3), side(9), side(9), side(4)), window: pair(3) })
  .filter(({ image, window }) => window[0] <= image[1] && window[1] <= image[2]);

test("the gradient of pooling with windows side by side is the cpu backend's", () => {
  fc.assert(
    fc.property(pooling, ({ image, window }) => {
      const attributes = { filterSize: window, strides: window, pad: 'valid' };
      const { outShape } = tf.backend_util.computePool2DInfo(image, window, window, 1, 'valid');
      expectSameOnBoth(tf.MaxPoolGrad, { dy: outShape, input: image, output: outShape }, attributes);
    }),
    fixed,
  );
});

test('of equal values in a window the first gets the gradient', () => {
  const attributes = { filterSize: 2, strides: 2, pad: 'valid' };
  const ones = { dy: tf.ones([1, 1, 2, 1]), input: tf.ones([1, 3, 4, 1]), output: tf.ones([1, 1, 2, 1]) };
  const gradient = run('wasm', tf.MaxPoolGrad, ones, attributes);
  expect([...gradient]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

function expectSameOnBoth(
  kernel: string,
  shapes: Record<string, readonly number[]>,
  attributes: tf.NamedAttrMap,
): void {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], index) => [name, tf.randomUniform([...shape], -1, 1, 'float32', index)]),
  );
  const [found, expected] = [run('wasm', kernel, inputs, attributes), run('cpu', kernel, inputs, attributes)];
  expect(found.length).toBe(expected.length);
  expect(Math.max(...found.map((value, index) => Math.abs(value - expected[index]!)))).toBeLessThan(1e-4);
  tf.dispose(inputs);
}

function run(backend: string, kernel: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): Float32Array {
  void tf.setBackend(backend);
  const gradient = tf.engine().runKernel<tf.Tensor>(kernel, inputs, attributes);
  const values = gradient.dataSync<'float32'>();
  gradient.dispose();
  return values;
}

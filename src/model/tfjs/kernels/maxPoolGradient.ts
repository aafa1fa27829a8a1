// MaxPoolGrad where windows tile the image: each dy goes to the first place in its window that holds the maximum, as in
// PyTorch. NHWC; what is left over at the border takes no part and gets 0. The backend's own loop looks at every window
// for every input, four times slower.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './kernelCall.js';

export function maxPoolGradient({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const { dy, input } = inputs as { dy: tf.Tensor4D; input: tf.Tensor4D };
  const { filterSize, strides, pad } = attrs as unknown as tf.MaxPoolGradAttrs;
  const window = pair(filterSize);
  if (String(window) !== String(pair(strides)) || pad !== 'valid') return undefined;
  const wasm = backend as BackendWasm;
  // Views of the heap are good only until something is allocated.
  const dx = wasm.makeOutput(input.shape, 'float32');
  const view = (tensor: tf.TensorInfo) => wasm.typedArrayFromHeap(tensor) as Float32Array;
  scatter(view(dy), dy.shape, view(input), input.shape, window, view(dx));
  return dx;
}

const pair = (size: number | readonly [number, number]) => (typeof size === 'number' ? ([size, size] as const) : size);

function scatter(
  dy: Float32Array,
  [items, rows, columns, channels]: tf.Tensor4D['shape'],
  x: Float32Array,
  [, height, width]: tf.Tensor4D['shape'],
  [windowHeight, windowWidth]: readonly [number, number],
  dx: Float32Array,
): void {
  dx.fill(0);
  let at = 0;
  for (let item = 0; item < items; item++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const corner = ((item * height + row * windowHeight) * width + column * windowWidth) * channels;
        for (let channel = 0; channel < channels; channel++) {
          let first = corner + channel;
          for (let i = 0; i < windowHeight; i++)
            for (let j = 0; j < windowWidth; j++) {
              const place = corner + (i * width + j) * channels + channel;
              if (x[place]! > x[first]!) first = place;
            }
          dx[first] = dy[at++]!;
        }
      }
}

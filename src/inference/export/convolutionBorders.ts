// What others have to be told of convolutions, whose 'same' is TensorFlow's.
import type { NetworkLayer } from '../../model/architecture.js';
import type { Conv2d } from '../../model/layers/conv2d.js';
import type { Conv2dTranspose } from '../../model/layers/conv2dTranspose.js';
import type { Border } from '../../model/layers/definition/borders.js';
import { sidesOf } from '../../model/layers/definition/sides.js';

/** Rows and columns, in this order. */
export type Borders = readonly [rows: Border, columns: Border];

type Shapes = Pick<NetworkLayer, 'inputShape' | 'outputShape'>;

/** The zeros around a convolution's input: for 'same' as many as the windows need, the odd one behind. */
export function convolutionBorders({ padding, kernelSize, strides = 1 }: Conv2d, shapes: Shapes): Borders {
  if (padding !== 'same') return NO_BORDERS;
  const [kernels, steps] = [sidesOf(kernelSize), sidesOf(strides)];
  const along = (at: 0 | 1): Border => {
    const windows = (shapes.outputShape[at]! - 1) * steps[at] + kernels[at];
    return halves(Math.max(windows - shapes.inputShape[at]!, 0));
  };
  return [along(0), along(1)];
}

/** How a transposed convolution ends: its borders are cut off, or what no kernel reaches is added behind. */
export interface TransposedEnds {
  /** Cut off on each side. */
  readonly cut: Border;
  /** Rows and columns added behind, where the kernel is smaller than the strides. */
  readonly added: number;
}

export function transposedEnds({ padding, kernelSize, strides = 1 }: Conv2dTranspose): TransposedEnds {
  const overlap = kernelSize - strides;
  return { cut: halves(padding === 'same' ? Math.max(overlap, 0) : 0), added: Math.max(-overlap, 0) };
}

export const NO_BORDERS: Borders = [
  [0, 0],
  [0, 0],
];

function halves(total: number): Border {
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

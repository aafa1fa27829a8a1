// Where Winograd's filtering pays; see `assembly/convPool/winograd.ts`.
import type { ConvolutionGeometry } from './convolutionGeometry.js';

/** Not tried with fewer; they are padded to groups of 8. */
const FEWEST_WINOGRAD_CHANNELS = 12;
/**
 * Its rounding is another than that of a direct sum. With 32 channels it let `denoise` part from PyTorch's losses by 1e-4
 * after 100 updates instead of 125, and there the direct kernels reach four fifths of the roofline.
 */
const MOST_WINOGRAD_CHANNELS = 24;
/** With four outputs it saves 3 % of `transpose`: a patch's transform has to serve more. */
const FEWEST_WINOGRAD_OUTPUTS = 5;
/** Windows that are multiplied together (`assembly/convPool/winograd.ts`): with fewer the weights are read for too little. */
const WINOGRAD_CHUNK = 16;

/** Transformed patches of a chunk of windows, and their products; see `assembly/convPool/winograd.ts`. */
export function winogradBytes(channels: number, outputs: number): number {
  return WINOGRAD_CHUNK * (Math.ceil(channels / 8) * 512 + (outputs / 4) * 256);
}

/** A convolution from so many channels to so many that is pooled to so many windows. */
export function suitsWinograd(
  { kernelRows, kernelColumns, outputs }: ConvolutionGeometry,
  channels: number,
  windows: number,
): boolean {
  const isBetween = channels >= FEWEST_WINOGRAD_CHANNELS && channels <= MOST_WINOGRAD_CHANNELS;
  return (
    kernelRows === 3 &&
    kernelColumns === 3 &&
    isBetween &&
    outputs >= FEWEST_WINOGRAD_OUTPUTS &&
    windows >= WINOGRAD_CHUNK
  );
}

// What comes out of a layer, with Keras's rules ('same' pads as TensorFlow does).
import { ArchitectureError } from '../../errors.js';
import type { Layer, LayerShape, Padding } from '../architecture.js';
import { MAX_VALUES } from './layerSchema.js';

/** Where a layer stands, for errors. */
export interface LayerPlace {
  /** The file the network is from. */
  readonly path?: string | undefined;
  /** e.g. `decoder.1`. */
  readonly name: string;
}

/** `28×28×1`, or `784 values` for a flat shape. */
export function formatShape(shape: LayerShape): string {
  return shape.length === 1 ? `${shape[0]} values` : shape.join('×');
}

/** Number of values in a shape. */
export function shapeSize(shape: LayerShape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * The shape of a layer's output.
 * @throws ArchitectureError `ARCHITECTURE_SHAPE` when the layer cannot take such an input, or its output has over 2²⁴ values
 */
export function outputShape(layer: Layer, input: LayerShape, place: LayerPlace): LayerShape {
  const output = shapeAfter(layer, input, place);
  if (shapeSize(output) > MAX_VALUES)
    throw shapeError(layer, place, {
      problem: `${formatShape(input)} → ${formatShape(output)}`,
      expected: `at most ${MAX_VALUES} values for each image`,
      actual: String(shapeSize(output)),
      advice: 'Use fewer filters or units, smaller images, or pool before this layer.',
    });
  return output;
}

function shapeAfter(layer: Layer, input: LayerShape, place: LayerPlace): LayerShape {
  switch (layer.type) {
    case 'batchNormalization':
      return input;
    case 'conv2d': {
      const { kernelSize, strides = 1, padding = 'valid' } = layer;
      const image = imageInput(layer, input, place, padding === 'valid' ? kernelSize : 1);
      return convolved(image, layer.filters, (side) => convolutionLength(side, kernelSize, strides, padding));
    }
    case 'conv2dTranspose': {
      const { kernelSize, strides = 1, padding = 'valid' } = layer;
      const image = imageInput(layer, input, place, 1);
      return convolved(image, layer.filters, (side) => transposedLength(side, kernelSize, strides, padding));
    }
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const [height, width, channels] = imageInput(layer, input, place, layer.poolSize);
      return [Math.floor(height / layer.poolSize), Math.floor(width / layer.poolSize), channels];
    }
    case 'upSampling2d': {
      const [height, width, channels] = imageInput(layer, input, place, 1);
      return [height * layer.size, width * layer.size, channels];
    }
    case 'flatten':
      return [shapeSize(input)];
    case 'dense':
      requireFlat(layer, input, place);
      return [layer.units];
    case 'reshape':
      return reshaped(layer.targetShape, layer, input, place);
  }
}

type ImageShape = readonly [height: number, width: number, channels: number];

function convolved([height, width]: ImageShape, filters: number, length: (side: number) => number): LayerShape {
  return [length(height), length(width), filters];
}

/** @see conv_output_length in keras/src/utils/conv_utils.py */
function convolutionLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return Math.ceil((padding === 'same' ? side : side - kernelSize + 1) / strides);
}

/** @see deconv_output_length in keras/src/utils/conv_utils.py, without output padding */
function transposedLength(side: number, kernelSize: number, strides: number, padding: Padding): number {
  return padding === 'same' ? side * strides : side * strides + Math.max(kernelSize - strides, 0);
}

function imageInput(layer: Layer, input: LayerShape, place: LayerPlace, smallest: number): ImageShape {
  const [height, width, channels] = input;
  if (height === undefined || width === undefined || channels === undefined)
    throw shapeError(layer, place, {
      expected: 'an image (height×width×channels) as input',
      actual: formatShape(input),
      advice: 'Put a reshape with targetShape [height, width, channels] before it.',
    });
  if (height < smallest || width < smallest)
    throw shapeError(layer, place, {
      expected: `an input of at least ${smallest}×${smallest}`,
      actual: formatShape(input),
      advice: 'Use a smaller window here, or reduce less in the layers before.',
    });
  return [height, width, channels];
}

function requireFlat(layer: Layer, input: LayerShape, place: LayerPlace): void {
  if (input.length === 1) return;
  throw shapeError(layer, place, {
    expected: 'a flat input',
    actual: formatShape(input),
    advice: 'Put a flatten before it.',
  });
}

function reshaped(target: LayerShape, layer: Layer, input: LayerShape, place: LayerPlace): LayerShape {
  if (shapeSize(target) !== shapeSize(input))
    throw shapeError(layer, place, {
      expected: `a targetShape of ${shapeSize(input)} values, as many as its input (${formatShape(input)}) has`,
      actual: `[${target.join(', ')}] with ${shapeSize(target)}`,
      advice: 'The product of targetShape has to equal the number of values that come in.',
    });
  return target;
}

/** A complaint about shapes that says where: `net.json: decoder.1 (dense): …`. */
export function shapeError(
  layer: Layer,
  { path, name }: LayerPlace,
  details: {
    readonly problem?: string;
    readonly expected: string;
    readonly actual: string;
    readonly advice: string;
  },
): ArchitectureError {
  const where = `${name} (${layer.type})`;
  return new ArchitectureError({
    ...details,
    code: 'ARCHITECTURE_SHAPE',
    layer: name,
    problem: details.problem === undefined ? where : `${where}: ${details.problem}`,
    ...(path === undefined ? {} : { path }),
  });
}

// What to do about a network whose output is not what its input is.
import type { Architecture, NetworkLayer } from './architecture.js';
import { fitSide, nearestSide, type OutputSide } from './fitSide.js';
import type { Border } from './layers/definition/borders.js';
import { formatShape, shapeSize } from './layers/definition/layerShape.js';
import { outputOf } from './outputOf.js';

/** @param layers all of the network's, of which the last one's output has another shape than the input */
export function outputAdvice(architecture: Architecture, layers: readonly NetworkLayer[]): string {
  const { input } = architecture;
  const last = layers[layers.length - 1]!;
  const [height, width] = last.outputShape;
  if (height === input[0] && width === input[1]) return channelAdvice(input, last);
  if (shapeSize(last.outputShape) === shapeSize(input))
    return `Put a reshape with targetShape [${input.join(', ')}] at the end.`;
  const ways = [borderAdvice(architecture), sizeAdvice(architecture)].filter((way) => way !== undefined);
  const lossy = layers.find(dropsBorder);
  const reason =
    lossy === undefined
      ? ''
      : `${lossy.name} (${lossy.layer.type}) drops the border of ${formatShape(lossy.inputShape)}, which does not divide by its poolSize. `;
  return ways.length === 0
    ? `${reason}Change strides, kernelSize, padding or size in the decoder until it undoes the encoder.`
    : `${reason}${capitalized(ways.join(', or '))}.`;
}

function channelAdvice(input: Architecture['input'], last: NetworkLayer): string {
  return 'filters' in last.layer
    ? `Give ${last.name} ${input[2]} filters, as many as the input has channels (not ${last.outputShape[2]}).`
    : `Its channels have to be ${input[2]}.`;
}

/** The borders that make it fit, as the presets have them. */
function borderAdvice(architecture: Architecture): string | undefined {
  const rows = fitSide(architecture.input[0], outputSide(architecture, 0));
  const columns = fitSide(architecture.input[1], outputSide(architecture, 1));
  if (rows === undefined || columns === undefined) return undefined;
  const layers = [
    layerAdvice('zeroPadding2d with padding', [rows.padding, columns.padding], 'at the beginning of the encoder'),
    layerAdvice('cropping2d with cropping', [rows.cropping, columns.cropping], 'at the end of the decoder'),
  ];
  return `put ${layers.filter((layer) => layer !== undefined).join(' and ')}`;
}

function layerAdvice(layer: string, borders: readonly [Border, Border], where: string): string | undefined {
  return borders.flat().every((pixels) => pixels === 0) ? undefined : `a ${layer} ${formatBorders(borders)} ${where}`;
}

/** The nearest size that comes out as it goes in. */
function sizeAdvice(architecture: Architecture): string | undefined {
  const [height, width, channels] = architecture.input;
  const sides = [height, width].map((side, axis) => {
    const outputOfSide = outputSide(architecture, axis as 0 | 1);
    return outputOfSide(side) === side ? side : nearestSide(side, outputOfSide);
  });
  if (sides.includes(undefined)) return undefined;
  return `take images of ${sides.join('×')} (--resize ${sides.join('x')}) with input [${sides.join(', ')}, ${channels}]`;
}

/** What becomes of a height, or a width, beside the other one of the input. */
function outputSide({ input, ...halves }: Architecture, axis: 0 | 1): OutputSide {
  const [height, width, channels] = input;
  return (side) =>
    outputOf({ ...halves, input: axis === 0 ? [side, width, channels] : [height, side, channels] })?.[axis];
}

function dropsBorder({ layer, inputShape: [height = 0, width = 0] }: NetworkLayer): boolean {
  return 'poolSize' in layer && (height % layer.poolSize !== 0 || width % layer.poolSize !== 0);
}

function formatBorders(borders: readonly [Border, Border]): string {
  return `[${borders.map((border) => `[${border.join(', ')}]`).join(', ')}]`;
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

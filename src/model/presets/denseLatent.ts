// What presets share whose latent is a list of numbers, behind a dense layer. They take images of every size as they are.
import type { Architecture } from '../architecture.js';
import type { Border } from '../layers/definition/borders.js';
import type { Layer } from '../layers/layers.js';
import { convolution } from './halves.js';

type Input = Architecture['input'];

/** Convolutions halve an image until no side is longer. */
const LONGEST = 8;
const FILTERS = 16;
/** Of the images that the decoder begins with. */
const FIRST_CHANNELS = 8;

/** Each step halves height and width, odd ones rounded up; flat at the end. */
export function halvedImages(input: Input): readonly Layer[] {
  const halvings = halvingsOf(input);
  if (halvings === 0) return [convolution(FILTERS, 'relu'), { type: 'flatten' }];
  const halving: Layer = {
    type: 'conv2d',
    filters: FILTERS,
    kernelSize: 3,
    strides: 2,
    padding: 'same',
    activation: 'relu',
  };
  return [...Array.from({ length: halvings }, () => halving), { type: 'flatten' }];
}

/** The way back from any flat latent; what comes out larger than the images is cropped, as in other presets. */
export function doubledImages(input: Input): readonly Layer[] {
  const [height, width, channels] = input;
  const halvings = halvingsOf(input);
  const [rows, columns] = [height, width].map((side) => Math.ceil(side / 2 ** halvings)) as [number, number];
  const begin: readonly Layer[] = [
    { type: 'dense', units: rows * columns * FIRST_CHANNELS, activation: 'relu' },
    { type: 'reshape', targetShape: [rows, columns, FIRST_CHANNELS] },
  ];
  if (halvings === 0) return [...begin, convolution(FILTERS, 'relu'), convolution(channels, 'sigmoid')];
  const doublings = Array.from({ length: halvings - 1 }, () => doubling(FILTERS, 'relu'));
  const cropping = [border(rows * 2 ** halvings - height), border(columns * 2 ** halvings - width)] as const;
  const isLarger = cropping.flat().some((pixels) => pixels > 0);
  return [
    ...begin,
    ...doublings,
    doubling(channels, 'sigmoid'),
    ...(isLarger ? [{ type: 'cropping2d', cropping: [...cropping] } as Layer] : []),
  ];
}

function halvingsOf([height, width]: Input): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(height, width) / LONGEST)));
}

function border(pixels: number): Border {
  return [Math.floor(pixels / 2), Math.ceil(pixels / 2)];
}

function doubling(filters: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2dTranspose', filters, kernelSize: 3, strides: 2, padding: 'same', activation };
}

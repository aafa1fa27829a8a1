// Presets whose latent is a list of numbers, behind a dense layer. They take images of every size.
import type { Architecture } from './architecture.js';
import type { Border } from './layers/definition/borders.js';
import type { Layer } from './layers/layers.js';

type Input = Architecture['input'];

interface Halves {
  readonly encoder: readonly Layer[];
  readonly decoder: readonly Layer[];
}

/** Convolutions halve an image until no side is longer. */
const LONGEST = 8;
const FILTERS = 16;
/** Of the images that the decoder begins with. */
const FIRST_CHANNELS = 8;

/** A latent of 32 values. 41,849 parameters at 28×28×1. */
export function deepHalves(input: Input): Halves {
  return { encoder: [...images(input), dense(32)], decoder: decoder(input) };
}

/** A variational latent of 16 values. 35,577 parameters at 28×28×1. */
export function variationalHalves(input: Input): Halves {
  const latent: Layer = { type: 'variational', klWarmUp: 1000 };
  return { encoder: [...images(input), dense(2 * 16), latent], decoder: decoder(input) };
}

/** Each step halves height and width, odd ones rounded up. */
function images(input: Input): readonly Layer[] {
  const halvings = halvingsOf(input);
  if (halvings === 0) return [convolution(FILTERS, 'relu'), { type: 'flatten' }];
  const halving: Layer = { ...convolution(FILTERS, 'relu'), strides: 2 };
  return [...Array.from({ length: halvings }, () => halving), { type: 'flatten' }];
}

/** The way back; what comes out larger than the images is cropped, the smaller half above and to the left. */
function decoder(input: Input): readonly Layer[] {
  const [height, width, channels] = input;
  const halvings = halvingsOf(input);
  const [rows, columns] = [height, width].map((side) => Math.ceil(side / 2 ** halvings)) as [number, number];
  const begin: readonly Layer[] = [
    dense(rows * columns * FIRST_CHANNELS, 'relu'),
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

function dense(units: number, activation: 'linear' | 'relu' = 'linear'): Layer {
  return { type: 'dense', units, activation };
}

function convolution(filters: number, activation: 'relu' | 'sigmoid') {
  return { type: 'conv2d', filters, kernelSize: 3, padding: 'same', activation } as const;
}

function doubling(filters: number, activation: 'relu' | 'sigmoid'): Layer {
  return { type: 'conv2dTranspose', filters, kernelSize: 3, strides: 2, padding: 'same', activation };
}

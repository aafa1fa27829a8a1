// What makes a preset fit images of any size.
import type { Architecture } from '../architecture.js';
import { fitSide, type SideFit } from '../fitSide.js';
import type { Border } from '../layers/definition/borders.js';
import type { Layer } from '../layers/layers.js';
import { outputOf } from '../outputOf.js';
import type { Halves, PresetLayers } from './halves.js';

/** A side that every preset takes, for the other one while one is tried. */
const ANY_SIDE = 64;
const AS_IT_IS: SideFit = { padding: [0, 0], cropping: [0, 0] };

/**
 * The preset's layers for images of this shape: where the output would be another, zeros stand around what goes in, and the
 * output's border is cut off. Where it is not, there is nothing but the preset's layers.
 */
export function fitImages(layersFor: PresetLayers, input: Architecture['input']): Halves {
  const [height, width, channels] = input;
  const rows = sideFit(height, (side) => [side, ANY_SIDE, channels], layersFor, 0);
  const columns = sideFit(width, (side) => [ANY_SIDE, side, channels], layersFor, 1);
  const { encoder, decoder } = layersFor([height + sum(rows.padding), width + sum(columns.padding), channels]);
  const before = bordersAround(rows.padding, columns.padding, zeroPadding);
  const moved = (layer: Layer) => readingFurther(layer, before.length);
  return {
    encoder: [...before, ...encoder.map(moved)],
    decoder: [...decoder.map(moved), ...bordersAround(rows.cropping, columns.cropping, cropping)],
  };
}

/** The layer, reading the same one of the encoder where some stand before that. */
function readingFurther(layer: Layer, places: number): Layer {
  if (!('from' in layer) || places === 0) return layer;
  return { ...layer, from: layer.from.replace(/^encoder\.(\d+)$/, (_, place) => `encoder.${Number(place) + places}`) };
}

type Borders = [rows: [number, number], columns: [number, number]];

const zeroPadding = (padding: Borders): Layer => ({ type: 'zeroPadding2d', padding });
const cropping = (cropping: Borders): Layer => ({ type: 'cropping2d', cropping });

/** Where nothing helps, the preset as it is: its check then says why. */
function sideFit(
  side: number,
  inputOf: (side: number) => Architecture['input'],
  layersFor: PresetLayers,
  axis: 0 | 1,
): SideFit {
  const outputSide = (tried: number) => {
    const input = inputOf(tried);
    return outputOf({ input, ...layersFor(input) })?.[axis];
  };
  return fitSide(side, outputSide) ?? AS_IT_IS;
}

function bordersAround(rows: Border, columns: Border, layer: (borders: Borders) => Layer): readonly Layer[] {
  if (sum(rows) + sum(columns) === 0) return [];
  return [layer([[...rows], [...columns]])];
}

function sum([before, after]: Border): number {
  return before + after;
}

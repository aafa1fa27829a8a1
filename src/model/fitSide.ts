// How an autoencoder is made to fit a side that does not come out of it as it goes in: docs/NETWORKS.md has the rule.
import type { Border } from './layers/definition/borders.js';

/** How far is looked for a side that fits, in pixels. */
const FARTHEST = 64;

/** The height, or the width, that comes out where such a one goes in; `undefined` where the network cannot take it. */
export type OutputSide = (side: number) => number | undefined;

/** Zeros around what goes in, pixels that are cut off what comes out. */
export interface SideFit {
  readonly padding: Border;
  readonly cropping: Border;
}

/** The fewest zeros with which at least the whole side comes out, and how much that is too much; `undefined` where none do. */
export function fitSide(side: number, outputSide: OutputSide): SideFit | undefined {
  for (let padding = 0; padding <= FARTHEST; padding++) {
    const output = outputSide(side + padding);
    if (output !== undefined && output >= side) return { padding: halved(padding), cropping: halved(output - side) };
  }
  return undefined;
}

/** The nearest other side that comes out as it goes in, the smaller one of two. */
export function nearestSide(side: number, outputSide: OutputSide): number | undefined {
  for (let distance = 1; distance <= FARTHEST; distance++)
    for (const other of [side - distance, side + distance]) if (other > 0 && outputSide(other) === other) return other;
  return undefined;
}

/** Half on each side, so that pixels come out where they went in; an odd one goes to the end. */
function halved(pixels: number): Border {
  const before = Math.floor(pixels / 2);
  return [before, pixels - before];
}

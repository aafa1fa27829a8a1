// Histograms over the steps as ridges: time goes downwards, the newest stands in front and hides what is behind it.
import type { KeptHistogram } from '../../../dashboard/tags/keptHistogram.js';
import type { Size } from '../../screen/size.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Span } from '../../theme/theme.js';
import { brailleCanvas } from '../brailleCanvas.js';

/** The chosen ridge, and the others. */
const LAYERS = [
  { tone: 'accent', ascii: '#' },
  { tone: 'label', ascii: '*' },
] as const;

/** Dots between two ridges at least, and how many times that the highest one rises. */
const DOTS_APART = { braille: 3, block: 2, ascii: 1 } as const;
const RISE = 3;

/** Where the values of all of them lie. */
export function ridgeRange(histograms: readonly KeptHistogram[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { edges } of histograms) {
    low = Math.min(low, edges[0]!);
    high = Math.max(high, edges.at(-1)!);
  }
  return [low, high];
}

/**
 * Exactly `rows` rows of exactly `columns` cells.
 *
 * @param chosen the one that is shown in colour
 */
export function drawRidges(
  histograms: readonly KeptHistogram[],
  chosen: KeptHistogram | undefined,
  { columns, rows }: Size,
  glyphs: Glyphs,
): Span[][] {
  const grid = brailleCanvas(columns, rows, LAYERS, glyphs);
  if (grid.width < 1 || grid.height < 1) return grid.rows();
  const least = DOTS_APART[glyphs];
  // Where there are few of them, they have the whole height.
  const apart = Math.max(least, Math.floor((grid.height - 1) / (histograms.length - 1 + RISE)));
  const rise = Math.min(grid.height - 1, apart * RISE);
  const shown = evenly(histograms, Math.max(1, Math.floor((grid.height - 1 - rise) / apart) + 1), chosen);
  const range = ridgeRange(shown);
  const heights = shown.map((histogram) => densities(histogram, range, grid.width));
  const highest = Math.max(...heights.flat(), Number.MIN_VALUE);
  // From the front to the back: each is seen only above all that stand before it.
  const horizon = new Int32Array(grid.width).fill(grid.height);
  for (const [behind, histogram] of shown.toReversed().entries()) {
    const base = grid.height - 1 - behind * apart;
    const layer = histogram === chosen ? 0 : 1;
    const tops = heights[shown.length - 1 - behind]!.map((height) => base - Math.round((height / highest) * rise));
    for (let x = 0; x < grid.width; x++) {
      const [from, to] = [tops[x]!, tops[x - 1] ?? tops[x]!];
      for (let y = Math.min(from, to); y <= Math.max(from, to); y++) if (y < horizon[x]!) grid.dot(layer, x, y);
    }
    for (const [x, top] of tops.entries()) horizon[x] = Math.min(horizon[x]!, top);
  }
  return grid.rows();
}

/** So many of them, the first, the last and the chosen among them. */
function evenly(
  histograms: readonly KeptHistogram[],
  count: number,
  chosen: KeptHistogram | undefined,
): readonly KeptHistogram[] {
  if (histograms.length <= count) return histograms;
  const last = histograms.length - 1;
  const places = Array.from({ length: count }, (_, place) =>
    count === 1 ? last : Math.round((place * last) / (count - 1)),
  );
  const wanted = chosen === undefined ? -1 : histograms.indexOf(chosen);
  if (wanted >= 0 && !places.includes(wanted)) {
    const nearest = places.reduce((one, other) => (Math.abs(other - wanted) < Math.abs(one - wanted) ? other : one));
    places[places.indexOf(nearest)] = wanted;
  }
  return places.map((place) => histograms[place]!);
}

/** Values a unit of width on so many places from `low` to `high`, as shares of all. */
export function densities(
  { edges, counts }: KeptHistogram,
  [low, high]: readonly [number, number],
  places: number,
): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const heights = new Array<number>(places).fill(0);
  const width = (high / 2 - low / 2) / places;
  if (!(total > 0 && width > 0)) return heights;
  const placeOf = (value: number): number => (value / 2 - low / 2) / width;
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue;
    const [from, to] = [placeOf(edges[bin]!), placeOf(edges[bin + 1]!)];
    const span = Math.max(to - from, 1e-9);
    for (
      let place = Math.max(0, Math.floor(from));
      place < Math.min(places, Math.ceil(Math.max(to, from + 1e-9)));
      place++
    ) {
      const share = Math.max(0, Math.min(to, place + 1) - Math.max(from, place)) / span;
      heights[place]! += (count / total) * share;
    }
  }
  return heights;
}

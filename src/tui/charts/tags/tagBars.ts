// A figure in one row of bars, from its lowest value to its highest.
import type { StepRange } from '../../../dashboard/history/stepRange.js';
import { tagPlaces } from '../../../dashboard/tags/readTagHistory.js';
import type { TagHistory } from '../../../dashboard/tags/tagHistory.js';
import type { Glyphs } from '../../theme/capabilities.js';
import { BARS } from '../sparkline.js';

/** Exactly `columns` cells; what is not a number continues the bar before it. */
export function drawTagBars(
  history: TagHistory,
  steps: StepRange,
  columns: number,
  smoothing: number,
  glyphs: Glyphs,
): string {
  const means = tagPlaces(history, steps, columns, smoothing).map((place) =>
    place?.finite === true ? place.mean : Number.NaN,
  );
  return barsOf(means, glyphs);
}

/** One cell for each value. */
export function barsOf(values: readonly number[], glyphs: Glyphs): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const bars = BARS[glyphs];
  // Halves, since the whole of it may be greater than any number.
  const span = high / 2 - low / 2;
  let bar = ' ';
  return values
    .map((value) => {
      if (Number.isFinite(value)) {
        const share = span > 0 ? (value / 2 - low / 2) / span : 0;
        bar = bars[Math.round(share * (bars.length - 1))]!;
      }
      return bar;
    })
    .join('');
}

// The loss in one row: the exponential mean as bars, logarithmic.

import type { LossHistory } from '../../dashboard/history/lossHistory.js';
import { placed } from '../../dashboard/history/readHistory.js';
import type { Glyphs } from '../theme/capabilities.js';

export const BARS: Readonly<Record<Glyphs, string>> = { braille: '▁▂▃▄▅▆▇█', block: '▁▂▃▄▅▆▇█', ascii: '_.-:=+*#' };

/** The highest places, the plunge at the beginning, share the highest bar, or all that follows would lie on the ground. */
const USUAL = 0.9;

/** Exactly `columns` cells, from the first step to the last. */
export function drawSparkline(history: LossHistory, columns: number, glyphs: Glyphs): string {
  const places = placed(history, { from: 1, to: history.lastStep }, columns);
  return drawBars(
    places.map((column) => column?.mean ?? Number.NaN),
    glyphs,
  );
}

/** One cell for each loss, logarithmic; what is not a number continues the bar before it. */
export function drawBars(losses: readonly number[], glyphs: Glyphs): string {
  const heights = losses.map(Math.log);
  const known = heights.filter(Number.isFinite).sort((one, other) => one - other);
  const low = known[0] ?? 0;
  const span = (known[Math.floor((known.length - 1) * USUAL)] ?? 0) - low;
  const bars = BARS[glyphs];
  let bar = ' ';
  return heights
    .map((height) => {
      if (Number.isFinite(height))
        bar = bars[span > 0 ? Math.round(Math.min(1, (height - low) / span) * (bars.length - 1)) : 0]!;
      return bar;
    })
    .join('');
}

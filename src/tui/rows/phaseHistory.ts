// Where the time of the training went, reading by reading.
import { phasesBetween } from '../../dashboard/performance/phases.js';
import type { DashboardState } from '../../dashboard/state.js';
import { drawRule } from '../charts/rule.js';
import type { Size } from '../screen/size.js';
import type { Span } from '../theme/theme.js';
import { phaseShares } from './phaseRows.js';

const TITLE = 1;
const LEAST_ROWS = 6;
const MOST_ROWS = 24;

/** Each reading is a column of its shares, the newest at the right; nothing where there is no room, or not enough to see. */
export function phaseHistoryRows({ stats }: DashboardState, { columns, rows }: Size): Span[][] {
  const height = Math.min(MOST_ROWS, rows - TITLE);
  const readings = stats.slice(1).flatMap((newest, place) => phasesBetween(stats[place], newest) ?? []);
  if (height < LEAST_ROWS || readings.length < 2) return [];
  const shown = readings.slice(-(columns - 2)).map(phaseShares);
  const width = Math.max(1, Math.floor((columns - 2) / shown.length));
  const cells = Array.from({ length: height }, (_, row): Span[] => [
    ['value', ' '],
    ...shown.map((shares): Span => {
      const [tone, mark] = markAt(shares, (height - row - 0.5) / height);
      return [tone, mark.repeat(width)];
    }),
  ]);
  return [drawRule('time of the training, second by second', [], columns), ...cells];
}

/** Of the phase that lies at this height, 0 to 1, where they are piled up. */
function markAt(shares: ReturnType<typeof phaseShares>, height: number): Span {
  let top = 0;
  for (const { share, mark } of shares) {
    top += share;
    if (height <= top) return mark;
  }
  return ['value', ' '];
}

import { formatPercent } from '../../dashboard/format.js';
import type { Replay } from '../viewContext.js';

/** Where a replay is; nothing where the newest is shown, at its end or as it comes. */
export function replayWords(replay: Replay | undefined): string | undefined {
  if (replay === undefined) return undefined;
  const { playing, speed, position } = replay;
  if (position >= 1 && (!playing || speed === Number.POSITIVE_INFINITY)) return undefined;
  const pace = speed === Number.POSITIVE_INFINITY ? '' : ` ${speed}×`;
  return playing ? `replay${pace} · ${formatPercent(position)}` : `replay held · ${formatPercent(position)}`;
}

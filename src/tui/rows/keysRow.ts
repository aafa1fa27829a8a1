// The last line: the keys, and what else there is room for.

import { formatDuration, formatPercent, formatSpeed } from '../../dashboard/format.js';
import { progressOf } from '../../dashboard/progress.js';
import type { Replay } from '../../dashboard/replay/replay.js';
import type { DashboardState } from '../../dashboard/state.js';
import { applies } from '../keys/binding.js';
import { type KeyContext, keyContextOf } from '../keys/keyContext.js';
import { KEY_TABLE } from '../keys/keyTable.js';
import { hasOnlyTags } from '../presentView.js';
import { type Span, widthOf } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { firstThatFits, spread } from './fitWords.js';
import { bottomWords } from './statusRow.js';
import { type KeyWords, keyWordsWidth } from './viewTabs.js';

export interface KeysLine {
  /** From the left edge on. */
  readonly keys: readonly KeyWords[];
  /** All cells after them. */
  readonly rest: readonly Span[];
}

/** @param progress says speed and time left here, where no panel does */
export function keysLineOf(state: DashboardState, view: ViewContext, columns: number, progress: boolean): KeysLine {
  const says = progress ? progressLines(state, view) : costLines(view);
  const words = bottomWords(state, view);
  if (words !== undefined) {
    const left = firstThatFits(words, columns - 2);
    return { keys: [], rest: spread(left, firstThatFits(says, columns - 3 - widthOf(left)), columns) };
  }
  const hints = keyHints(keyContextOf(state, view));
  const least = fittingHints(
    hints.filter(({ rank }) => rank <= ALWAYS_RANK),
    columns - 1 - (progress ? TIME_COLUMNS : 0),
  );
  const right = firstThatFits(says, columns - 1 - keyWordsWidth(least));
  const keys = fittingHints(hints, columns - 1 - widthOf(right));
  const room = columns - keyWordsWidth(keys);
  return { keys, rest: [['value', ' '.repeat(Math.max(0, room - 1 - widthOf(right)))], ...right, ['value', ' ']] };
}

/** Speed and time make way for these keys, and for no others. */
const ALWAYS_RANK = 3;
/** `0:28 left`. */
const TIME_COLUMNS = 9;

interface KeyHint extends KeyWords {
  readonly rank: number;
}

/** The keys that have a meaning now, the most important first. */
function keyHints(keyContext: KeyContext): KeyHint[] {
  const bindings = KEY_TABLE.filter((binding) => binding.hint !== undefined && applies(binding, keyContext));
  const hints = bindings.map(({ keys, shown, hint: [label, rank] = ['', 0] }) => ({
    key: keys[0]!,
    rank,
    spans: [['accent', ` ${shown.split(' ')[0]}`] as const, ['label', ` ${label} `] as const],
  }));
  return hints.toSorted((one, other) => one.rank - other.rank);
}

/** As many as there is room for; of equal rank all or none. */
function fittingHints(hints: readonly KeyHint[], columns: number): readonly KeyHint[] {
  if (keyWordsWidth(hints) <= columns || hints.length === 0) return hints;
  const last = hints.at(-1)!.rank;
  return fittingHints(
    hints.filter(({ rank }) => rank !== last),
    columns,
  );
}

function progressLines(state: DashboardState, view: ViewContext): Span[][] {
  if (state.status === 'waiting') return [[]];
  // Where a replay is says more than how long the run had still to go then.
  if (replayWords(view.replay) !== undefined) return costLines(view);
  const { leftMs, elapsedMs } = progressOf(state);
  const time = leftMs === undefined ? `${formatDuration(elapsedMs)} elapsed` : `${formatDuration(leftMs)} left`;
  if (hasOnlyTags(state)) return [[['label', time]], [['label', '']]];
  const speed = formatSpeed(state.imagesPerSecond);
  const lines = [`${speed} images/s · ${time}`, `${speed}/s · ${time}`, time, ''].map((text): Span[] => [
    ['label', text],
  ]);
  const cost = view.cost === undefined ? '' : ` · ${costWords(view.cost)}`;
  return [[['label', `${speed} images/s · ${time}${cost}`]], ...lines];
}

function costLines({ cost, replay }: ViewContext): Span[][] {
  const words = [replayWords(replay), cost === undefined ? undefined : costWords(cost)].filter(
    (part) => part !== undefined,
  );
  return [words.join(' · '), words[0] ?? '', ''].map((text): Span[] => [['label', text]]);
}

/** Where a replay is; nothing where the newest is shown, at its end or as it comes. */
function replayWords(replay: Replay | undefined): string | undefined {
  if (replay === undefined) return undefined;
  const { playing, speed, position } = replay;
  if (position >= 1 && (!playing || speed === Number.POSITIVE_INFINITY)) return undefined;
  const pace = speed === Number.POSITIVE_INFINITY ? '' : ` ${speed}×`;
  return playing ? `replay${pace} · ${formatPercent(position)}` : `replay paused · ${formatPercent(position)}`;
}

function costWords(cost: number): string {
  return `dashboard ${(cost * 100).toFixed(1)} %`;
}

// The last line: the keys, and what else there is room for.
import { progressOf } from '../figures.js';
import { formatDuration, formatSpeed } from '../format.js';
import type { DashboardState } from '../state.js';
import { type Span, widthOf } from '../theme.js';
import type { View } from '../view.js';
import { firstThatFits, spread } from './fit.js';
import { replayWords } from './replay.js';

/** @param progress says speed and time left here, where no panel does */
export function keysLine(state: DashboardState, view: View, columns: number, progress: boolean): Span[] {
  const keys: Span[] = [
    ['accent', 'q'],
    ['label', ` ${whatQDoes(state, view)}`],
  ];
  const right = firstThatFits(progress ? progressLines(state, view) : costLines(view), columns - 3 - widthOf(keys));
  return spread(keys, right, columns);
}

function whatQDoes({ end }: DashboardState, { watching, stopping }: View): string {
  if (end !== undefined || watching === true) return 'close';
  return stopping === true ? 'leave at once' : 'finish';
}

function progressLines(state: DashboardState, view: View): Span[][] {
  if (state.run === undefined) return [[]];
  // Where a replay is says more than how long the run had still to go then.
  if (replayWords(view.replay) !== undefined) return costLines(view);
  const { leftMs, goneMs } = progressOf(state);
  const time = leftMs === undefined ? `${formatDuration(goneMs)} gone` : `${formatDuration(leftMs)} left`;
  const speed = formatSpeed(state.imagesPerSecond);
  const lines = [`${speed} images/s · ${time}`, `${speed}/s · ${time}`, time, ''].map((text): Span[] => [
    ['label', text],
  ]);
  const cost = view.cost === undefined ? '' : ` · ${costWords(view.cost)}`;
  return [[['label', `${speed} images/s · ${time}${cost}`]], ...lines];
}

function costLines({ cost, replay }: View): Span[][] {
  const words = [replayWords(replay), cost === undefined ? undefined : costWords(cost)].filter(
    (part) => part !== undefined,
  );
  return [words.join(' · '), words[0] ?? '', ''].map((text): Span[] => [['label', text]]);
}

function costWords(cost: number): string {
  return `dashboard ${(cost * 100).toFixed(1)} %`;
}

// What the diagnosis has found, in words: one line of it, and the list with what may help.

import { alertsOf } from '../../dashboard/diagnosis/alerts.js';
import type { Advice, Finding, Severity } from '../../dashboard/diagnosis/finding.js';
import { formatCount } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { type KeyContext, keyContextOf } from '../keys/keyContext.js';
import { bindingOf } from '../keys/keyTable.js';
import type { Span } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { wrapped } from './fitWords.js';

/** Signs as well as colours. */
const SIGNS: Readonly<Record<Severity, Span>> = {
  bad: ['bad', '✗ '],
  warning: ['warning', '▲ '],
  note: ['label', '● '],
};
const TONES = { bad: 'bad', warning: 'warning', note: 'value' } as const;

/** An alert with its sign, in ever fewer words. */
export function alertLines({ severity, sentences }: Finding): Span[][] {
  return sentences.map((sentence) => [SIGNS[severity], [TONES[severity], printable(sentence)]]);
}

/** Where the other alerts are, or what may help; the same in ever fewer words. */
export function moreAlertsLines(alerts: number, shown: boolean): Span[][] {
  if (alerts === 0) return [[]];
  const key: Span = ['accent', 'a'];
  const more = alerts - Number(shown);
  if (shown && more === 0) return [[key, ['label', ' advice']], [key], []];
  const words = shown ? `+${more} more` : `${more} ${more === 1 ? 'alert' : 'alerts'}`;
  const short = shown ? `+${more}` : String(more);
  return [[key, ['label', ` ${words}`]], [key, ['label', ` ${short}`]], []];
}

const INDENT = 4;

/** All alerts, the most urgent first, each with its step and advice. */
export function alertRows(state: DashboardState, view: ViewContext, columns: number): Span[][] {
  const alerts = alertsOf(state.alerts);
  if (alerts.length === 0) return [[['label', ' no alerts']]];
  const keyContext = keyContextOf(state, view);
  return alerts.flatMap(({ severity, sentences: [sentence], step, advice }, place): Span[][] => [
    ...(place > 0 ? [[]] : []),
    ...wrapped(printable(sentence), columns - 1 - INDENT).map((line, at): Span[] => [
      ['value', ' '],
      at === 0 ? SIGNS[severity] : ['value', '  '],
      [TONES[severity], line],
    ]),
    [['label', `${' '.repeat(INDENT - 1)}found at step ${formatCount(step)}`]],
    ...advice.flatMap((one) => adviceRows(one, keyContext, columns)),
  ]);
}

function adviceRows({ words, key }: Advice, keyContext: KeyContext, columns: number): Span[][] {
  const shown = key !== undefined && bindingOf(key, keyContext) !== undefined;
  const lines = wrapped(printable(words), columns - 1 - INDENT - 2 - (shown ? key.length + 2 : 0));
  return lines.map((line, at): Span[] => [
    ['label', `${' '.repeat(INDENT - 1)}${at === 0 ? '→ ' : '  '}`],
    ['value', line],
    ...(shown && at === lines.length - 1 ? [['label', ': '] as const, ['accent', key] as const] : []),
  ]);
}

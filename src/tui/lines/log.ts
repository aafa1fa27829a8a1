// The log: when, at which step, what.

import { printable } from '../../text/printable.js';
import type { LoggedEvent } from '../eventLog.js';
import { formatCount, formatDuration } from '../format.js';
import type { DashboardState } from '../state.js';
import type { Span, Tone } from '../theme.js';
import { sentenceOf } from './happenings.js';

const ELAPSED_COLUMNS = 7;
const CLOCK_COLUMNS = 8;
const STEP_COLUMNS = 9;
/** Narrower, the time of day leaves, then the step. */
const [WITH_CLOCK, WITH_STEP] = [100, 60] as const;

/** One row an entry, the newest last. */
export function logRows({ log }: DashboardState, columns: number): Span[][] {
  return log.map((event) => logRow(event, columns));
}

function logRow(event: LoggedEvent, columns: number): Span[] {
  const [words, tone] = sentenceOf(event);
  const clock = columns >= WITH_CLOCK ? `${timeOfDay(event.time).padEnd(CLOCK_COLUMNS)}  ` : '';
  const step = columns >= WITH_STEP ? `${formatCount(event.step).padStart(STEP_COLUMNS)}  ` : '';
  const when = ` ${formatDuration(event.elapsedMs).padStart(ELAPSED_COLUMNS)}  `;
  const room = Math.max(0, columns - clock.length - step.length - when.length);
  const text = printable(words);
  return [
    ['label', clock === '' ? when : ` ${clock}${when.slice(1)}`],
    ['value', step],
    [tone satisfies Tone, text.length > room - 1 ? `${text.slice(0, Math.max(0, room - 2))}…` : text],
  ];
}

/** On the clock of whoever looks. */
function timeOfDay(time: string): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return Number.isNaN(date.getTime())
    ? ''
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

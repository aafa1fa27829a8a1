// The log: when, at which step, what.

import { formatCount, formatDuration } from '../../dashboard/format.js';
import type { LoggedEvent } from '../../dashboard/log.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import type { Tone } from '../theme/palette.js';
import type { Span } from '../theme/theme.js';
import { sentenceOf } from './eventSentences.js';

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

/** On the clock of the person who looks; nothing where the event does not say. */
function timeOfDay(time: string): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return !(date.getTime() > 0) ? '' : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

// What the last line says instead of the keys: a question, what is being done, what has just happened.

import type { RunCommand } from '../../dashboard/intent.js';
import type { LoggedEvent } from '../../dashboard/log.js';
import { COMMAND_REFUSED, type DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import type { Span } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState } from '../viewState.js';
import { sentenceOf } from './eventSentences.js';

/** Of run time: long enough to be read. */
const NEWS_MS = 5000;

/** The same in ever fewer words; nothing where the keys may show. */
export function bottomWords(state: DashboardState, view: ViewContext): Span[][] | undefined {
  const { question, refusal } = view.viewState ?? initialViewState;
  if (question === 'abandon')
    return [
      [['bad', 'end the run at once, without a last test? '], ...answers],
      [['bad', 'end at once? '], ...answers],
    ];
  // What the key would do, and why not; or the second alone.
  if (refusal !== undefined)
    return [refusal, refusal.replace(/^.*\): /, '')].map((words) => [['label', printable(words)]]);
  const pending = view.pending?.at(-1);
  if (pending !== undefined) return [[['accent', `${PENDING[pending.action](pending)}…`]]];
  return news(state);
}

const answers: Span[] = [
  ['accent', 'y'],
  ['label', ' yes  '],
  ['accent', 'n'],
  ['label', ' no'],
];

const PENDING: Readonly<Record<RunCommand['action'], (command: RunCommand) => string>> = {
  pause: () => 'pausing',
  resume: () => 'resuming',
  step: () => 'one step',
  learningRate: ({ value }) => `learning rate ${value ?? ''}`,
  epochs: () => 'ending after this epoch',
  save: () => 'saving',
  evaluate: () => 'measuring the test loss',
  abandon: () => 'abandoning',
};

/**
 * What someone asked for and got, and from where a run goes on. That the run is paused or ends, the header says for as long
 * as it is so.
 */
function news({ log, run, elapsedMs, end }: DashboardState): Span[][] | undefined {
  const last = log.at(-1);
  const event = last !== undefined && isAnswer(last) ? last : run?.resumedFrom && run;
  if (end !== undefined || event === undefined || elapsedMs - event.elapsedMs > NEWS_MS) return undefined;
  const [words, tone] = sentenceOf(event);
  return [[[tone, printable(words)]]];
}

function isAnswer(event: LoggedEvent): boolean {
  if (event.type === 'command')
    return event.from !== 'rule' && (event.action === 'learningRate' || event.action === 'epochs');
  if (event.type === 'checkpoint') return event.requested === true;
  return event.type === 'evaluation' || (event.type === 'warning' && event.code === COMMAND_REFUSED);
}

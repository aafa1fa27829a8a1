// The one thing that has to be said now.

import { alertsOf } from '../../dashboard/diagnosis/alerts.js';
import { formatDuration } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { hasOnlyTags } from '../presentView.js';
import { showsResult } from '../showsResult.js';
import type { Tone } from '../theme/palette.js';
import { type Span, widthOf } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { alertLines, moreAlertsLines } from './alertRows.js';
import { firstThatFits, spread } from './fitWords.js';
import { datasetName } from './headerRow.js';
import { bestOf, modelPath, outcomeOf } from './runOutcome.js';

/**
 * The row that is kept for what has to be said: the message, and at the right end where the alerts are that it leaves out. It is as
 * wide as the screen, and blank where there is nothing to say: what comes and goes moves nothing.
 */
export function messageRow(state: DashboardState, view: ViewContext, columns: number): Span[] {
  const lines = messageLines(state, view);
  const alerts = alertsOf(state.alerts);
  const shown = alerts[0] !== undefined && lines[0]?.at(-1)?.[1] === printable(alerts[0].sentences[0]);
  const more = firstThatFits(moreAlertsLines(alerts.length, shown), Math.floor(columns / 4));
  const room = columns - 2 - (more.length === 0 ? 0 : widthOf(more) + 2);
  return spread(lines.length === 0 ? [] : firstThatFits(lines, room), more, columns);
}

/** The same message in ever fewer words; nothing where there is nothing to say. */
export function messageLines(state: DashboardState, view: ViewContext): Span[][] {
  const { run, status, end } = state;
  if (end !== undefined) return endedWell(state) && showsResult(state, view) ? [] : endLines(state);
  if (view.watching === true && status === 'stopping') return said('accent', 'finishing the step');
  if (view.watching !== true && (view.stopping === true || status === 'stopping'))
    return said('accent', 'finishing the step; q again leaves at once', 'finishing the step', 'finishing');
  if (view.notice !== undefined) return said('value', view.notice);
  const sample = run?.dataset.sample === true;
  const [alert] = alertsOf(state.alerts);
  if (alert?.severity === 'bad') return alertLines(alert);
  const warning = warningToShow(state, sample);
  if (warning !== undefined) return said('bad', warning);
  if (alert !== undefined) return alertLines(alert);
  if (sample) {
    const name = datasetName(run.dataset.name);
    const all = 'millrace data fetch';
    return said(
      'value',
      `this is the embedded sample of ${name} · to get all of it: ${all}`,
      `${name} sample · all: ${all}`,
      `sample · ${all}`,
      'sample · data fetch',
      'sample',
    );
  }
  if (run === undefined && status !== 'waiting' && !hasOnlyTags(state))
    return said('value', 'these events do not say what is trained: no run event comes before them', 'no run event');
  return [];
}

function endedWell({ status }: DashboardState): boolean {
  return status === 'completed' || status === 'stopped';
}

/** How it ended: the reason where it failed, otherwise what came of it. */
function endLines(state: DashboardState): Span[][] {
  const { end, run } = state;
  if (end?.error !== undefined) return said('bad', `${end.status}: ${end.error.message}`, end.error.message);
  if (end?.status === 'diverged')
    return said('bad', 'diverged: the loss is not a number (NaN) any more', 'the loss is NaN');
  const model = modelPath(state);
  const sample = run?.dataset.sample === true ? ' · trained on the sample' : '';
  const outcome = outcomeOf(state);
  const best = bestOf(state);
  const came = best === undefined ? outcome : `${outcome} · best ${best}`;
  if (model === undefined) return said('good', `${came}${sample}`, came, outcome, state.status);
  return said(
    'good',
    `${came} · model: ${model}${sample}`,
    `${outcome} · model: ${model}`,
    `${state.status} in ${formatDuration(state.elapsedMs)} · model: ${model}`,
    `model: ${model}`,
    came,
    outcome,
    best === undefined ? state.status : `best ${best}`,
    state.status,
  );
}

/** What the sample is and how to get all has to be read as well. */
const WARNING_BEFORE_SAMPLE_MS = 10_000;

function warningToShow({ warning, elapsedMs }: DashboardState, sample: boolean): string | undefined {
  const over = warning !== undefined && elapsedMs - warning.elapsedMs > WARNING_BEFORE_SAMPLE_MS;
  return sample && over ? undefined : warning?.message;
}

function said(tone: Tone, ...texts: string[]): Span[][] {
  return texts.map((text) => [[tone, printable(text)]]);
}

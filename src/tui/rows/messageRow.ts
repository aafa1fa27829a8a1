// The one thing that has to be said now.

import { diagnose } from '../../dashboard/diagnosis/diagnose.js';
import { formatDuration } from '../../dashboard/format.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { showsResult } from '../showsResult.js';
import type { Tone } from '../theme/palette.js';
import type { Span } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { datasetName } from './headerRow.js';
import { bestOf, modelPath, outcomeOf } from './runOutcome.js';

/** The same message in ever fewer words; nothing where there is nothing to say. */
export function messageLines(state: DashboardState, view: ViewContext): Span[][] {
  const { run, status, end } = state;
  if (end !== undefined) return endedWell(state) && showsResult(state, view) ? [] : endLines(state);
  if (view.watching === true && status === 'stopping') return said('accent', 'finishing the step');
  if (view.watching !== true && (view.stopping === true || status === 'stopping'))
    return said('accent', 'finishing the step; q again leaves at once', 'finishing the step', 'finishing');
  if (view.notice !== undefined) return said('value', view.notice);
  const sample = run?.dataset.sample === true;
  const [finding] = diagnose(state);
  if (finding?.tone === 'bad') return said('bad', ...finding.sentences);
  const warning = warningToShow(state, sample);
  if (warning !== undefined) return said('bad', warning);
  if (finding !== undefined) return said('value', ...finding.sentences);
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
  if (run === undefined && status !== 'waiting')
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

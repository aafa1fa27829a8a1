// The one thing that has to be said now.
import { printable } from '../format.js';
import type { DashboardState } from '../state.js';
import type { Span, Tone } from '../theme.js';
import type { View } from '../view.js';
import { datasetName } from './header.js';

/** The same message in ever fewer words; nothing where there is nothing to say. */
export function messageLines(state: DashboardState, view: View): Span[][] {
  const { run, status, end } = state;
  if (end?.error !== undefined) return said('bad', end.error.message);
  if (end === undefined && view.watching === true && status === 'stopping') return said('accent', 'finishing the step');
  if (end === undefined && view.watching !== true && (view.stopping === true || status === 'stopping'))
    return said('accent', 'finishing the step; q again leaves at once', 'finishing the step', 'finishing');
  if (view.notice !== undefined) return said('value', view.notice);
  const sample = run?.dataset.sample === true;
  const warning = warningToShow(state, sample);
  if (warning !== undefined) return said('bad', warning);
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
  return [];
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

// The one thing that has to be said now.
import { printable } from '../format.js';
import type { DashboardState } from '../state.js';
import type { Span, Tone } from '../theme.js';
import type { View } from '../view.js';
import { datasetName } from './header.js';

/** The same message in ever fewer words; nothing where there is nothing to say. */
export function messageLines(state: DashboardState, view: View): Span[][] {
  const { run, status, end, warning } = state;
  if (end?.error !== undefined) return said('bad', end.error.message);
  if (end === undefined && (view.stopping === true || status === 'stopping'))
    return said('accent', 'finishing the step; q again leaves at once', 'finishing the step', 'finishing');
  if (view.notice !== undefined) return said('value', view.notice);
  if (warning !== undefined) return said('bad', warning.message);
  if (run?.dataset.sample === true) {
    const name = datasetName(run.dataset.name);
    const all = 'millrace data fetch';
    return said(
      'value',
      `this is the embedded sample of ${name}, not all of it · to get all: ${all}`,
      `${name} sample · all: ${all}`,
      'sample · data fetch',
      'sample',
    );
  }
  return [];
}

function said(tone: Tone, ...texts: string[]): Span[][] {
  return texts.map((text) => [[tone, printable(text)]]);
}

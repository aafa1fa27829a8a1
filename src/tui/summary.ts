// What remains on the terminal when the dashboard has left it.

import { batchSizeOf } from '../dashboard/comparison.js';
import { formatLoss, formatPrinted } from '../dashboard/format.js';
import type { DashboardState } from '../dashboard/state.js';
import { printable } from '../text/printable.js';
import { datasetName } from './rows/headerRow.js';
import { bestOf, modelPath, outcomeOf } from './rows/result/runOutcome.js';
import type { Glyphs } from './theme/capabilities.js';
import { asciiOf } from './theme/theme.js';

/** The summaries of all runs that have begun, each under its name where there are several. */
export function summariesOf(runs: readonly DashboardState[], names: readonly string[], glyphs: Glyphs): string {
  if (runs.length < 2) return runs.map((state) => summaryOf(state, glyphs)).join('');
  const named = runs.map((state, place) => ({
    name: names[place] ?? state.run?.run ?? '',
    text: summaryOf(state, glyphs),
  }));
  return named
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `${printable(name)}\n${text}`)
    .join('\n\n');
}

/** Plain lines without a newline at the end; empty where no run has begun. */
export function summaryOf(state: DashboardState, glyphs: Glyphs): string {
  if (state.status === 'waiting') return '';
  const lines = [outcomeOf(state), losses(state), best(state), model(state), sample(state)].filter(
    (line) => line !== undefined,
  );
  const text = lines.map(printable).join('\n');
  return glyphs === 'ascii' ? text.split('\n').map(asciiOf).join('\n') : text;
}

function losses(state: DashboardState): string | undefined {
  const last = state.epochs.at(-1);
  if (last === undefined) return undefined;
  const { epoch, trainLoss, printedLoss, notebookLoss, testLoss } = last;
  const test = testLoss === undefined ? '' : `, test ${formatLoss(testLoss)}`;
  const printed = `${batchSizeOf(state) ?? 'batch size'} × train ${formatPrinted(printedLoss)}`;
  const notebook = notebookLoss === undefined ? '' : ` (${printed}, notebook ${formatPrinted(notebookLoss)})`;
  return `epoch ${epoch}: train ${formatLoss(trainLoss)}${test}${notebook}`;
}

function best(state: DashboardState): string | undefined {
  const epoch = bestOf(state);
  return epoch === undefined ? undefined : `best: ${epoch}`;
}

function model(state: DashboardState): string | undefined {
  const path = modelPath(state);
  return path === undefined ? undefined : `model: ${path}`;
}

function sample({ run }: DashboardState): string | undefined {
  if (run?.dataset.sample !== true) return undefined;
  return `trained on the embedded sample of ${datasetName(run.dataset.name)}; to get all: millrace data fetch`;
}

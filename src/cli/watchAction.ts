import type { Readable } from 'node:stream';
import { RunError } from '../errors.js';
import { eventFileOf, keptRuns } from '../run/keptRuns.js';
import { EventReader, isEvent } from '../streams/ndjson.js';
import { followFile } from '../streams/sources/eventFile.js';
import { comparisonNotice } from './comparison/comparisonNotice.js';
import { readComparison } from './comparison/readComparison.js';
import { EXIT, SIGNAL_EXIT } from './exitCodes.js';
import { openView } from './openView.js';
import { onSignals } from './signals.js';

/** Prints the runs kept here, newest last. */
export async function watchList(): Promise<number> {
  for (const { id, events } of await keptRuns()) process.stdout.write(`${id}  ${events}\n`);
  return EXIT.done;
}

/**
 * Shows a recorded or growing run until it is over; a dashboard stays until the person leaves.
 * @param compare what is drawn behind the loss. @default the notebook, where the run is comparable
 * @throws RunError when there is no such run, ComparisonError when there is nothing to compare it with
 */
export async function watchAction(path: string | undefined, compare?: string): Promise<number> {
  const comparison = compare === undefined ? undefined : await readComparison(compare);
  const quit = new AbortController();
  const leave = (): void => quit.abort();
  const text = path === '-' ? stdinText(quit.signal) : followFile(await eventFileOf(path), quit.signal);
  const releaseSignals = onSignals(leave, () => process.exit(SIGNAL_EXIT.SIGINT));
  const view = await openView({ ui: 'auto', mode: 'watch', comparison, onStop: leave, onAbort: leave });
  const notice = comparison && comparisonNotice(comparison);
  if (notice !== undefined) view.notice(notice);
  const reader = new EventReader();
  let damaged = 0;
  let ended = false;
  let any = false;
  try {
    for await (const piece of text) {
      const read = reader.push(piece);
      const events = read.filter(isEvent);
      damaged += read.length - events.length;
      any ||= events.length > 0;
      if (read.length > events.length) view.notice(damage(damaged));
      view.push(events);
      ended = events.at(-1)?.type === 'end';
      if (ended) break;
    }
    const last = ended ? [] : reader.flush();
    view.push(last);
    if (!any && last.length === 0 && !quit.signal.aborted) throw noRun(path);
    if (view.staysOpen) await aborted(quit.signal);
  } finally {
    await view.close();
    releaseSignals();
  }
  const summary = view.summary();
  if (summary !== '') process.stderr.write(`${summary}\n`);
  if (damaged > 0) process.stderr.write(`millrace: ${damage(damaged)}\n`);
  return EXIT.done;
}

async function* stdinText(signal: AbortSignal): AsyncGenerator<string> {
  const stdin: Readable = process.stdin.setEncoding('utf8');
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  try {
    yield* stdin;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function damage(lines: number): string {
  return lines === 1 ? '1 damaged line was passed over' : `${lines} damaged lines were passed over`;
}

function noRun(path: string | undefined): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path: path === '-' || path === undefined ? 'stdin' : path,
    problem: 'there is no event of a run in it',
    advice: 'Give what millrace train --events writes.',
  });
}

import { formatDuration, formatLoss } from '../../dashboard/format.js';
import { type KeptRun, keptRuns } from '../../run/folder/listRuns.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { type RunSummary, summariseRun } from './runSummary.js';

type ListedRun = KeptRun & { readonly summary: RunSummary | undefined };

/**
 * Prints the runs kept here, newest last; on stderr, that there are none.
 * @param json one object a line, otherwise columns for people
 * @throws SinkError where it cannot be written
 */
export async function list(json: boolean, { stdout, stderr }: CliStreams): Promise<number> {
  const now = Date.now();
  const runs: ListedRun[] = [];
  for (const run of await keptRuns()) runs.push({ ...run, summary: await summariseRun(run.events, now) });
  if (runs.length === 0 && !json) stderr.write('No run is kept here. Start one with millrace train.\n');
  const lines = json ? runs.map(asJson) : asColumns(runs);
  if (lines.length > 0) await writeText(stdout, `${lines.join('\n')}\n`);
  return EXIT.done;
}

/** NaN and infinities are strings, as in events. */
function asJson({ id, events, summary }: ListedRun): string {
  return JSON.stringify({ id, path: events, state: 'unreadable', ...summary }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

const HEADINGS = ['run', 'network', 'data', 'epochs', 'loss', 'test loss', 'state', 'time'] as const;
const ALIGNMENT = ['left', 'left', 'left', 'right', 'right', 'right', 'left', 'right'] as const;

function asColumns(runs: readonly ListedRun[]): readonly string[] {
  if (runs.length === 0) return [];
  return inColumns([HEADINGS, ...runs.map(cellsOf)], ALIGNMENT);
}

function cellsOf({ id, summary }: ListedRun): readonly string[] {
  if (summary === undefined) return [printable(id), '–', '–', '–', '–', '–', 'unreadable', '–'];
  const { network, data, sample, epochs, epochsDone, loss, testLoss, state, durationMs } = summary;
  return [
    printable(id),
    printable(network ?? '–'),
    printable(data === undefined ? '–' : sample ? `${data} sample` : data),
    epochs === undefined ? String(epochsDone) : `${epochsDone} of ${epochs}`,
    formatLoss(loss),
    formatLoss(testLoss),
    state,
    formatDuration(durationMs),
  ];
}

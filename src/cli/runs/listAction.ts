import { formatDuration, formatLoss } from '../../dashboard/format.js';
import { type ListedRun, listRuns } from '../../run/folder/listRuns.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { jsonLine } from './jsonLine.js';

/**
 * Prints the runs kept here, newest last; on stderr, that there are none.
 * @param json one object a line, otherwise columns for people
 * @throws SinkError where it cannot be written
 */
export async function listAction(json: boolean, { stdout, stderr }: CliStreams): Promise<number> {
  const runs = await listRuns();
  if (runs.length === 0 && !json) stderr.write('No run is kept here. Start one with millrace train.\n');
  const lines = json ? runs.map(asJson) : asColumns(runs);
  if (lines.length > 0) await writeText(stdout, `${lines.join('\n')}\n`);
  return EXIT.done;
}

function asJson({ id, events, summary }: ListedRun): string {
  return jsonLine({ id, path: events, state: 'unreadable', ...summary });
}

const HEADINGS = ['run', 'name', 'network', 'data', 'epochs', 'loss', 'test loss', 'state', 'time'] as const;
const ALIGNMENT = ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'left', 'right'] as const;
const NAME = HEADINGS.indexOf('name');

/** Names have a column where there are any. */
function asColumns(runs: readonly ListedRun[]): readonly string[] {
  if (runs.length === 0) return [];
  const isShown = (_: unknown, column: number): boolean =>
    column !== NAME || runs.some(({ summary }) => summary?.name !== undefined);
  const rows = [HEADINGS, ...runs.map(cellsOf)].map((row) => row.filter(isShown));
  return inColumns(rows, ALIGNMENT.filter(isShown));
}

function cellsOf({ id, summary }: ListedRun): readonly string[] {
  if (summary === undefined) return [printable(id), '', '–', '–', '–', '–', '–', 'unreadable', '–'];
  const { name = '', network, data, sample, epochs, epochsDone, loss, testLoss, state, durationMs } = summary;
  return [
    printable(id),
    printable(name),
    printable(network ?? '–'),
    printable(data === undefined ? '–' : sample ? `${data} sample` : data),
    epochs === undefined ? String(epochsDone) : `${epochsDone} of ${epochs}`,
    formatLoss(loss),
    formatLoss(testLoss),
    state,
    formatDuration(durationMs),
  ];
}

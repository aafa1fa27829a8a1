import { formatBytes, formatCount, formatDuration, formatLoss, formatPrinted } from '../../dashboard/format.js';
import { type RunRecord, readRun } from '../../run/folder/readRun.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { jsonLine } from './jsonLine.js';

/**
 * Prints what is known of a run.
 * @param json one object, otherwise text for people
 * @returns the exit code
 * @throws RunError where there is no such run, SinkError where it cannot be written
 */
export async function showAction(run: string | undefined, json: boolean, { stdout }: CliStreams): Promise<number> {
  const record = await readRun(run);
  await writeText(stdout, json ? `${asJson(record)}\n` : `${textOf(record).join('\n')}\n`);
  return EXIT.done;
}

function asJson({ id, name, events, state, run, epochs, checkpoints, end }: RunRecord): string {
  const { config, dataset, architecture, parameters, engine } = run;
  return jsonLine({
    ...{ id, name, path: events, state, config, dataset, architecture, parameters, engine },
    ...{ epochs, checkpoints, end },
  });
}

/** Parts with an empty line between them; a part of which nothing is known is left out. */
function textOf(record: RunRecord): readonly string[] {
  const parts = [about(record), configuration(record), figures(record), checkpoints(record)];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

function about({ id, name, events, state, run, end }: RunRecord): readonly string[] {
  const { architecture, parameters, dataset, engine } = run;
  const size = parameters === undefined ? '' : `, ${formatCount(parameters)} parameters`;
  const items = dataset.items === undefined ? '' : `, ${formatCount(dataset.items)} images`;
  const took = end === undefined ? '' : ` after ${formatCount(end.steps)} steps in ${formatDuration(end.durationMs)}`;
  const rows = [
    ['run', id],
    ...(name === undefined ? [] : [['name', name]]),
    ['events', events],
    ['state', `${state}${took}`],
    ...(architecture === undefined ? [] : [['network', `${architecture.name}${size}`]]),
    ['data', `${dataset.name}${dataset.sample === true ? ' sample' : ''}${items}`],
    ['engine', [engine.name, engine.backend ?? ''].join(' ').trimEnd()],
  ];
  return inColumns(
    rows.map((row) => row.map(printable)),
    ['left', 'left'],
  );
}

/** As a file for `--config` has them. A network as a value is cut: `--json` has the whole of it. */
function configuration({ run: { config = {} } }: RunRecord): readonly string[] {
  const rows = Object.entries(config).map(([option, value]) => {
    const text = printable(typeof value === 'string' ? value : JSON.stringify(value));
    return [printable(option), text.length <= VALUE_COLUMNS ? text : `${text.slice(0, VALUE_COLUMNS - 1)}…`];
  });
  return rows.length === 0 ? [] : inColumns([['option', 'value'], ...rows], ['left', 'left']);
}

const VALUE_COLUMNS = 80;

function figures({ epochs, run }: RunRecord): readonly string[] {
  if (epochs.length === 0) return [];
  const batchSize = run.config?.batchSize;
  const printed = typeof batchSize === 'number' ? `${batchSize} × train` : 'printed';
  const rows = epochs.map(({ epoch, trainLoss, printedLoss, testLoss, imagesPerSecond, durationMs }) => [
    String(epoch),
    formatLoss(trainLoss),
    formatPrinted(printedLoss),
    formatLoss(testLoss),
    formatCount(Math.round(imagesPerSecond)),
    formatDuration(durationMs),
  ]);
  const headings = ['epoch', 'train loss', printed, 'test loss', 'images/s', 'time'];
  return inColumns(
    [headings, ...rows],
    headings.map(() => 'right'),
  );
}

function checkpoints({ checkpoints: files }: RunRecord): readonly string[] {
  if (files.length === 0) return [];
  const rows = files.map(({ file, bytes, step, best }) => [
    printable(file),
    step === undefined ? '–' : formatCount(step),
    formatBytes(bytes),
    best === true ? 'best' : '',
  ]);
  return inColumns([['checkpoint', 'step', 'size', ''], ...rows], ['left', 'right', 'right', 'left']);
}

// A run as Markdown that GitHub shows: in a pull request, in a README, and readable in a chat too.
import { alertsOf } from '../../dashboard/diagnosis/alerts.js';
import { formatCount, formatDuration, formatLoss, formatSpeed } from '../../dashboard/format.js';
import { placed } from '../../dashboard/history/readHistory.js';
import { lossTitle } from '../../dashboard/lossTitle.js';
import type { DashboardState } from '../../dashboard/state.js';
import { CALLER_OPTIONS } from '../../events/callerOptions.js';
import type { EpochEvent, RunEvent } from '../../events/schema.js';
import type { RunRecord } from '../../run/folder/readRun.js';
import { markdownCode, markdownTable, markdownText } from '../../text/markdown.js';
import { printable } from '../../text/printable.js';
import { sparkline } from '../../text/sparkline.js';
import { CURVE_COLOURS, mermaidChart } from './mermaidChart.js';
import { repeatCommand } from './repeatCommand.js';
import type { ReportPicture } from './reportPictures.js';

/** Points of a curve, and rows of a table that are shown at once. */
const POINTS = 40;
const ROWS = 12;
/** More rows are the beginning and the end. */
const MOST_ROWS = 200;
const VALUE_CHARACTERS = 200;

export interface Report {
  readonly record: RunRecord;
  /** All that its events come to. */
  readonly state: DashboardState;
  /** The pictures, and where they lie as seen from the text. */
  readonly pictures: readonly (ReportPicture & { readonly place: string })[];
}

export function markdownReport({ record, state, pictures }: Report): string {
  const parts = [
    heading(record),
    figures(record, state),
    findings(state),
    ...curves(record, state),
    ...pictures.map(pictureOf),
    epochTable(record),
    configuration(record.run),
    command(record.run),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading({ id, name, run }: RunRecord): string {
  const network = run.architecture === undefined ? '' : `: ${markdownText(run.architecture.name)}`;
  const sample = run.dataset.sample === true ? ' (sample)' : '';
  return `## ${markdownCode(name ?? id)}${network} on ${markdownText(run.dataset.name)}${sample}`;
}

function figures({ id, state: status, run, epochs, end }: RunRecord, state: DashboardState): string {
  const { architecture, parameters, dataset, engine } = run;
  const last = epochs.at(-1);
  const best = state.bestEpoch;
  const images = dataset.items === undefined ? [] : [`${formatCount(dataset.items)} images`];
  const tested = dataset.testItems === undefined ? [] : [`${formatCount(dataset.testItems)} to test with`];
  const rows = [
    ['run', markdownCode(id)],
    ['status', status + (end?.reason === undefined ? '' : `: ${markdownText(end.reason)}`)],
    ...(end?.error === undefined ? [] : [['error', markdownText(end.error.message)]]),
    [
      'epochs',
      `${last?.epoch ?? 0} of ${state.run?.epochs ?? run.epochs}, ${formatCount(state.step)} steps in ${timeOf(state)}`,
    ],
    ...(last === undefined ? [] : [['last losses', lossesOf(last)]]),
    ...(best === undefined ? [] : [['best epoch', `${best.epoch}: ${lossesOf(best)}`]]),
    ['loss', markdownText(lossTitle(run))],
    [
      'network',
      [
        ...(architecture === undefined ? [] : [markdownText(architecture.name)]),
        `${formatCount(parameters)} parameters`,
      ].join(', '),
    ],
    ['data', [markdownText(dataset.name), dataset.shape.join(' × '), ...images, ...tested].join(', ')],
    ['engine', markdownText([engine.name, engine.backend ?? ''].join(' ').trimEnd())],
    ...(last === undefined ? [] : [['speed', `${formatSpeed(last.imagesPerSecond)} images/s`]]),
  ];
  return markdownTable([['', ''], ...rows], ['left', 'left']);
}

function timeOf({ elapsedMs }: DashboardState): string {
  return elapsedMs < 60_000 ? `${(elapsedMs / 1000).toFixed(1)} s` : formatDuration(elapsedMs);
}

function lossesOf({ trainLoss, testLoss }: EpochEvent): string {
  return [
    `training ${formatLoss(trainLoss)}`,
    ...(testLoss === undefined ? [] : [`test ${formatLoss(testLoss)}`]),
  ].join(', ');
}

/** What the diagnosis has to say, as in the dashboard. */
function findings({ alerts }: DashboardState): string {
  return alertsOf(alerts)
    .map(({ sentences: [sentence] }) => `> ${markdownText(sentence)}`)
    .join('\n>\n');
}

/** The batches in one line; and by epochs, where there are some, as a picture. */
function curves({ run, epochs }: RunRecord, { history, step }: DashboardState): string[] {
  const means = placed(history, { from: 1, to: Math.max(1, step) }, POINTS).map((column) => column?.mean ?? Number.NaN);
  if (!means.some(Number.isFinite)) return [];
  const ends = [means.find(Number.isFinite), means.findLast(Number.isFinite)].map(formatLoss);
  const line = `loss of batches, smoothed: ${ends[0]} ${markdownCode(sparkline(means))} ${ends[1]}`;
  const yTitle = lossTitle(run);
  if (epochs.length < 2) {
    const dense = means.filter(Number.isFinite);
    return [line, mermaidChart({ title: 'loss of batches', xTitle: 'step', range: [1, step], yTitle }, [dense])];
  }
  const shown = evenly(epochs, POINTS);
  const range = [shown[0]!.epoch, shown.at(-1)!.epoch] as const;
  const train = shown.map(({ trainLoss }) => trainLoss);
  const test = shown.map(({ testLoss = Number.NaN }) => testLoss);
  const isTested = test.some(Number.isFinite);
  const [first, second] = CURVE_COLOURS;
  const title = isTested ? `training loss (${first}) and test loss (${second})` : 'training loss';
  return [line, mermaidChart({ title, xTitle: 'epoch', range, yTitle }, isTested ? [train, test] : [train])];
}

/** At most so many, the first and the last among them, as far apart as each other. */
function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))]!);
}

function pictureOf({ place, caption, width }: Report['pictures'][number]): string {
  return `${caption}\n\n<img src="${encodeURI(place)}" alt="${caption}" width="${width}">`;
}

function epochTable({ epochs }: RunRecord): string {
  if (epochs.length === 0) return '';
  const isLong = epochs.length > MOST_ROWS;
  const shown = isLong ? [...epochs.slice(0, MOST_ROWS / 2), undefined, ...epochs.slice(-MOST_ROWS / 2)] : epochs;
  const rows = shown.map((epoch) =>
    epoch === undefined
      ? ['…', '', '', '', '']
      : [
          String(epoch.epoch),
          formatLoss(epoch.trainLoss),
          formatLoss(epoch.testLoss),
          formatSpeed(epoch.imagesPerSecond),
          `${(epoch.durationMs / 1000).toFixed(1)} s`,
        ],
  );
  const headings = ['epoch', 'training loss', 'test loss', 'images/s', 'time'];
  const table = markdownTable(
    [headings, ...rows],
    headings.map(() => 'right'),
  );
  return epochs.length <= ROWS ? table : folded(`${epochs.length} epochs`, table);
}

function configuration({ config = {} }: RunEvent): string {
  const options = Object.entries(config).filter(([option]) => !CALLER_OPTIONS.includes(option));
  const rows = options.map(([option, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const shown = text.length <= VALUE_CHARACTERS ? text : `${text.slice(0, VALUE_CHARACTERS - 1)}…`;
    return [markdownText(option), markdownCode(shown)];
  });
  if (rows.length === 0) return '';
  return folded('configuration', markdownTable([['option', 'value'], ...rows], ['left', 'left']));
}

/** Nothing in it ends the block. */
function command(run: RunEvent): string {
  const line = printable(repeatCommand(run));
  const longest = Math.max(2, ...Array.from(line.matchAll(/`+/g), ([{ length }]) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${line}\n${fence}`;
}

/** GitHub opens it at a click. */
function folded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

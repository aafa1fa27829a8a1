// The first line: what is being trained on what, and how far it is.

import { formatCount } from '../../dashboard/format.js';
import type { DashboardState, RunStatus } from '../../dashboard/state.js';
import { runNameOf } from '../../events/runName.js';
import { printable } from '../../text/printable.js';
import { hasOnlyTags, presentView, viewsOf } from '../presentView.js';
import type { Tone } from '../theme/palette.js';
import { type Span, widthOf } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState } from '../viewState.js';
import { firstThatFits, fitPieces, type Piece, spread } from './fitWords.js';
import { type KeyWords, keyWordsWidth, viewTabs } from './viewTabs.js';

const STATUS: Readonly<Record<RunStatus, Span>> = {
  waiting: ['label', '○ starting'],
  running: ['good', '● running'],
  paused: ['label', '‖ paused'],
  stopping: ['accent', '● finishing'],
  completed: ['good', '✓ completed'],
  stopped: ['label', '■ stopped'],
  failed: ['bad', '✗ failed'],
  diverged: ['bad', '✗ diverged'],
};

/** Below this width the status is a sign without its word. */
const NARROW = 60;
/** Less would not say what is trained on what. */
const DESCRIPTION_COLUMNS = 26;

const NAME_COLUMNS = 24;

export interface Header {
  /** From the left edge on. */
  readonly tabs: readonly KeyWords[];
  /** All cells after them. */
  readonly rest: readonly Span[];
}

/** @param instead takes the place of the run's description where the message has no row of its own */
export function headerOf(
  state: DashboardState,
  view: ViewContext,
  columns: number,
  instead?: readonly Span[][],
): Header {
  const statuses = statusLines(state, view);
  if (instead !== undefined) {
    const shortest = widthOf(statuses.at(-1) ?? []);
    const message = firstThatFits(instead, columns - 4 - shortest);
    const right = firstThatFits(statuses, columns - 4 - widthOf(message));
    return { tabs: [], rest: spread(message, right, columns) };
  }
  const wide = statuses.slice(columns < NARROW ? 2 : 0);
  const tabs = tabsThatFit(state, view, columns, wide);
  const room = columns - keyWordsWidth(tabs);
  const right = firstThatFits(wide, room - 2);
  const left = room - 4 - widthOf(right);
  const described = tabs.length === 0 || left >= DESCRIPTION_COLUMNS;
  return { tabs, rest: spread(described ? description(state, left) : [], right, room) };
}

/** In the overview the description goes before: a newcomer has to know what is trained before what else there is to see. */
function tabsThatFit(
  state: DashboardState,
  view: ViewContext,
  columns: number,
  statuses: readonly Span[][],
): readonly KeyWords[] {
  if (state.status === 'waiting') return [];
  const present = presentView(state, view.viewState ?? initialViewState);
  const [all = [], ...shorter] = viewTabs(present, viewsOf(state));
  const overview = present === 'overview';
  const fits = (tabs: readonly KeyWords[], right: readonly Span[] = []): boolean =>
    keyWordsWidth(tabs) + 2 + widthOf(right) + (overview ? DESCRIPTION_COLUMNS : 0) <= columns;
  const candidates = overview ? [all] : [all, ...shorter];
  const status = columns < NARROW ? statuses[0] : statuses[1];
  return candidates.find((tabs) => fits(tabs, status)) ?? candidates.find((tabs) => fits(tabs, statuses.at(-1))) ?? [];
}

/** What a recording shows of its past is no news of the run. */
function statusOf({ status, end }: DashboardState, { stopping, replay }: ViewContext): Span {
  if (replay !== undefined && replay.position < 1 && status !== 'waiting' && end === undefined)
    return ['label', replay.playing ? '▶ replay' : '‖ replay'];
  return STATUS[stopping === true && status === 'running' ? 'stopping' : status];
}

function statusLines(state: DashboardState, view: ViewContext): Span[][] {
  const { status, run, epoch } = state;
  const shown = statusOf(state, view);
  if (status === 'waiting') return [[shown]];
  const [tone, words] = shown;
  const of = run?.epochs;
  if (hasOnlyTags(state)) return tagStatusLines(state, shown);
  const epochs: Span = ['value', of === undefined ? `epoch ${epoch}` : `epoch ${epoch} of ${of}`];
  return [
    [shown, ['value', '  '], epochs],
    [shown, ['value', of === undefined ? `  epoch ${epoch}` : `  epoch ${epoch}/${of}`]],
    [[tone, `${words.slice(0, 1)} `], epochs],
    [epochs],
    [['value', of === undefined ? String(epoch) : `${epoch} of ${of}`]],
  ];
}

/** Other tools count epochs in ways of their own, or not at all. */
function tagStatusLines({ tags }: DashboardState, shown: Span): Span[][] {
  const step: Span = ['value', `step ${formatCount(tags.lastStep)}`];
  return [
    [shown, ['value', '  '], step],
    [shown, ['value', '  '], step],
    [[shown[0], `${shown[1].slice(0, 1)} `], step],
    [step],
    [step],
  ];
}

/** Cells of a network's name, from the most on. */
const NETWORK_COLUMNS = [Number.POSITIVE_INFINITY, 24, 16, 10, 6] as const;

/** A network's name is shortened before it leaves. */
function description(state: DashboardState, columns: number): Span[] {
  const named = NETWORK_COLUMNS.map((most) => {
    const network = shortened(state.run?.architecture?.name ?? '', most);
    return { network, line: fitPieces(pieces(state, network), columns) };
  });
  const fitting = named.find(({ network, line }) => line.some(([, text]) => text === network));
  return (fitting ?? named[0])!.line;
}

function pieces({ run }: DashboardState, network: string): Piece[] {
  const piece = (text: string, rank: number, tone: Tone = 'label'): Piece => ({ span: [tone, printable(text)], rank });
  const program: Piece = { span: ['accent', 'millrace'], rank: 3, separator: ['value', '  '] };
  if (run === undefined) return [program];
  const { architecture, parameters, dataset, engine, seed } = run;
  const backend = engine.backend === undefined ? '' : ` ${engine.backend}`;
  const threads = (engine.threads ?? 1) > 1 ? ` × ${engine.threads} threads` : '';
  const items = dataset.items === undefined ? '' : ` ${formatCount(dataset.items)}`;
  const name = runNameOf(run);
  return [
    program,
    ...(name === undefined ? [] : [piece(shortened(name, NAME_COLUMNS), 1, 'value')]),
    ...(architecture === undefined ? [] : [piece(network, 2)]),
    ...(parameters === undefined ? [] : [piece(`${formatCount(parameters)} parameters`, 5)]),
    piece(
      `${datasetName(dataset.name)}${dataset.sample === true ? ' sample' : ''}${items}`,
      0,
      dataset.sample === true ? 'value' : 'label',
    ),
    piece(`${engine.name}${backend}${threads}`, 4),
    ...(seed === undefined ? [] : [piece(`seed ${seed}`, 6)]),
  ];
}

function shortened(name: string, most: number): string {
  const text = printable(name);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** As people write it. */
export function datasetName(name: string): string {
  return name === 'mnist' ? 'MNIST' : printable(name);
}

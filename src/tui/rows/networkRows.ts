// The network as a table of its layers, the engine that computes it, and the kernels.

import { formatCount, formatMicroseconds } from '../../dashboard/format.js';
import { latentSkip } from '../../dashboard/latentSkip.js';
import { type Layer, layersOf } from '../../dashboard/performance/layerCosts.js';
import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { drawRule } from '../charts/rule.js';
import { drawShares } from '../charts/shareBar.js';
import type { Span } from '../theme/theme.js';
import { wrapped } from './fitWords.js';
import { beside, halfOf } from './overview/besideRows.js';
import { type TableColumn, tableRows } from './table.js';

/** As many rows as there is to say, the engine beside the layers on a wide screen. As the screen narrows, columns leave: bar, type, parameters, backward, forward, output. */
export function networkRows({ run, profile }: DashboardState, columns: number): Span[][] {
  if (run === undefined) return [[['label', ' the events do not say which network it is']]];
  const layers = layersOf(run, profile);
  if (layers.length === 0 && run.parameters === undefined)
    return [[['label', ' the events do not say of which layers the network is']], ...engineRows(run.engine, columns)];
  const table: TableColumn[] = [
    { header: 'layer', rank: 0, cells: [...words(layers, ({ name }) => name), ['label', 'total']] },
    { header: 'type', rank: 5, cells: [...words(layers, typeOf, 'label'), ['label', '']] },
    { header: 'output', rank: 1, cells: [...words(layers, outputOf), ['label', '']] },
    {
      header: 'parameters',
      rank: 4,
      align: 'right',
      cells: [...words(layers, ({ parameters }) => formatCount(parameters)), ['value', formatCount(run.parameters)]],
    },
    ...(profile === undefined ? [] : costColumns(layers)),
  ];
  const half = halfOf(columns);
  const notes = (width: number) => [...costNote(layers, width), ...skipNote(run, width)];
  if (half === undefined) return [...tableRows(table, columns), ...notes(columns), ...engineRows(run.engine, columns)];
  // Its free row above keeps it apart from the table, which stands beside it here.
  const engine = engineRows(run.engine, half).slice(1);
  return beside([...tableRows(table, half), ...notes(half)], engine, half);
}

function words(layers: readonly Layer[], text: (layer: Layer) => string, tone: 'value' | 'label' = 'value'): Span[] {
  return layers.map((layer): Span => [tone, printable(text(layer))]);
}

function typeOf({ type, from }: Layer): string {
  return from === undefined ? type : `${type} ${from}`;
}

function outputOf({ output }: Layer): string {
  return output?.join('×') ?? '–';
}

const FORWARD: Span = ['accent', '━'];
const BACKWARD: Span = ['label', '─'];

function costColumns(layers: readonly Layer[]): TableColumn[] {
  const [forward, backward] = [layers.map(forwardOf), layers.map(backwardOf)];
  const dearest = Math.max(...layers.map(totalOf), 0);
  return [
    { header: 'forward', rank: 2, align: 'right', cells: costCells(layers, forward) },
    { header: 'backward', rank: 3, align: 'right', cells: costCells(layers, backward) },
    {
      header: '',
      rank: 6,
      least: 10,
      most: 40,
      draw: (columns) => [...layers.map((layer) => costBar(layer, dearest, columns)), []],
    },
  ];
}

function costBar({ cost, within }: Layer, dearest: number, columns: number): Span[] {
  const together = `with ${within}`;
  if (within !== undefined) return together.length > columns ? [] : [['label', together]];
  if (cost === undefined || !(dearest > 0)) return [];
  const { forwardMicroseconds, backwardMicroseconds } = cost;
  return drawShares(
    [
      { share: forwardMicroseconds / dearest, mark: FORWARD },
      { share: backwardMicroseconds / dearest, mark: BACKWARD },
    ],
    columns,
  );
}

function costCells(layers: readonly Layer[], costs: readonly number[]): Span[] {
  const cells = layers.map(({ cost, within }, place): Span => {
    if (within !== undefined) return ['rule', '·'];
    return cost === undefined ? ['label', '–'] : ['value', formatMicroseconds(costs[place])];
  });
  return [...cells, ['value', formatMicroseconds(sum(costs))]];
}

/** What the marks mean, and which layer is the dear one. */
function costNote(layers: readonly Layer[], columns: number): Span[][] {
  const total = sum(layers.map(totalOf));
  if (!(total > 0)) return [];
  const dearest = layers.reduce((one, other) => (totalOf(other) > totalOf(one) ? other : one));
  const share = Math.round((totalOf(dearest) / total) * 100);
  const together = layers.filter(({ within }) => within === dearest.name).map(({ name }) => name);
  const sentence = `${[dearest.name, ...together].join(' + ')} takes ${share} % of ${formatMicroseconds(total)} µs an image, on one thread`;
  return [
    [],
    ...wrapped(sentence, columns - 1).map((line): Span[] => [['value', ` ${line}`]]),
    [['value', ' '], FORWARD, ['label', ' forward  '], BACKWARD, ['label', ' backward, in µs an image']],
  ];
}

/** Where latents alone make no image. */
function skipNote(run: NonNullable<DashboardState['run']>, columns: number): Span[][] {
  const skip = latentSkip(run);
  if (skip === undefined) return [];
  const sentence = `${skip.name} reads ${skip.from} past the latent: the latent alone does not make the image`;
  return [[], ...wrapped(printable(sentence), columns - 1).map((line): Span[] => [['value', ` ${line}`]])];
}

function engineRows(
  { name, backend, threads, reason, plan = [] }: NonNullable<DashboardState['run']>['engine'],
  columns: number,
): Span[][] {
  const words = [
    name,
    backend === undefined ? '' : ` (${backend})`,
    threads === undefined ? '' : ` on ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    reason === undefined ? '' : `: ${reason}`,
  ];
  const engine = wrapped(printable(words.join('')), columns - 1);
  const kernels = plan.flatMap((phrase) => kernelRows(printable(phrase), columns));
  return [
    [],
    drawRule('engine', [], columns),
    ...engine.map((line): Span[] => [['value', ` ${line}`]]),
    ...(kernels.length > 0 ? [[], drawRule('its kernels, in their order', [], columns), ...kernels] : []),
  ];
}

/** `layers: kernel, kernel`: the layers stand before their kernels, or above them. */
function kernelRows(phrase: string, columns: number): Span[][] {
  const [layers = '', kernels = ''] = phrase.split(/:\s*(.*)/s);
  const beside = columns >= COLUMNS_WITH_KERNELS_BESIDE;
  const indent = beside ? LAYERS_COLUMNS : 2;
  const lines = wrapped(kernels, columns - 1 - indent);
  const first: Span[] = [['value', ` ${layers.padEnd(indent)}`]];
  if (beside) first.push(['label', lines.shift() ?? '']);
  return [first, ...lines.map((line): Span[] => [['label', ` ${' '.repeat(indent)}${line}`]])];
}

const LAYERS_COLUMNS = 24;
const COLUMNS_WITH_KERNELS_BESIDE = 76;

function forwardOf({ cost }: Layer): number {
  return cost?.forwardMicroseconds ?? 0;
}

function backwardOf({ cost }: Layer): number {
  return cost?.backwardMicroseconds ?? 0;
}

function totalOf(layer: Layer): number {
  return forwardOf(layer) + backwardOf(layer);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import { formatCount } from '../../dashboard/format.js';
import { MNIST_SIZE, mnistFolder } from '../../data/node/mnist/fetchMnist.js';
import { MillraceError } from '../../errors.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import type { ColorLevel } from '../../tui/theme/capabilities.js';
import type { DataFinding } from './data.js';
import type { DefaultEngine, EngineFinding } from './engines.js';
import type { MachineFinding } from './machine.js';
import type { TerminalFinding } from './terminal.js';

type Row = readonly [label: string, value: string];
const NOTHING: Row = ['', ''];

const COLORS: Readonly<Record<ColorLevel, string>> = {
  0: 'none',
  1: '16',
  2: '256',
  3: 'true colour',
};

/** A machine for people. */
export function machineReport(machine: MachineFinding): readonly string[] {
  const { version, node, platform, cpu, cores, engines, defaultEngine, terminal, data } = machine;
  // Sections share one column, so that their values stand below each other.
  const sections: readonly (readonly Row[])[] = [
    [
      ['millrace', version],
      ['node', `${node}, ${platform} ${cpu}`],
      ['cores', formatCount(cores)],
    ],
    [
      ['engines', ''],
      ...engines.map((engine): Row => [`  ${nameOf(engine)}`, engineText(engine, cores)]),
      ...defaultRows(defaultEngine),
    ],
    [['terminal', ''], ...terminalRows(terminal)],
    [['data', ''], ...dataRows(data)],
  ];
  return inColumns(
    sections.flatMap((rows, at): readonly Row[] => (at === 0 ? rows : [NOTHING, ...rows])),
    ['left', 'left'],
  );
}

function nameOf({ name, backend, relaxed }: Pick<EngineFinding, 'name' | 'backend' | 'relaxed'>): string {
  if (name === 'simd') return relaxed ? 'simd --relaxed' : 'simd';
  return `${name} ${backend}`;
}

function engineText(engine: EngineFinding, cores: number): string {
  if (!engine.available) return `does not run: ${printable(engine.reason)}`;
  const most = engine.name === 'simd' && engine.threads < cores ? ', the most it takes' : '';
  return `runs on ${threads(engine.threads)}${most}`;
}

/** Why simd and better backends were passed over takes a line each. */
function defaultRows(engine: DefaultEngine): readonly Row[] {
  const [first = '', ...others] = printable(engine.reason).split('; ');
  const name = engine.available ? nameOf(engine) : 'nothing';
  return [['  train takes', `${name}: ${first}`], ...others.map((other): Row => ['', other])];
}

function threads(count: number): string {
  return count === 1 ? '1 thread' : `${formatCount(count)} threads`;
}

function terminalRows({ stdout, stderr, columns, rows, color, glyphs, ui, reason }: TerminalFinding): readonly Row[] {
  const kind = (isTerminal: boolean) => (isTerminal ? 'a terminal' : 'no terminal');
  return [
    ['  stdout', kind(stdout)],
    ['  stderr', kind(stderr)],
    ...(columns === undefined ? [] : [['  size', `${columns}×${rows}`] as const]),
    ['  colours', COLORS[color]],
    ['  characters', glyphs],
    ['  train shows', `${ui === 'plain' ? 'plain lines' : 'the dashboard'}: ${reason}`],
  ];
}

/** Where it will be kept, or what is missing for that. */
function cacheOf(): string {
  try {
    return mnistFolder();
  } catch (error) {
    return error instanceof MillraceError ? error.message : String(error);
  }
}

function dataRows(data: DataFinding): readonly Row[] {
  if (!data.available) return [['  mnist', printable(data.reason)]];
  const images = `${formatCount(data.items)} training and ${formatCount(data.testItems)} test images`;
  if (!data.sample)
    return [
      ['  mnist', images],
      ['  kept in', printable(data.source)],
    ];
  return [
    ['  mnist', `not here; train fetches it (${MNIST_SIZE})`],
    ['  into', printable(cacheOf())],
    ['  without network', `the embedded sample: ${images}`],
  ];
}

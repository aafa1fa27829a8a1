// What came of a run, in words: its losses in one unit, and the commands to go on with it.

import { baselineOf } from '../../../dashboard/comparison.js';
import { formatLoss } from '../../../dashboard/format.js';
import { leadAt } from '../../../dashboard/lead.js';
import { lossTitle } from '../../../dashboard/lossTitle.js';
import { nextCommands } from '../../../dashboard/nextCommands.js';
import { type ResultLosses, resultLosses } from '../../../dashboard/result.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { printable } from '../../../text/printable.js';
import { drawRule } from '../../charts/rule.js';
import type { Size } from '../../screen/size.js';
import type { Tone } from '../../theme/palette.js';
import { type Span, toneOfBaseline } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { firstThatFits } from '../fitWords.js';
import { leadWords } from '../overview/leadWords.js';
import { modelPath, outcomesOf } from './runOutcome.js';

const NAME_COLUMNS = 14;
const LOSS_COLUMNS = 10;

/** As many rows as there is room for, titles among them where they all fit; the first ones matter most. */
export function resultRows(state: DashboardState, view: ViewContext, { columns, rows }: Size): Span[][] {
  const [losses, commands] = [lossRows(state, view, columns), commandRows(state, columns)];
  const titled = [
    drawRule('result', [['label', lossTitle(state.run)]], columns),
    ...losses,
    ...(commands.length === 0 ? [] : [drawRule('next', [], columns), ...commands]),
  ];
  return titled.length <= rows ? titled : [...losses, ...commands].slice(0, rows);
}

function lossRows(state: DashboardState, view: ViewContext, columns: number): Span[][] {
  const baseline = baselineOf(state, view);
  const losses = resultLosses(state, baseline);
  const lead = baseline === undefined ? [] : leadWords(leadAt(state, baseline), baseline.name);
  const head: Span[] = [
    ['label', ' '.repeat(NAME_COLUMNS)],
    ['label', 'train'.padEnd(LOSS_COLUMNS)],
    ['label', 'test'.padEnd(LOSS_COLUMNS)],
  ];
  return [
    firstThatFits(
      outcomesOf(state).map((words): Span[] => [['value', ` ${printable(words)}`]]),
      columns,
    ),
    ...(losses.length === 0 ? [] : [firstThatFits([head], columns)]),
    ...losses.map((row) =>
      lossRow(row, baseline !== undefined && row.of === 'comparison' ? toneOfBaseline(baseline) : 'value', columns),
    ),
    ...(lead.length === 0 ? [] : [[['value', ' '] as const, ...firstThatFits(lead, columns - 1)]]),
  ];
}

function lossRow({ name, epoch, train, test }: ResultLosses, tone: Tone, columns: number): Span[] {
  const text = printable(name);
  const short = text.length < NAME_COLUMNS - 1 ? text : `${text.slice(0, NAME_COLUMNS - 3)}…`;
  const figures: Span[] = [
    [tone, ` ${short}`.padEnd(NAME_COLUMNS)],
    [tone, formatLoss(train).padEnd(LOSS_COLUMNS)],
    [tone, formatLoss(test).padEnd(LOSS_COLUMNS)],
  ];
  return firstThatFits([[...figures, ['label', `epoch ${epoch}`]], figures], columns);
}

const PURPOSE_COLUMNS = 12;

function commandRows(state: DashboardState, columns: number): Span[][] {
  const commands = nextCommands(state);
  if (commands.length === 0 && state.run?.config?.output === false)
    return [[['label', ' nothing of it was kept (--no-output)'.slice(0, columns)]]];
  const path = modelPath(state);
  const model = path === undefined ? [] : textRow('model', 'value', path, columns);
  return [...model, ...commands.flatMap(({ purpose, command }) => textRow(purpose, 'accent', command, columns))];
}

/** A command or a path that is cut would be another one: where it does not fit beside its purpose it has a row of its own, or none. */
function textRow(purpose: string, tone: Tone, whole: string, columns: number): Span[][] {
  const text = printable(whole);
  const label: Span = ['label', ` ${purpose}`.padEnd(PURPOSE_COLUMNS)];
  if (PURPOSE_COLUMNS + text.length <= columns) return [[label, [tone, text]]];
  return text.length < columns ? [[[tone, ` ${text}`]]] : [];
}

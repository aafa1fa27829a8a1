// What the curves are, and their last values, at their right ends.
import { formatLoss } from '../../../dashboard/format.js';
import { printable } from '../../../text/printable.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Tone } from '../../theme/palette.js';
import { type Span, toneOfBaseline } from '../../theme/theme.js';
import type { LossChart } from './lossChartModel.js';
import type { LossSeries, Places } from './lossSeries.js';
import { baselineMark, lineMark, testSign } from './marks.js';

interface EndLabel {
  readonly tone: Tone;
  /** Of its line, where there is no room for a name. */
  readonly mark: string;
  readonly name: string;
  readonly loss: number;
}

/** Of a value: `0.01234 `. */
const VALUE_COLUMNS = 8;
/** Less of a name would tell nothing. */
const LEAST_NAME = 5;

/**
 * A row each, near the end of its curve; those that would share one move down, or up from the bottom. Exactly `rows` rows of
 * exactly `columns` cells.
 * @param depthOf 0 at the top to 1 at the bottom
 */
export function endLabels(
  chart: LossChart,
  series: LossSeries,
  depthOf: (loss: number) => number,
  columns: number,
  rows: number,
  glyphs: Glyphs,
): Span[][] {
  const free: Span = ['value', ' '.repeat(columns)];
  const placed: (Span[] | undefined)[] = Array.from({ length: rows }, () => undefined);
  if (columns === 0) return placed.map(() => []);
  const labels = labelsOf(chart, series, glyphs).slice(0, rows);
  const wanted = labels.toSorted((one, other) => depthOf(one.loss) - depthOf(other.loss));
  for (const [index, label] of wanted.entries()) {
    const above = placed.findLastIndex((row) => row !== undefined);
    const lowest = rows - (wanted.length - index);
    const row = Math.min(lowest, Math.max(above + 1, Math.round(depthOf(label.loss) * (rows - 1))));
    placed[row] = labelRow(label, columns);
  }
  return placed.map((row) => row ?? [free]);
}

function labelRow({ tone, mark, name, loss }: EndLabel, columns: number): Span[] {
  const room = columns - VALUE_COLUMNS - 2;
  const words = name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1))}…`;
  const text = room < LEAST_NAME ? ` ${mark}` : ` ${words.padEnd(room)}`;
  return [[tone, `${text} ${formatLoss(loss)}`.slice(0, columns).padEnd(columns)]];
}

/** In the order of the list: a run's training, its test. */
function labelsOf({ runs, baseline }: LossChart, series: LossSeries, glyphs: Glyphs): EndLabel[] {
  const alone = runs.length === 1;
  const ofRuns = runs
    .map((run, index) => ({ ...run, index }))
    .toSorted((one, other) => one.place - other.place)
    .flatMap(({ name, tone, testTone, ascii, index }) => [
      { tone, mark: lineMark(ascii, glyphs), name: alone ? 'train' : name, loss: lastMean(series.runs[index]!) },
      {
        tone: testTone,
        mark: testSign(testTone, glyphs)[1],
        name: alone ? 'test' : `${name} test`,
        loss: series.test[index]!.at(-1)?.loss,
      },
    ]);
  const compared = lastMean(series.baseline) ?? series.baselineEpochs.at(-1)?.loss;
  const name = printable(baseline?.name ?? '').replace(/^the /, '');
  const mark = baselineMark(glyphs);
  const all =
    baseline === undefined ? ofRuns : [...ofRuns, { tone: toneOfBaseline(baseline), mark, name, loss: compared }];
  return all.flatMap(({ loss, ...label }) =>
    loss === undefined || !Number.isFinite(loss) ? [] : [{ ...label, loss }],
  );
}

function lastMean(places: Places): number | undefined {
  return places.findLast((column) => column?.finite === true)?.mean;
}

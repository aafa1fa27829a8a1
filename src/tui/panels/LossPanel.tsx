import { type ReactNode, useContext } from 'react';
import { type ChartMarks, type ChartSize, drawLossChart, marksOf } from '../charts/lossChart.js';
import { ghostOf } from '../figures.js';
import { firstThatFits } from '../lines/fit.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import { Canvas } from './Canvas.js';
import { HitArea } from './HitArea.js';
import { Panel } from './Panel.js';
import { ThemeContext } from './ThemeContext.js';

/** In as many words as there is room for beside the title. */
function legend({ line, ghost }: ChartMarks, notebook: boolean, columns: number): Span[] {
  const marks: Span[] = [
    ['accent', line],
    ['label', ' train'],
    ...(notebook
      ? ([
          ['ghost', ` ${ghost}`],
          ['label', ' notebook'],
        ] as const)
      : []),
  ];
  return firstThatFits([[['label', 'mean squared error, log · '], ...marks], marks, []], columns - TITLE_COLUMNS);
}

const TITLE_COLUMNS = 12;

export interface LossPanelProps {
  readonly state: DashboardState;
  /** With the title. */
  readonly size: ChartSize;
}

/** The loss over the steps. */
export function LossPanel({ state, size }: LossPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  const ghost = ghostOf(state);
  const chart = { history: state.history, ghost, stepsPerEpoch: state.run?.stepsPerEpoch };
  const rows = drawLossChart(chart, { columns: size.columns, rows: size.rows - 1 }, theme.glyphs).map(theme.line);
  return (
    <Panel title="loss" note={legend(marksOf(theme.glyphs), ghost.length > 0, size.columns)} columns={size.columns}>
      <HitArea target={{ type: 'chart' }}>
        <Canvas columns={size.columns} rows={rows} />
      </HitArea>
    </Panel>
  );
}

import { type ReactNode, useContext } from 'react';
import { type ChartSize, drawLossChart } from '../charts/lossChart.js';
import { ghostOf } from '../figures.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import { Canvas } from './Canvas.js';
import { Panel } from './Panel.js';
import { ThemeContext } from './ThemeContext.js';

const MEAN: readonly Span[] = [
  ['label', 'mean squared error, log · '],
  ['accent', '━'],
  ['label', ' train'],
];
const NOTEBOOK: readonly Span[] = [
  ['ghost', ' ┄'],
  ['label', ' notebook'],
];

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
    <Panel title="loss" note={ghost.length > 0 ? [...MEAN, ...NOTEBOOK] : MEAN} columns={size.columns}>
      <Canvas columns={size.columns} rows={rows} />
    </Panel>
  );
}

// `millrace/tui`: the dashboard, and its panels for Ink apps of your own.
export type { Comparison, ComparisonCurve, EpochLoss } from '../dashboard/comparison.js';
export type { ReplayCommand, RunCommand } from '../dashboard/intent.js';
export { type DashboardState, initialState, type RunStatus, reduce, reduceAll } from '../dashboard/state.js';
export { drawTile, type TileOptions, type TileShape, type TileSize, tileSize } from '../tui/charts/images/tile.js';
export { Dashboard, type DashboardProps } from '../tui/Dashboard.js';
export { type DigitsLayout, fitDigits } from '../tui/layout/digitsLayout.js';
export { type DashboardHandle, type DashboardOptions, openDashboard } from '../tui/openDashboard.js';
export { LossPanel, type LossPanelProps } from '../tui/panels/LossPanel.js';
export { EpochsPanel, type EpochsPanelProps } from '../tui/panels/overview/EpochsPanel.js';
export { ProgressPanel, type ProgressPanelProps } from '../tui/panels/overview/ProgressPanel.js';
export { ValuesPanel, type ValuesPanelProps } from '../tui/panels/overview/ValuesPanel.js';
export { DigitsPanel, type DigitsPanelProps } from '../tui/panels/pictures/DigitsPanel.js';
export type { Size } from '../tui/screen/size.js';
export { openTerminal, type Terminal } from '../tui/screen/terminal.js';
export {
  type Capabilities,
  type ColorLevel,
  detectCapabilities,
  type Environment,
  type Glyphs,
} from '../tui/theme/capabilities.js';
export { ThemeContext } from '../tui/theme/ThemeContext.js';
export { createTheme, type Theme } from '../tui/theme/theme.js';
export type { ViewContext } from '../tui/viewContext.js';

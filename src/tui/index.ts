// The dashboard, and its parts for Ink apps of your own.
export {
  type Capabilities,
  type ColorLevel,
  detectCapabilities,
  type Environment,
  type Glyphs,
} from './capabilities.js';
export { drawTile, type TileOptions, type TileShape, type TileSize, tileSize } from './charts/tile.js';
export { Dashboard, type DashboardProps } from './Dashboard.js';
export { type Layout, layOut, MINIMUM, type Size } from './layout.js';
export { type DashboardHandle, type DashboardOptions, openDashboard } from './openDashboard.js';
export { DigitsPanel, type DigitsPanelProps } from './panels/DigitsPanel.js';
export { EpochsPanel, type EpochsPanelProps } from './panels/EpochsPanel.js';
export { LossPanel, type LossPanelProps } from './panels/LossPanel.js';
export { ProgressPanel, type ProgressPanelProps } from './panels/ProgressPanel.js';
export { RunsPanel, type RunsPanelProps } from './panels/RunsPanel.js';
export { StripPanel, type StripPanelProps } from './panels/StripPanel.js';
export { ThemeContext } from './panels/ThemeContext.js';
export { ValuesPanel, type ValuesPanelProps } from './panels/ValuesPanel.js';
export { type DashboardState, initialState, type ProbeImage, type Probes, type RunStatus, reduce } from './state.js';
export { openTerminal, type Terminal } from './terminal.js';
export { createTheme, type Span, type Theme, type Tone } from './theme.js';
export type { View } from './view.js';

// The dashboard, and its parts for Ink apps of your own.
export {
  type Capabilities,
  type ColorLevel,
  detectCapabilities,
  type Environment,
  type Glyphs,
} from './capabilities.js';
export { drawTile, type TileOptions, type TileShape, type TileSize, tileSize } from './charts/tile.js';
export type { Comparison, ComparisonCurve, EpochLoss } from './comparison.js';
export { Dashboard, type DashboardProps } from './Dashboard.js';
export { type DigitsLayout, fitDigits } from './digitsLayout.js';
export { type Film, frameAt } from './film.js';
export type { FilmFrame, Filters, Levels, ProbeImage } from './filmFrame.js';
export type { Intent, ReplayCommand, RunCommand } from './intent.js';
export { type ChartWindow, type InterfaceState, initialInterface, VIEWS, type ViewName } from './interface.js';
export { KEY_TABLE } from './keys/keyTable.js';
export type { Reaction, Scene } from './keys/reaction.js';
export { reduceKey } from './keys/reduceKey.js';
export { type Layout, layOut, MINIMUM, type Size } from './layout.js';
export { type DashboardHandle, type DashboardOptions, openDashboard } from './openDashboard.js';
export { DigitsPanel, type DigitsPanelProps } from './panels/DigitsPanel.js';
export { EpochsPanel, type EpochsPanelProps } from './panels/EpochsPanel.js';
export { ListPanel, type ListPanelProps } from './panels/ListPanel.js';
export { LossPanel, type LossPanelProps } from './panels/LossPanel.js';
export { PinnedPanel, type PinnedPanelProps } from './panels/PinnedPanel.js';
export { ProgressPanel, type ProgressPanelProps } from './panels/ProgressPanel.js';
export { RunsPanel, type RunsPanelProps } from './panels/RunsPanel.js';
export { StripPanel, type StripPanelProps } from './panels/StripPanel.js';
export { ThemeContext } from './panels/ThemeContext.js';
export { ValuesPanel, type ValuesPanelProps } from './panels/ValuesPanel.js';
export { layOutPinned, type PinnedLayout } from './pinnedLayout.js';
export { type DashboardState, initialState, type RunStatus, reduce, reduceAll } from './state.js';
export { openTerminal, type Terminal } from './terminal.js';
export { createTheme, type Span, type Theme, type Tone } from './theme.js';
export type { Replay, View } from './view.js';
export { HelpView } from './views/HelpView.js';
export { LogView } from './views/LogView.js';
export { NetworkView } from './views/NetworkView.js';
export { StagesView } from './views/StagesView.js';
export type { ViewProps } from './views/viewProps.js';

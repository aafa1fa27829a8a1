// The dashboard, and its parts for Ink apps of your own.

export type { Comparison, ComparisonCurve, EpochLoss } from '../dashboard/comparison.js';
export { type Film, frameAt } from '../dashboard/film/film.js';
export type { FilmFrame, Filters, Quantized, SampleImage } from '../dashboard/film/filmFrame.js';
export type { Intent, ReplayCommand, RunCommand } from '../dashboard/intent.js';
export type { Replay } from '../dashboard/replay/replay.js';
export { type DashboardState, initialState, type RunStatus, reduce, reduceAll } from '../dashboard/state.js';
export type { ActionContext, ActionResult } from '../tui/actions/action.js';
export { reduceKey } from '../tui/actions/reduceKey.js';
export { drawTile, type TileOptions, type TileShape, type TileSize, tileSize } from '../tui/charts/tile.js';
export { Dashboard, type DashboardProps } from '../tui/Dashboard.js';
export { KEY_TABLE } from '../tui/keys/keyTable.js';
export { type DigitsLayout, fitDigits } from '../tui/layout/digitsLayout.js';
export { type Layout, layOut, MINIMUM } from '../tui/layout/layout.js';
export { layOutPinned, type PinnedLayout } from '../tui/layout/pinnedLayout.js';
export { type DashboardHandle, type DashboardOptions, openDashboard } from '../tui/openDashboard.js';
export { DigitsPanel, type DigitsPanelProps } from '../tui/panels/DigitsPanel.js';
export { EpochsPanel, type EpochsPanelProps } from '../tui/panels/EpochsPanel.js';
export { ListPanel, type ListPanelProps } from '../tui/panels/ListPanel.js';
export { LossPanel, type LossPanelProps } from '../tui/panels/LossPanel.js';
export { PinnedPanel, type PinnedPanelProps } from '../tui/panels/PinnedPanel.js';
export { ProgressPanel, type ProgressPanelProps } from '../tui/panels/ProgressPanel.js';
export { RunsPanel, type RunsPanelProps } from '../tui/panels/RunsPanel.js';
export { StripPanel, type StripPanelProps } from '../tui/panels/StripPanel.js';
export { ValuesPanel, type ValuesPanelProps } from '../tui/panels/ValuesPanel.js';
export type { Size } from '../tui/screen/size.js';
export { openTerminal, type Terminal } from '../tui/screen/terminal.js';
export {
  type Capabilities,
  type ColorLevel,
  detectCapabilities,
  type Environment,
  type Glyphs,
} from '../tui/theme/capabilities.js';
export type { Tone } from '../tui/theme/palette.js';
export { ThemeContext } from '../tui/theme/ThemeContext.js';
export { createTheme, type Span, type Theme } from '../tui/theme/theme.js';
export type { ViewContext } from '../tui/viewContext.js';
export { type ChartWindow, initialViewState, VIEWS, type ViewName, type ViewState } from '../tui/viewState.js';
export { HelpView } from '../tui/views/HelpView.js';
export { LogView } from '../tui/views/LogView.js';
export { NetworkView } from '../tui/views/NetworkView.js';
export { StagesView } from '../tui/views/StagesView.js';
export type { ViewProps } from '../tui/views/viewProps.js';

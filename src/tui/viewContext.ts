import type { Comparison } from '../dashboard/comparison.js';
import type { RunCommand } from '../dashboard/intent.js';
import type { Replay } from '../dashboard/replay/replay.js';
import type { DashboardState } from '../dashboard/state.js';
import type { ViewState } from './viewState.js';

/** What the dashboard itself knows beside the events of the run that it shows. */
export interface ViewContext {
  /** One line from the program, e.g. the progress of a download. */
  readonly notice?: string | undefined;
  /** True once a stop has been asked for; asking again leaves at once. */
  readonly stopping?: boolean;
  /** A recorded run, or that of another process: leaving stops nothing, and nothing can be asked of it. */
  readonly watching?: boolean;
  /** What has been asked of the run and has not taken effect yet, the newest last. */
  readonly pending?: readonly RunCommand[];
  /** What drawing costs, as a share of one core. */
  readonly cost?: number | undefined;
  /** What the person looks at. @default the overview, following the newest step */
  readonly viewState?: ViewState;
  /** What is drawn behind the loss. @default the notebook, where the run is comparable */
  readonly comparison?: Comparison | undefined;
  /** All runs that are shown at once, this one among them, in an order that stays: a run keeps its colour. @default this one */
  readonly runs?: readonly DashboardState[];
  /** What the person calls them. @default their ids */
  readonly runNames?: readonly string[];
  /** Where a recorded run is being replayed. */
  readonly replay?: Replay | undefined;
}

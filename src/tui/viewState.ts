// What the person has chosen to look at: a pure function of the keys so far. It says nothing of the run itself.

import { initialTagsLook, type TagsLook } from './tagsLook.js';

export const VIEWS = ['overview', 'chart', 'film', 'network', 'stages', 'log', 'tags'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Which steps a chart shows. */
export type ChartWindow = 'all' | 'recent' | { readonly from: number; readonly to: number };

export interface ViewState {
  readonly view: ViewName;
  /** The keys of the present view lie over it. */
  readonly help: boolean;
  /** The list of alerts lies over it. @default false */
  readonly alerts?: boolean;
  /** What has to be answered before anything else. */
  readonly question: 'abandon' | undefined;
  /** Why the last key did nothing. */
  readonly refusal: string | undefined;
  /** The step that charts and pictures show; `undefined` follows the newest. */
  readonly cursor: number | undefined;
  /** The film runs: the cursor goes from sample to sample. */
  readonly playing: boolean;
  readonly scale: 'log' | 'linear';
  /** Distances of steps in charts. */
  readonly steps: 'log' | 'linear';
  readonly window: ChartWindow;
  /** Place of the chosen digit among the sample images. */
  readonly digit: number;
  /** The chosen digit stands large beside what the network makes of it. */
  readonly pinned: boolean;
  /** What came of a run that has ended takes the place of the overview. @default where the run is our own */
  readonly result: boolean | undefined;
  /** One panel takes the whole screen. */
  readonly full: boolean;
  /** Rows that lists are moved up by. */
  readonly scroll: number;
  /** The mouse is ours; otherwise the terminal selects text with it. */
  readonly mouse: boolean;
  /** Pictures through kitty's graphics protocol. */
  readonly graphics: boolean;
  /** Place of the run that is shown, where there are several. */
  readonly run: number;
  /** What of the tags is shown, and how. */
  readonly tags: TagsLook;
  /** Learning rates before those that were set here, the newest last. */
  readonly learningRates: readonly number[];
}

/** Something lies over the view. */
export function isCovered({ help, alerts }: ViewState): boolean {
  return help || alerts === true;
}

export const initialViewState: ViewState = {
  view: 'overview',
  help: false,
  alerts: false,
  question: undefined,
  refusal: undefined,
  cursor: undefined,
  playing: false,
  scale: 'log',
  steps: 'linear',
  window: 'all',
  digit: 0,
  pinned: false,
  result: undefined,
  full: false,
  scroll: 0,
  mouse: true,
  graphics: false,
  run: 0,
  tags: initialTagsLook,
  learningRates: [],
};

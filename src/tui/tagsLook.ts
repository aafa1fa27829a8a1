// What the person has chosen of the tags: part of the view state.

export const TAG_KINDS = ['figure', 'image', 'histogram', 'text'] as const;
export type TagKind = (typeof TAG_KINDS)[number];

/** How much of the mean so far stays with each value. */
export const SMOOTHINGS = [0, 0.6, 0.9, 0.97] as const;

/** `fitting`: logarithmic where the values of a figure are far apart. */
export const TAG_SCALES = ['fitting', 'log', 'linear'] as const;

export const DENSITIES = ['fitting', 'charts', 'rows'] as const;

export interface TagsLook {
  /** Words that have to stand in the name. */
  readonly filter: string;
  /** Keys are the filter's. */
  readonly typing: boolean;
  /** Id of the chosen tag. @default the first one */
  readonly chosen: string | undefined;
  /** The chosen one has the whole view. */
  readonly large: boolean;
  /** Ids of those that stand first. */
  readonly pinned: readonly string[];
  readonly smoothing: (typeof SMOOTHINGS)[number];
  readonly scale: (typeof TAG_SCALES)[number];
  /** Charts or rows; `fitting` takes charts as long as they are on a few pages. */
  readonly density: (typeof DENSITIES)[number];
  /** The only kind that is shown. @default all */
  readonly kind: TagKind | undefined;
}

export const initialTagsLook: TagsLook = {
  filter: '',
  typing: false,
  chosen: undefined,
  large: false,
  pinned: [],
  smoothing: 0.6,
  scale: 'fitting',
  density: 'fitting',
  kind: undefined,
};

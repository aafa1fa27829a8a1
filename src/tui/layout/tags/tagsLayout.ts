// Where the tags stand: in cells of one size, a group after the other, on as many pages as it takes. Charts are as large as all of
// them fit on one page; where they do not, small ones, and where these took too many pages, a row each.
import type { Size } from '../../screen/size.js';
import type { TagsLook } from '../../tagsLook.js';

export interface TagsLayout<Item> {
  /** Of a cell, its title included. */
  readonly cell: Size;
  readonly perRow: number;
  readonly pages: readonly TagsPage<Item>[];
}

export interface TagsPage<Item> {
  readonly lines: readonly TagsLine<Item>[];
}

export type TagsLine<Item> =
  | { readonly type: 'title'; readonly title: string; readonly count: number }
  | { readonly type: 'cells'; readonly items: readonly Item[]; readonly whole: boolean };

export interface LaidOutGroup<Item> {
  readonly title: string;
  /** Their names are written whole. */
  readonly whole: boolean;
  readonly items: readonly Item[];
}

/** Cells between two charts beside each other. */
export const COLUMN_GAP = 2;
const LEAST_CHART = { columns: 26, rows: 5 } as const;
/** A chart that is wider tells no more: another one has room beside it. */
const WIDE_CHART = 60;
const ROW_COLUMNS = 54;
/** More pages of charts than this are leafed through by nobody. */
const MOST_CHART_PAGES = 3;

export function layOutTags<Item>(
  groups: readonly LaidOutGroup<Item>[],
  space: Size,
  density: TagsLook['density'],
): TagsLayout<Item> {
  if (density === 'rows') return rows(groups, space);
  const few = joined(groups);
  if (few !== undefined) {
    const layout = paged(few, space, chartCell(few, space));
    if (layout.pages.length === 1) return layout;
  }
  const charts = paged(groups, space, chartCell(groups, space));
  if (density === 'charts' || charts.pages.length <= MOST_CHART_PAGES) return charts;
  return rows(groups, space);
}

/** With fewer rows titles would take too many of them. */
const ROWS_WITH_TITLES = 12;

function rows<Item>(groups: readonly LaidOutGroup<Item>[], space: Size): TagsLayout<Item> {
  const one = [{ title: '', whole: true, items: groups.flatMap(({ items }) => items) }];
  return paged(space.rows < ROWS_WITH_TITLES ? one : groups, space, rowCell(space));
}

/** So many charts are taken in without titles over their groups, which would leave room beside them. */
const MOST_JOINED = 24;

function joined<Item>(groups: readonly LaidOutGroup<Item>[]): LaidOutGroup<Item>[] | undefined {
  const items = groups.flatMap((group) => group.items);
  return groups.length > 1 && items.length <= MOST_JOINED ? [{ title: '', whole: true, items }] : undefined;
}

interface Arrangement {
  readonly cell: Size;
  readonly perRow: number;
}

function rowCell({ columns }: Size): Arrangement {
  const perRow = Math.max(1, Math.floor((columns + COLUMN_GAP) / (ROW_COLUMNS + COLUMN_GAP)));
  return { perRow, cell: { columns: widthOf(perRow, columns), rows: 1 } };
}

function chartCell(groups: readonly LaidOutGroup<unknown>[], { columns, rows }: Size): Arrangement {
  const most = Math.max(1, Math.floor((columns + COLUMN_GAP) / (LEAST_CHART.columns + COLUMN_GAP)));
  const titles = hasTitles(groups) ? groups.length : 0;
  let best: Arrangement | undefined;
  for (let perRow = 1; perRow <= most; perRow++) {
    const lines = groups.reduce((sum, { items }) => sum + Math.ceil(items.length / perRow), 0);
    const cell = {
      columns: widthOf(perRow, columns),
      rows: Math.floor((rows - titles) / Math.max(1, lines)),
    };
    if (cell.rows < LEAST_CHART.rows) continue;
    if (best === undefined || worth(cell) > worth(best.cell)) best = { cell, perRow };
  }
  return best ?? { perRow: most, cell: { columns: widthOf(most, columns), rows: Math.min(rows, LEAST_CHART.rows) } };
}

/** Twice as wide as high for the eye is a chart that reads well: a cell is twice as high as wide. */
function worth({ columns, rows }: Size): number {
  return Math.min(columns, WIDE_CHART, rows * 4);
}

function widthOf(perRow: number, columns: number): number {
  return Math.max(1, Math.floor((columns + COLUMN_GAP) / perRow) - COLUMN_GAP);
}

/** A single group without a name needs none. */
function hasTitles(groups: readonly LaidOutGroup<unknown>[]): boolean {
  return groups.length > 1;
}

function paged<Item>(
  groups: readonly LaidOutGroup<Item>[],
  { rows }: Size,
  { cell, perRow }: Arrangement,
): TagsLayout<Item> {
  const pages: TagsLine<Item>[][] = [];
  let left = 0;
  const put = (line: TagsLine<Item>, height: number): void => {
    pages.at(-1)!.push(line);
    left -= height;
  };
  for (const { title, whole, items } of groups) {
    const titleLine = { type: 'title', title, count: items.length } as const;
    for (let first = 0; first < items.length; first += perRow) {
      const isNew = first === 0 && hasTitles(groups);
      if (pages.length === 0 || left < cell.rows + (isNew ? 1 : 0)) {
        pages.push([]);
        left = rows;
        if (hasTitles(groups) && left > cell.rows) put(titleLine, 1);
      } else if (isNew) put(titleLine, 1);
      put({ type: 'cells', items: items.slice(first, first + perRow), whole }, cell.rows);
    }
  }
  return { cell, perRow, pages: pages.map((lines) => ({ lines })) };
}

/** The page that an item is on; the first one where it is on none. */
export function pageOf<Item>({ pages }: TagsLayout<Item>, item: Item | undefined): number {
  const page = pages.findIndex(({ lines }) =>
    lines.some((line) => line.type === 'cells' && item !== undefined && line.items.includes(item)),
  );
  return Math.max(0, page);
}

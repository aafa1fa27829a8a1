// Which of the tags are on the screen, and where: what the panel draws, and what keys move about in.
import { layOutTags, pageOf, type TagsLayout } from '../../layout/tags/tagsLayout.js';
import type { Size } from '../../screen/size.js';
import type { ShownTags } from './shownTags.js';
import { chosenItem, type TagGroup, type TagItem, tagGroups, tagItems } from './tagItems.js';

export interface TagsPlan {
  readonly items: readonly TagItem[];
  readonly groups: readonly TagGroup[];
  readonly layout: TagsLayout<TagItem>;
  readonly item: TagItem | undefined;
  readonly page: number;
  /** Rows of the grid or of the enlarged tag, below the title. */
  readonly space: Size;
  /** A row that says which run is which. */
  readonly legend: boolean;
  /** A bar over the steps that have pictures. */
  readonly scrub: boolean;
}

const ROWS_WITH_LEGEND = 8;
const ROWS_WITH_SCRUB = 6;

export function planTags({ runs, look }: ShownTags, { columns, rows }: Size): TagsPlan {
  const items = tagItems(runs.map(({ state }) => state));
  const groups = tagGroups(items, look);
  const item = chosenItem(groups, look);
  const isFigure = look.large && item?.kind === 'figure';
  const legend = runs.length > 1 && rows >= ROWS_WITH_LEGEND && !isFigure;
  const films = look.large ? item?.kind === 'image' || item?.kind === 'histogram' : look.kind === 'image';
  const scrub = films && rows >= ROWS_WITH_SCRUB;
  const space = { columns, rows: Math.max(0, rows - 1 - Number(legend) - Number(scrub)) };
  const layout = layOutTags(groups, space, look.density);
  return { items, groups, layout, item, page: pageOf(layout, item), space, legend, scrub };
}

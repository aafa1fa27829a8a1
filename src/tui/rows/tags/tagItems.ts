// The tags of all runs that are shown, in the order in which they stand on the screen.
import type { DashboardState } from '../../../dashboard/state.js';
import { hasSettings, type Tags } from '../../../dashboard/tags/tags.js';
import { printable } from '../../../text/printable.js';
import { TAG_KINDS, type TagKind, type TagsLook } from '../../tagsLook.js';

export interface TagItem {
  /** Its kind and name. */
  readonly id: string;
  readonly kind: TagKind;
  readonly name: string;
  /** What stands before the first slash; empty where there is none. */
  readonly group: string;
}

export interface TagGroup {
  readonly title: string;
  /** Their names are written whole. */
  readonly whole: boolean;
  readonly items: readonly TagItem[];
}

export const CONFIGURATION = 'configuration';
const CONFIGURATION_ITEM: TagItem = { id: CONFIGURATION, kind: 'text', name: CONFIGURATION, group: CONFIGURATION };

/** Of any number of tags, sorted: remembered as long as no name comes. */
let last: { readonly keys: readonly unknown[]; readonly items: readonly TagItem[] } | undefined;

export function tagItems(runs: readonly DashboardState[]): readonly TagItem[] {
  const keys = runs.flatMap(({ tags }) => [
    tags.places,
    tags.images.places,
    tags.histograms.places,
    tags.texts.places,
    hasSettings(tags),
  ]);
  if (last === undefined || last.keys.length !== keys.length || last.keys.some((key, place) => key !== keys[place]))
    last = { keys, items: sorted(runs.map(({ tags }) => tags)) };
  return last.items;
}

/** What is looked at first: names without a prefix, and what says how well it learns; pictures and texts come last. */
const LEADING = ['', 'train', 'training', 'val', 'valid', 'validation', 'eval', 'test'];

const NATURAL = new Intl.Collator('en', { numeric: true });

function sorted(runs: readonly Tags[]): TagItem[] {
  const items = new Map<string, TagItem>();
  for (const { places, images, histograms, texts } of runs)
    for (const [place, names] of [places, images.places, histograms.places, texts.places].entries())
      for (const name of names.keys()) {
        const kind = TAG_KINDS[place]!;
        const slash = name.indexOf('/');
        const id = `${kind} ${name}`;
        items.set(id, { id, kind, name, group: slash > 0 ? name.slice(0, slash) : '' });
      }
  const withFigures = new Set([...items.values()].flatMap(({ kind, group }) => (kind === 'figure' ? [group] : [])));
  const rankOf = ({ group }: TagItem): number => {
    const place = LEADING.indexOf(group.toLowerCase());
    return withFigures.has(group) ? (place < 0 ? LEADING.length : place) : LEADING.length + 1;
  };
  const inOrder = [...items.values()].sort(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      NATURAL.compare(one.group, other.group) ||
      TAG_KINDS.indexOf(one.kind) - TAG_KINDS.indexOf(other.kind) ||
      NATURAL.compare(one.name, other.name),
  );
  return runs.some(hasSettings) ? [...inOrder, CONFIGURATION_ITEM] : inOrder;
}

/** Those that the filter leaves, the pinned ones first, by the first part of their names. */
export function tagGroups(items: readonly TagItem[], { filter, pinned, kind }: TagsLook): TagGroup[] {
  const words = filter.toLowerCase().split(' ').filter(Boolean);
  const isShown = (item: TagItem): boolean => {
    if (kind !== undefined && item.kind !== kind) return false;
    const name = words.length === 0 ? '' : item.name.toLowerCase();
    return words.every((word) => name.includes(word));
  };
  const first = pinned.flatMap((id) => items.find((item) => item.id === id) ?? []).filter(isShown);
  const groups = new Map<string, TagItem[]>();
  for (const item of items) {
    if (!isShown(item) || pinned.includes(item.id)) continue;
    const group = groups.get(item.group);
    if (group === undefined) groups.set(item.group, [item]);
    else group.push(item);
  }
  const rest = [...groups].map(([group, members]) => ({ title: printable(group), whole: false, items: members }));
  return first.length === 0 ? rest : [{ title: 'pinned', whole: true, items: first }, ...rest];
}

/** The chosen one, or the first where it is not among them. */
export function chosenItem(groups: readonly TagGroup[], { chosen }: TagsLook): TagItem | undefined {
  const items = groups.flatMap((group) => group.items);
  return items.find(({ id }) => id === chosen) ?? items[0];
}

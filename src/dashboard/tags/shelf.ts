// What comes under names and over steps and is larger than a number: a bounded number of names, of each the first and the newest,
// and of those between as many as a budget of bytes holds, evenly.

export interface ShelfItem {
  readonly step: number;
  /** What it holds, about. */
  readonly bytes: number;
}

export interface ShelfRow<Item extends ShelfItem> {
  readonly name: string;
  /** In the order of their steps. */
  readonly items: readonly Item[];
  readonly bytes: number;
}

export interface Shelf<Item extends ShelfItem> {
  /** In the order in which their names were first seen. */
  readonly rows: readonly ShelfRow<Item>[];
  readonly places: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** There were more names than are kept. */
  readonly more: boolean;
}

export interface ShelfLimits {
  readonly names: number;
  readonly bytes: number;
}

export function emptyShelf<Item extends ShelfItem>(): Shelf<Item> {
  return { rows: [], places: new Map(), bytes: 0, more: false };
}

/** With one more; a step that is not after the last one of its name cuts that name back to it. */
export function addItem<Item extends ShelfItem>(
  shelf: Shelf<Item>,
  name: string,
  item: Item,
  limits: ShelfLimits,
): Shelf<Item> {
  const place = shelf.places.get(name);
  if (place === undefined) {
    if (shelf.rows.length >= limits.names) return shelf.more ? shelf : { ...shelf, more: true };
    const row = { name, items: [item], bytes: item.bytes };
    const places = new Map(shelf.places).set(name, shelf.rows.length);
    return thinned({ ...shelf, rows: [...shelf.rows, row], places, bytes: shelf.bytes + item.bytes }, limits.bytes);
  }
  const { items: before } = shelf.rows[place]!;
  const last = before.at(-1);
  const kept = last !== undefined && last.step >= item.step ? before.filter(({ step }) => step < item.step) : before;
  return thinned(withItems(shelf, place, [...kept, item]), limits.bytes);
}

/** Forgets everything after this step. */
export function cutShelf<Item extends ShelfItem>(shelf: Shelf<Item>, step: number): Shelf<Item> {
  let cut = shelf;
  for (const [place, { items }] of shelf.rows.entries())
    if ((items.at(-1)?.step ?? step) > step)
      cut = withItems(
        cut,
        place,
        items.filter((item) => item.step <= step),
      );
  return cut;
}

/** The last one at or before a step, the first one for any step before it; without a step, the newest. */
export function itemAt<Item extends ShelfItem>(items: readonly Item[], step: number | undefined): Item | undefined {
  if (step === undefined) return items.at(-1);
  return items.findLast((item) => item.step <= step) ?? items[0];
}

function withItems<Item extends ShelfItem>(shelf: Shelf<Item>, place: number, items: readonly Item[]): Shelf<Item> {
  const row = shelf.rows[place]!;
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  return {
    ...shelf,
    rows: shelf.rows.with(place, { ...row, items, bytes }),
    bytes: shelf.bytes - row.bytes + bytes,
  };
}

/** The name that holds most gives every second one away, as long as that is too much. */
function thinned<Item extends ShelfItem>(shelf: Shelf<Item>, budget: number): Shelf<Item> {
  let thin = shelf;
  while (thin.bytes > budget) {
    const place = largestThatThins(thin.rows);
    if (place < 0) break;
    const { items } = thin.rows[place]!;
    const newest = items.length - 1;
    thin = withItems(
      thin,
      place,
      items.filter((_, index) => index === newest || (index % 2 === 0 && index !== newest - 1) || index === 0),
    );
  }
  return thin;
}

/** The first and the newest always stay. */
function largestThatThins<Item extends ShelfItem>(rows: readonly ShelfRow<Item>[]): number {
  let largest = -1;
  for (const [place, { items, bytes }] of rows.entries())
    if (items.length > 2 && (largest < 0 || bytes > rows[largest]!.bytes)) largest = place;
  return largest;
}

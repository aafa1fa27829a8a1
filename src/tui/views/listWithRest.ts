import type { Size } from '../screen/size.js';

/** The title of the list, and a free row below it. */
const AROUND = 2;

/** Cells of a list with its title, and those that are left below it; nothing is left where the list has to be scrolled. */
export function listWithRest(length: number, { columns, rows }: Size): { readonly list: Size; readonly rest: Size } {
  const list = Math.min(rows, length + AROUND);
  return { list: { columns, rows: list }, rest: { columns, rows: rows - list } };
}

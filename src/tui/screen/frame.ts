// A frame is patches of cells; what is written is the difference to the frame before.

import { pictureDifference } from './kitty.js';
import type { Patch } from './patch.js';

/** Everything that is on the screen. */
export type Frame = readonly Patch[];

const CLEAR = '\u001b[0m\u001b[2J';
const ERASE_TO_END = '\u001b[K';

/**
 * What turns one frame into the next; empty where nothing differs. Every patch is addressed by its place: nothing
 * scrolls, and what stays is not written again.
 */
export function frameDifference(before: Frame | undefined, after: Frame): string {
  const old = byRow(before ?? []);
  const now = byRow(after);
  const rows = [...new Set([...old.keys(), ...now.keys()])];
  const changes = rows.map((row) => rowDifference(row, old.get(row) ?? [], now.get(row) ?? []));
  return (before === undefined ? CLEAR : '') + changes.join('') + pictureDifference(before ?? [], after);
}

function byRow(frame: Frame): Map<number, Patch[]> {
  const rows = new Map<number, Patch[]>();
  for (const patch of frame) {
    if (patch.picture !== undefined) continue;
    const row = rows.get(patch.row);
    if (row === undefined) rows.set(patch.row, [patch]);
    else row.push(patch);
  }
  return rows;
}

function rowDifference(row: number, before: readonly Patch[], after: readonly Patch[]): string {
  const changed = samePlaces(before, after) ? after.filter(({ text }, index) => text !== before[index]?.text) : after;
  const erase = before.length > 0 && !samePlaces(before, after) ? moveTo(row, 0) + ERASE_TO_END : '';
  return erase + changed.map(({ column, text }) => moveTo(row, column) + text).join('');
}

function samePlaces(before: readonly Patch[], after: readonly Patch[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ column, columns }, index) => column === after[index]?.column && columns === after[index]?.columns)
  );
}

function moveTo(row: number, column: number): string {
  return `\u001b[${row + 1};${column + 1}H`;
}

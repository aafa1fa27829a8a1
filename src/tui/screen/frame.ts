// A frame is patches of cells; what is written is the difference to the frame before.

import { changedCells } from './changedCells.js';
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
  if (samePlaces(before, after)) return after.map((patch, index) => patchDifference(before[index]!, patch)).join('');
  const erase = before.length > 0 ? moveTo(row, 0) + ERASE_TO_END : '';
  return erase + after.map(({ column, text }) => moveTo(row, column) + text).join('');
}

/** The whole of it, or the cells that differ, whichever is shorter. */
function patchDifference(before: Patch, { row, column, text }: Patch): string {
  if (text === before.text) return '';
  const whole = moveTo(row, column) + text;
  const cells = changedCells(before.text, text);
  const parts = cells?.map((changed) => moveTo(row, column + changed.column) + changed.text).join('');
  return parts !== undefined && parts.length < whole.length ? parts : whole;
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

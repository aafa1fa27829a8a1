import type { Frame } from '../screen/frame.js';
import type { Area } from '../screen/hitArea.js';
import type { Patch } from '../screen/patch.js';
import type { PlacedCanvas } from './Canvas.js';

/** A frame, and where in it the mouse hits what. */
export interface DashboardFrame {
  readonly frame: Frame;
  readonly areas: readonly Area[];
}

export function frameOf(canvases: readonly PlacedCanvas[]): DashboardFrame {
  return { frame: canvases.flatMap(patchesOf), areas: canvases.flatMap(areasOf) };
}

function patchesOf({ place, content: { columns, rows, pictures = [] } }: PlacedCanvas): Patch[] {
  const patches = rows.map((text, row) => ({ row: place.row + row, column: place.column, columns, text }));
  const placed = pictures.map(({ row, column, columns: wide, image, rows: high }) => ({
    row: place.row + row,
    column: place.column + column,
    columns: wide,
    text: '',
    picture: { image, rows: high },
  }));
  return [...patches, ...placed];
}

function areasOf({ place, content: { areas = [] } }: PlacedCanvas): Area[] {
  return areas.map((area) => ({ ...area, row: place.row + area.row, column: place.column + area.column }));
}

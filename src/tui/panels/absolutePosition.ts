import type { DOMElement } from 'ink';

/** Cells; `row` and `column` count from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
}

/** Where an element has been laid out: the sum of its offsets and those of all that it stands in. */
export function placeOf(element: DOMElement): Place {
  const { yogaNode, parentNode } = element;
  const parent = parentNode === undefined ? { row: 0, column: 0 } : placeOf(parentNode);
  return {
    row: parent.row + (yogaNode?.getComputedTop() ?? 0),
    column: parent.column + (yogaNode?.getComputedLeft() ?? 0),
    columns: yogaNode?.getComputedWidth() ?? 0,
    rows: yogaNode?.getComputedHeight() ?? 0,
  };
}

import { createContext } from 'react';
import type { Key } from './parseKeys.js';

/** What a click means: a key, a place on the chart, a tag, or one of the pictures that stand beside each other, from the `first` on. */
export type Target =
  | { readonly type: 'key'; readonly key: Key }
  | { readonly type: 'chart' }
  | { readonly type: 'tag'; readonly id: string }
  | { readonly type: 'digits'; readonly first: number; readonly count: number; readonly columnsEach: number };

/** Cells that the mouse can hit; `row` and `column` count from 0. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
  readonly target: Target;
}

/** Takes the areas of a frame. Without one, in any other Ink app, nothing can be hit. */
export const AreaContext = createContext<((area: Area) => void) | undefined>(undefined);

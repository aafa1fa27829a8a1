import type { ReactNode } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { keysLineOf } from '../rows/keysRow.js';
import type { ViewContext } from '../viewContext.js';
import { KeyWordsLine } from './KeyWordsLine.js';

export interface KeysLineProps {
  readonly state: DashboardState;
  readonly view: ViewContext;
  readonly columns: number;
  /** Says speed and time left, where no panel does. */
  readonly progress: boolean;
}

/** The last row: the keys, or what there is to ask and to say. */
export function KeysLine({ state, view, columns, progress }: KeysLineProps): ReactNode {
  const { keys, rest } = keysLineOf(state, view, columns, progress);
  return <KeyWordsLine words={keys} rest={rest} />;
}

import type { ReactNode } from 'react';
import type { DashboardState } from '../../dashboard/state.js';
import { headerOf } from '../rows/headerRow.js';
import type { Span } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { KeyWordsLine } from './KeyWordsLine.js';

export interface HeaderLineProps {
  readonly state: DashboardState;
  readonly view: ViewContext;
  readonly columns: number;
  /** The message, where it has no row of its own. */
  readonly instead?: readonly Span[][] | undefined;
}

/** The first row: the views, what is trained on what, and how far it is. */
export function HeaderLine({ state, view, columns, instead }: HeaderLineProps): ReactNode {
  const { tabs, rest } = headerOf(state, view, columns, instead);
  return <KeyWordsLine words={tabs} rest={rest} />;
}

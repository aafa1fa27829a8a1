import type { ReactNode } from 'react';
import { headerOf } from '../lines/header.js';
import type { DashboardState } from '../state.js';
import type { Span } from '../theme.js';
import type { View } from '../view.js';
import { KeyWordsLine } from './KeyWordsLine.js';

export interface HeaderLineProps {
  readonly state: DashboardState;
  readonly view: View;
  readonly columns: number;
  /** The message, where it has no row of its own. */
  readonly instead?: readonly Span[][] | undefined;
}

/** The first row: the views, what is trained on what, and how far it is. */
export function HeaderLine({ state, view, columns, instead }: HeaderLineProps): ReactNode {
  const { tabs, rest } = headerOf(state, view, columns, instead);
  return <KeyWordsLine words={tabs} rest={rest} />;
}

import type { ReactNode } from 'react';
import { drawRule } from '../charts/rule.js';
import type { Shown } from './canvasContent.js';
import { LiveLines, type LiveLinesProps } from './LiveLines.js';

export interface LivePanelProps extends LiveLinesProps {
  readonly title: string;
  readonly columns: number;
}

/** A thin rule with a title and words below it, which can be drawn anew without laying out the screen. */
export function LivePanel({ title, columns, shown, draw }: LivePanelProps): ReactNode {
  return <LiveLines shown={shown} draw={(now: Shown) => [drawRule(title, [], columns), ...draw(now)]} />;
}

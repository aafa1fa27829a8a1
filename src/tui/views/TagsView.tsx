import type { ReactNode } from 'react';
import { TagsPanel } from '../panels/tags/TagsPanel.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** What users and other tools measure: all tags in a grid, or one of them large. */
export function TagsView(props: ViewProps): ReactNode {
  const { state, view } = props;
  return <FramedView {...props}>{(inner) => <TagsPanel shown={{ state, view }} size={inner} />}</FramedView>;
}

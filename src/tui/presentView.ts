// Which view is on the screen: of a run that says nothing but tags, these are the overview.
import type { DashboardState } from '../dashboard/state.js';
import { hasTags } from '../dashboard/tags/tags.js';
import type { TagsLook } from './tagsLook.js';
import { VIEWS, type ViewName, type ViewState } from './viewState.js';

/** A run that somebody else's program trains: no loss, no sample, but tags. */
export function hasOnlyTags({ history, film, tags }: DashboardState): boolean {
  return history.lastStep === 0 && film.frames.length === 0 && hasTags(tags);
}

export function presentView(state: DashboardState, { view }: Pick<ViewState, 'view'>): ViewName {
  return (view === 'overview' || view === 'chart') && hasOnlyTags(state) ? 'tags' : view;
}

const OWN_VIEWS = VIEWS.filter((view) => view !== 'tags');

/** The views that have something to show. */
export function viewsOf(state: DashboardState): readonly ViewName[] {
  if (!hasOnlyTags(state)) return hasTags(state.tags) ? VIEWS : OWN_VIEWS;
  return state.tags.images.rows.length > 0 ? ['film', 'log', 'tags'] : ['log', 'tags'];
}

/** Whether the film is of pictures under names: there are no samples. */
export function filmsTags({ film, tags }: DashboardState): boolean {
  return film.frames.length === 0 && tags.images.rows.length > 0;
}

/** The tags as the present view shows them: the film has the pictures alone. */
export function tagsLookOf(state: DashboardState, { view, tags }: ViewState): TagsLook {
  return view === 'film' && filmsTags(state) ? { ...tags, kind: 'image', density: 'charts' } : tags;
}

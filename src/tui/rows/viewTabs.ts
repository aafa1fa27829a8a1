// The names of the views with their keys.

import type { Area } from '../screen/hitArea.js';
import type { Key } from '../screen/parseKeys.js';
import { type Span, widthOf } from '../theme/theme.js';
import { VIEWS, type ViewName } from '../viewState.js';

/** Words that stand for a key: a click on them is that key. */
export interface KeyWords {
  readonly key: Key;
  readonly spans: readonly Span[];
}

/** Cells of words beside each other. */
export function keyWordsWidth(words: readonly KeyWords[]): number {
  return words.reduce((sum, { spans }) => sum + widthOf(spans), 0);
}

/** Where a click hits which of words that stand beside each other from the left edge on. */
export function keyWordsAreas(words: readonly KeyWords[]): Area[] {
  return words.map(({ key, spans }, place) => ({
    row: 0,
    column: keyWordsWidth(words.slice(0, place)),
    columns: widthOf(spans),
    rows: 1,
    target: { type: 'key', key },
  }));
}

/** Of the views that have something to show: all names, the name of the present view only, or nothing else than that. Each tab keeps its place, whichever is present. */
export function viewTabs(view: ViewName, names: readonly ViewName[]): readonly (readonly KeyWords[])[] {
  const tabs = (named: 'all' | 'present'): KeyWords[] =>
    names.map((name) => {
      const key = String(VIEWS.indexOf(name) + 1);
      const text = named === 'all' || name === view ? `${key} ${name}` : key;
      return { key, spans: name === view ? present(text) : [['label', ` ${text} `]] };
    });
  const [all, short] = [tabs('all'), tabs('present')];
  return [all, short, short.filter((_, index) => names[index] === view)];
}

/** In brackets, so that it stands out without colour as well. */
function present(text: string): Span[] {
  return [
    ['accent', '['],
    ['value', text],
    ['accent', ']'],
  ];
}

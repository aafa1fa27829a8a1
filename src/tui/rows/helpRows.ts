// The keys of the present view, in as many columns as there is room for.

import type { DashboardState } from '../../dashboard/state.js';
import { applies, type KeyBinding } from '../keys/binding.js';
import { INSPECT_KEYS } from '../keys/inspectKeys.js';
import { type KeyContext, keyContextOf } from '../keys/keyContext.js';
import { KEY_GROUPS } from '../keys/keyTable.js';
import { TAG_KEYS } from '../keys/tagKeys.js';
import { type Span, widthOf } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';

type Entry = Pick<KeyBinding, 'shown' | 'help' | 'hint'>;
type Group = readonly [title: string, ...Entry[]];

const KEY_COLUMNS = 10;
const SENTENCE_COLUMNS = 28;
const GAP = 2;
const WIDTH = KEY_COLUMNS + SENTENCE_COLUMNS;

/** The room on which the keys of other views stand, too, and what the signs mean. */
const LARGE_COLUMNS = 160;

/** Groups stay whole; each stands where it is least far down. */
export function helpRows(state: DashboardState, view: ViewContext, columns: number): Span[][] {
  const keyContext = keyContextOf(state, view);
  const groups = KEY_GROUPS.flatMap(({ title, bindings }): Group[] => {
    const shown = bindings.filter((binding) => applies(binding, keyContext));
    return shown.length === 0 ? [] : [[title, ...shown]];
  });
  const large = columns >= LARGE_COLUMNS;
  if (large) groups.push(...otherViews(keyContext), ['signs', ...SIGNS]);
  const count = Math.min(large ? 5 : 3, Math.max(1, Math.floor((columns + 1) / (WIDTH + GAP))));
  const width = Math.min(WIDTH, Math.floor((columns + 1) / count) - GAP);
  const stacks: Span[][][] = Array.from({ length: count }, () => []);
  for (const [title, ...bindings] of groups) {
    const stack = stacks.reduce((one, other) => (other.length < one.length ? other : one));
    if (stack.length > 0) stack.push([]);
    stack.push([['label', title]], ...bindings.map((binding) => entry(binding, width)));
  }
  return beside(stacks, width + GAP);
}

/** What only other views have. */
function otherViews(keyContext: KeyContext): Group[] {
  const keys = [...INSPECT_KEYS, ...TAG_KEYS];
  const here = keys.filter((binding) => applies(binding, keyContext));
  return (['overview', 'chart', 'network', 'tags'] as const).flatMap((view) => {
    const there = keys.filter((binding) => applies(binding, { ...keyContext, view }) && !here.includes(binding));
    return there.length === 0 || view === keyContext.view ? [] : [[OTHER_VIEWS[view], ...there]];
  });
}

const OTHER_VIEWS = {
  overview: 'overview and film',
  chart: 'chart',
  network: 'network, stages and log',
  tags: 'tags',
} as const;

const SIGNS: readonly Entry[] = [
  { shown: '✗', help: 'The run is going wrong' },
  { shown: '▲', help: 'It could become better' },
  { shown: '●', help: 'Good to know; a test loss' },
  { shown: '━', help: 'Mean of the last losses' },
  { shown: '┄', help: 'The notebook or a comparison' },
  { shown: '▼', help: 'The best test loss so far' },
  { shown: '▸', help: 'The chosen picture' },
];

/** The sentence, the words of the line of keys, or as much of the sentence as there is room for. */
function entry({ shown, help, hint: [label] = [help, 0] }: Entry, width: number): Span[] {
  const room = Math.max(0, width - KEY_COLUMNS);
  const cut = `${help.slice(0, Math.max(0, room - 1))}…`;
  const text = [help, label].find(({ length }) => length <= room) ?? cut;
  return [
    ['accent', shown.padEnd(KEY_COLUMNS)],
    ['value', text],
  ];
}

function beside(stacks: readonly (readonly Span[][])[], width: number): Span[][] {
  const height = Math.max(...stacks.map((stack) => stack.length));
  return Array.from({ length: height }, (_, row) => [
    ['value', ' '] as const,
    ...stacks.flatMap((stack, place): Span[] => {
      const cell = stack[row] ?? [];
      const gap = place < stacks.length - 1 ? Math.max(0, width - widthOf(cell)) : 0;
      return [...cell, ['value', ' '.repeat(gap)]];
    }),
  ]);
}

// Why a key does nothing now: where and when it would.
import type { Key } from '../screen/parseKeys.js';
import { VIEWS } from '../viewState.js';
import type { KeyBinding } from './binding.js';
import type { KeyContext, Phase } from './keyContext.js';
import { KEY_TABLE } from './keyTable.js';

/** As they stand in a sentence. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  waiting: 'before it begins',
  running: 'training',
  paused: 'paused',
  stopping: 'finishing',
  ended: 'after the end',
};

const WHEN: Readonly<Record<Phase, string>> = {
  ...PHASE_WORDS,
  running: 'while training',
  paused: 'while paused',
  stopping: 'while finishing',
};

/** A sentence about a key that has no meaning now; nothing about one that has none at all. */
export function whyNot(key: Key, keyContext: KeyContext): string | undefined {
  const bindings = KEY_TABLE.filter(({ keys }) => keys.includes(key));
  const binding = bindings.find(({ mode }) => mode === undefined || mode === keyContext.mode) ?? bindings[0];
  if (binding === undefined) return undefined;
  return `${binding.help} (${key}): ${reasonOf(binding, keyContext)}`;
}

function reasonOf({ mode, phases = [], views = VIEWS, several }: KeyBinding, keyContext: KeyContext): string {
  if (mode !== undefined && mode !== keyContext.mode)
    return mode === 'live' ? 'nothing is asked of a run that is watched' : 'only while a recording is watched';
  if (phases.length > 0 && !phases.includes(keyContext.phase))
    return `only ${phases.map((phase) => WHEN[phase]).join(' or ')}`.replaceAll('or while ', 'or ');
  if (!views.includes(keyContext.view)) return `only in ${views.join(', ')}`;
  return several === true ? 'only one run is shown' : 'not now';
}

// Every key, once: what the keys do, the line of keys, the help and the docs come from here.
import type { Key } from '../screen/parseKeys.js';
import { applies, type KeyBinding } from './binding.js';
import { INSPECT_KEYS, type InspectAction } from './inspectKeys.js';
import type { KeyContext } from './keyContext.js';
import { REPLAY_KEYS, type ReplayAction } from './replayKeys.js';
import { RUN_KEYS, type RunAction } from './runKeys.js';
import { TAG_KEYS, type TagAction } from './tagKeys.js';
import { VIEW_KEYS, type ViewAction } from './viewKeys.js';

export type KeyAction = ViewAction | InspectAction | TagAction | RunAction | ReplayAction;

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding<KeyAction>[];
}

/** In the order in which they are shown. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  { title: 'this view', bindings: [...INSPECT_KEYS, ...TAG_KEYS] },
  { title: 'the run', bindings: RUN_KEYS },
  { title: 'the recording', bindings: REPLAY_KEYS },
  { title: 'everywhere', bindings: VIEW_KEYS },
];

export const KEY_TABLE: readonly KeyBinding<KeyAction>[] = KEY_GROUPS.flatMap(({ bindings }) => bindings);

/** What a key does now; nothing where it has no meaning. */
export function bindingOf(key: Key, keyContext: KeyContext): KeyBinding<KeyAction> | undefined {
  return KEY_TABLE.find((binding) => binding.keys.includes(key) && applies(binding, keyContext));
}

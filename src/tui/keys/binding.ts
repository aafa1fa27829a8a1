import type { Key } from '../screen/parseKeys.js';
import type { ViewName } from '../viewState.js';
import type { KeyContext, Phase } from './keyContext.js';

/** One key, or several that do the same. */
export interface KeyBinding<Action extends string = string> {
  readonly action: Action;
  readonly keys: readonly Key[];
  /** As people write the keys. */
  readonly shown: string;
  /** One sentence of at most 28 characters, for the help and the docs. */
  readonly help: string;
  /** In one or two words for the line of keys; the lower the rank, the longer it stays there. */
  readonly hint?: readonly [label: string, rank: number];
  /** @default all */
  readonly views?: readonly ViewName[];
  /** @default both */
  readonly mode?: KeyContext['mode'];
  /** @default all */
  readonly phases?: readonly Phase[];
  /** Only where several runs are shown. @default false */
  readonly several?: boolean;
}

export function applies({ views, mode, phases, several = false }: KeyBinding, keyContext: KeyContext): boolean {
  return (
    (views === undefined || views.includes(keyContext.view)) &&
    (mode === undefined || mode === keyContext.mode) &&
    (phases === undefined || phases.includes(keyContext.phase)) &&
    (!several || keyContext.several)
  );
}

type Limits = Pick<KeyBinding, 'views' | 'mode' | 'phases'>;

/** Bindings that apply in the same places. */
export function limitedTo<Action extends string>(
  limits: Limits,
  bindings: readonly KeyBinding<Action>[],
): KeyBinding<Action>[] {
  return bindings.map((binding) => ({ ...binding, ...limits }));
}

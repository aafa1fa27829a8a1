// The key table for the docs.
import { VIEWS } from '../viewState.js';
import type { KeyBinding } from './binding.js';
import { KEY_GROUPS } from './keyTable.js';
import { PHASE_WORDS } from './whyNot.js';

/** One table: the keys, what they do, where and when. */
export function keysMarkdown(): string {
  const rows = KEY_GROUPS.flatMap(({ bindings }) => bindings.map(row));
  return ['| keys | | views | when |', '|---|---|---|---|', ...rows].join('\n');
}

function row(binding: KeyBinding): string {
  const { shown, help, views = VIEWS } = binding;
  const keys = shown.split(' ').map((key) => `\`${key}\``);
  const where = views.length === VIEWS.length ? 'all' : views.join(', ');
  return `| ${shown.startsWith('page') ? `\`${shown}\`` : keys.join(' ')} | ${help} | ${where} | ${whenOf(binding)} |`;
}

function whenOf({ mode, phases = [], several }: KeyBinding): string {
  if (mode === 'watch') return 'watching';
  if (several === true) return 'several runs';
  return phases.length === 0 ? 'always' : phases.map((phase) => PHASE_WORDS[phase]).join(', ');
}

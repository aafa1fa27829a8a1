import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applies } from '../../../src/tui/keys/binding.js';
import { PHASES, type Situation } from '../../../src/tui/keys/keyContext.js';
import { keysMarkdown } from '../../../src/tui/keys/keysMarkdown.js';
import { bindingOf, KEY_TABLE } from '../../../src/tui/keys/keyTable.js';
import { VIEWS } from '../../../src/tui/viewState.js';

const situations: Situation[] = VIEWS.flatMap((view) =>
  PHASES.flatMap((phase) =>
    (['live', 'watch'] as const).flatMap((mode) => [true, false].map((several) => ({ view, phase, mode, several }))),
  ),
);

test.each(VIEWS)('no key has two meanings in the view %s', (view) => {
  for (const situation of situations.filter((candidate) => candidate.view === view)) {
    const keys = KEY_TABLE.filter((binding) => applies(binding, situation)).flatMap((binding) => binding.keys);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  }
});

test('in every situation there is a way out, help, and a way into each view', () => {
  for (const situation of situations)
    expect(['q', 'ctrl-c', 'escape', '?', '1', '6', 'tab'].map((key) => bindingOf(key, situation)?.action)).toEqual([
      'quit',
      'quit',
      'out',
      'help',
      'view',
      'view',
      'nextView',
    ]);
});

test('nothing can be asked of a run that is watched or has ended', () => {
  const commands = ['s', 'e', '+', '-', 'u', 'x', 'A'];
  for (const situation of situations.filter(({ mode, phase }) => mode === 'watch' || phase === 'ended'))
    expect(commands.map((key) => bindingOf(key, situation))).toEqual(commands.map(() => undefined));
});

test('every binding applies somewhere, and its sentence fits its column', () => {
  for (const binding of KEY_TABLE) {
    expect(situations.some((situation) => applies(binding, situation))).toBe(true);
    expect(binding.help.length).toBeLessThanOrEqual(28);
    expect(binding.shown.length).toBeLessThan(10);
  }
});

/** `npx vitest run test/tui/keys/keyTable.test.ts -u` writes the table anew. */
test('the keys in docs/DASHBOARD.md are those of the table', async () => {
  const [text] = readFileSync('docs/DASHBOARD.md', 'utf8').split('## Keys\n');
  await expect(`${text}## Keys\n\n${keysMarkdown()}\n`).toMatchFileSnapshot('../../../docs/DASHBOARD.md');
});

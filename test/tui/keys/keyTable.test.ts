import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applies } from '../../../src/tui/keys/binding.js';
import { type KeyContext, PHASES } from '../../../src/tui/keys/keyContext.js';
import { keysMarkdown } from '../../../src/tui/keys/keysMarkdown.js';
import { bindingOf, KEY_TABLE } from '../../../src/tui/keys/keyTable.js';
import { VIEWS } from '../../../src/tui/viewState.js';

const keyContexts: KeyContext[] = VIEWS.flatMap((view) =>
  PHASES.flatMap((phase) =>
    (['live', 'watch'] as const).flatMap((mode) => [true, false].map((several) => ({ view, phase, mode, several }))),
  ),
);

test.each(VIEWS)('no key has two meanings in the view %s', (view) => {
  for (const keyContext of keyContexts.filter((candidate) => candidate.view === view)) {
    const keys = KEY_TABLE.filter((binding) => applies(binding, keyContext)).flatMap((binding) => binding.keys);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  }
});

test('in every context there is a way out, help, and a way into each view', () => {
  for (const keyContext of keyContexts)
    expect(['q', 'ctrl-c', 'escape', '?', '1', '6', 'tab'].map((key) => bindingOf(key, keyContext)?.action)).toEqual([
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
  for (const keyContext of keyContexts.filter(({ mode, phase }) => mode === 'watch' || phase === 'ended'))
    expect(commands.map((key) => bindingOf(key, keyContext))).toEqual(commands.map(() => undefined));
});

test('every binding applies somewhere, and its sentence fits its column', () => {
  for (const binding of KEY_TABLE) {
    expect(keyContexts.some((keyContext) => applies(binding, keyContext))).toBe(true);
    expect(binding.help.length).toBeLessThanOrEqual(28);
    expect(binding.shown.length).toBeLessThan(10);
  }
});

/** `npx vitest run test/tui/keys/keyTable.test.ts -u` writes the table anew. */
test('the keys in docs/DASHBOARD.md are those of the table', async () => {
  const [text] = readFileSync('docs/DASHBOARD.md', 'utf8').split('## Keys\n');
  await expect(`${text}## Keys\n\n${keysMarkdown()}\n`).toMatchFileSnapshot('../../../docs/DASHBOARD.md');
});

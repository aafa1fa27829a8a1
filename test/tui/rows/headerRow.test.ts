import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../../src/dashboard/state.js';
import type { RunEvent } from '../../../src/events/schema.js';
import { headerOf } from '../../../src/tui/rows/headerRow.js';
import { recordedRun } from '../../fixtures/events.js';

function headerAt(columns: number, name: string): string {
  const [run, ...rest] = [...recordedRun({ epochs: 1 })] as [RunEvent, ...RunEvent[]];
  const state = reduceAll(initialState, [{ ...run, config: { ...run.config, name } }, ...rest]);
  return headerOf(state, {}, columns)
    .rest.map(([, text]) => text)
    .join('')
    .trim();
}

test('a run is called by its name, and its network is shortened where there is no room for both', () => {
  expect(headerAt(200, 'baseline')).toMatch(/^millrace {2}baseline · transpose · .*completed {2}epoch 1 of 1$/);
  expect(headerAt(120, 'baseline')).toMatch(/^baseline · trans… · MNIST 60,000 +✓ completed/);
});

test('a long name is cut, and no name commands the terminal', () => {
  expect(headerAt(200, 'a name of very many characters')).toContain('  a name of very many cha… · transpose');
  expect(headerAt(200, 'red\u001b[31m')).toContain('red\\x1b[31m ·');
});

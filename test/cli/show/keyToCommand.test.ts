import { expect, test } from 'vitest';
import { commandOf } from '../../../src/cli/show/keyToCommand.js';
import type { Intent } from '../../../src/dashboard/intent.js';

test.each<[Intent, object | undefined]>([
  [
    { type: 'command', action: 'pause' },
    { action: 'pause', from: 'keyboard' },
  ],
  [
    { type: 'command', action: 'learningRate', value: 0.002 },
    { action: 'learningRate', value: 0.002, from: 'keyboard' },
  ],
  [{ type: 'replay', action: 'pause' }, undefined],
  [{ type: 'quit' }, undefined],
])('the key that asks for %j sends %j', (intent, command) => {
  expect(commandOf(intent)).toEqual(command);
});

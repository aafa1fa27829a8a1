import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../../src/events/commands/readCommand.js';
import { eventSchema } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';

test.each([
  { action: 'pause' },
  { action: 'learningRate', value: 0.1, step: 3, from: 'keyboard' },
  { action: 'stop', value: undefined, step: undefined },
])('%j is a command', (command) => {
  expect(readCommand(command)).toEqual(JSON.parse(JSON.stringify(command)));
});

test.each([
  [undefined, /it is nothing/],
  [null, /it is null/],
  ['pause', /it is "pause"/],
  [['pause'], /it is a list of 1/],
  [() => 'pause', /it is a function/],
  [{}, /it has no action \(one of pause, resume/],
  [{ action: undefined, value: 1 }, /it has no action/],
  [{ action: 'puase' }, /there is no action "puase" \(did you mean pause\?\)/],
  [{ action: 'rollback' }, /there is no action "rollback"/],
  [{ action: 'toString' }, /there is no action "toString"/],
  [{ action: 'learningRate', value: '0.1' }, /value is a number, not "0.1"/],
  [{ action: 'learningRate', value: Number.NaN }, /value is a number, not NaN/],
  [{ action: 'learningRate', value: null }, /value is a number, not null/],
  [{ action: 'pause', step: '4' }, /step is a whole number of 0 or more, not "4"/],
  [{ action: 'pause', stpe: 4 }, /a field "stpe" too many \(did you mean step\?\)/],
  [{ action: 'pause', from: 'me' }, /from is one of keyboard, file/],
])('%j is none, and it is said why', (value, reason) => {
  expect(readCommand(value)).toEqual({ reason: expect.stringMatching(reason) });
});

test('an event of a run may have more fields', () => {
  expect(readCommand({ action: 'save', step: 4, seq: 9 }, { recorded: true })).toEqual({ action: 'save', step: 4 });
});

test('what it lets through is an event that our own reader takes', () => {
  const anyField = fc.oneof(fc.anything(), fc.double(), fc.constantFrom('pause', 'epochs', 'api'));
  const sent = fc.record({ action: anyField, value: anyField, from: anyField }, { requiredKeys: [] });
  fc.assert(
    fc.property(sent, (value) => {
      const command = readCommand(value);
      if (!('action' in command)) return;
      const { step: _, from = 'api', ...body } = command;
      const event = createStamp()({ type: 'command', ...body, from }, { epoch: 1, step: 0 });
      expect(eventSchema.safeParse(JSON.parse(JSON.stringify(event))).success).toBe(true);
    }),
  );
});

import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/commandFile/parseCommandLine.js';
import { encodeEvent } from '../../../src/events/ndjson.js';
import { createStamp } from '../../../src/events/stamp.js';

test.each([
  ['{"action":"pause"}', { action: 'pause' }],
  ['  {"action":"learningRate","value":0.002}\r', { action: 'learningRate', value: 0.002 }],
  ['\ufeff{"action":"epochs","value":3,"step":120}', { action: 'epochs', value: 3, step: 120 }],
])('%j is a command, from the file', (line, command) => {
  expect(parseCommandLine(line)).toEqual({ ...command, from: 'file' });
});

test('the command event of a run is a command for its step, whoever asked then', () => {
  const stamp = createStamp();
  const line = encodeEvent(
    stamp({ type: 'command', action: 'learningRate', value: 0.5, from: 'keyboard' }, { epoch: 2, step: 7 }),
  );
  expect(parseCommandLine(line)).toEqual({ action: 'learningRate', value: 0.5, step: 7, from: 'file' });
});

test.each(['', '   ', '{"type":"loss","loss":1}', '{"type":"of a later version"}'])('%j is nothing', (line) => {
  expect(parseCommandLine(line)).toBeUndefined();
});

test.each([
  ['pause', /it is not a JSON object: "pause"/],
  ['{"action":"pau', /it is not a JSON object/],
  ['["pause"]', /it is not a JSON object/],
  ['null', /it is not a JSON object/],
  ['{\0"\0a\0', /it is text in UTF-16 or binary data/],
  ['{}', /it has no action/],
  ['{"action":3}', /it has no action/],
  ['{"action":"puase"}', /there is no action "puase" \(did you mean pause\?\)/],
  ['{"action":"rollback"}', /there is no action "rollback"/],
  ['{"action":"learningRate","value":"0.1"}', /value is a number/],
  ['{"action":"learningRate","value":1e999}', /value is a number/],
  ['{"action":"pause","step":-1}', /step is a whole number of 0 or more/],
  ['{"action":"pause","steps":5}', /it has a field "steps" too many/],
  ['{"type":"command","action":"explode","step":1}', /there is no action "explode"/],
  [`{"action":"\u001b[2J${'x'.repeat(1000)}"}`, /^.{0,300}$/],
])('%j is a sentence that quotes it', (line, sentence) => {
  const { problem } = parseCommandLine(line) as { problem: string };
  expect(problem).toMatch(sentence);
  expect(problem).toMatch(/^A line of the commands is passed over, .*: ".*"$/);
  expect(problem).not.toMatch(/\p{Cc}/u);
});

import { expect, test } from 'vitest';
import { CommandReader } from '../../../src/cli/commandFile/commandReader.js';

const pause = { action: 'pause', from: 'file' };
const resume = { action: 'resume', from: 'file' };

test('lines that arrive in pieces are put together', () => {
  const reader = new CommandReader();
  const text = '{"action":"pause"}\n\n{"type":"loss"}\n{"action":"resume"}\n';
  const read = [...text].flatMap((character) => reader.push(Buffer.from(character)));
  expect(read).toEqual([pause, resume]);
});

test('a command without its line feed is taken when it is whole, and only once', () => {
  const reader = new CommandReader();
  expect(reader.push(Buffer.from('{"action":"pause"}'))).toEqual([pause]);
  expect(reader.push(Buffer.from('\n{"action":'))).toEqual([]);
  expect(reader.push(Buffer.from('"resume"}\n'))).toEqual([resume]);
});

test('a damaged line does not keep those after it from being read', () => {
  const reader = new CommandReader();
  expect(reader.push(Buffer.from('{"action"\n{"action":"pause"}\n'))).toEqual([{ problem: expect.any(String) }, pause]);
});

test('a line without end is given up once, and what follows it is read', () => {
  const reader = new CommandReader();
  const piece = 'x'.repeat(1024 * 1024);
  const read = Array.from({ length: 40 }, () => reader.push(Buffer.from(piece))).flat();
  expect(read).toEqual([{ problem: expect.stringMatching(/too long/) }]);
  expect(reader.push(Buffer.from('x\n{"action":"pause"}\n'))).toEqual([pause]);
});

test('a file of something else is not answered line by line', () => {
  const reader = new CommandReader();
  const read = reader.push(Buffer.from('nonsense\n'.repeat(10_000)));
  expect(read).toHaveLength(11);
  expect(read.at(-1)).toEqual({ problem: expect.stringMatching(/without a word/) });
  expect(reader.push(Buffer.from('{"action":"pause"}\n'))).toEqual([pause]);
});

test('a line that nests deeply is not a command', () => {
  const read = new CommandReader().push(Buffer.from(`{"action":"pause","x":${'['.repeat(40)}${']'.repeat(40)}}\n`));
  expect(read).toEqual([{ problem: expect.stringMatching(/not a JSON object/) }]);
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { millrace, start, tinyJob } from './millrace.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const events = (): string => readFileSync(join(folder, 'kept', 'events.ndjson'), 'utf8');

beforeAll(async () => {
  await millrace(folder, 'train', ...tinyJob(folder), '--epochs', '2', '--output', 'kept');
  await millrace(folder, 'train', ...tinyJob(folder), '--epochs', '1');
});

test.each([
  ['a run folder', ['kept'], 'epoch 2 of 2'],
  ['an event file', ['kept/events.ndjson'], 'epoch 2 of 2'],
  ['the newest run without an argument', [], 'epoch 1 of 1'],
])('shows %s', async (_, path, line) => {
  const { code, stderr } = await millrace(folder, 'watch', ...path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(line) });
});

test('reads events from stdin to their end', async () => {
  const { child, finished } = start(folder, 'watch', '-');
  child.stdin.end(events());
  expect(await finished).toMatchObject({ code: 0, stderr: expect.stringContaining('completed after 20 steps') });
});

test('follows a file that is still growing, a torn line included', async () => {
  const text = events();
  const path = join(folder, 'growing.ndjson');
  const half = Math.floor(text.length / 2);
  writeFileSync(path, text.slice(0, half));
  const { child, finished } = start(folder, 'watch', path);
  child.stderr.once('data', () => appendFileSync(path, text.slice(half)));
  expect(await finished).toMatchObject({ code: 0, stderr: expect.stringContaining('completed after 20 steps') });
});

test('lists the runs kept here', async () => {
  const { stdout } = await millrace(folder, 'watch', '--list');
  expect(stdout.replace(/\d{8}-\d{6}-[0-9a-f]{4}/, 'an id')).toMatch(
    /^run .* network .*data .*epochs .*loss .*test loss .*state .*time\nan id {2}tiny .*1 of 1 .*completed .*0:00\n$/,
  );
});

test('says where there is no run', async () => {
  expect(await millrace(folder, 'watch', 'absent')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/absent: there is no such file/),
  });
});

test('says where stdin held no run', async () => {
  const { child, finished } = start(folder, 'watch', '-');
  child.stdin.end('garbage\n');
  expect(await finished).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/stdin: there is no event of a run in it/),
  });
});

test('says how many damaged lines it passed over', async () => {
  const path = join(folder, 'damaged.ndjson');
  writeFileSync(path, events().replace('"type":"loss"', '"type":"loss'));
  expect((await millrace(folder, 'watch', path)).stderr).toContain('1 damaged line was passed over');
});

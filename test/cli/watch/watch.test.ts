import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { millrace, millraceReading, start, tinyJob } from '../millrace.js';

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
  expect(await millraceReading(events(), folder, 'watch', '-')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('completed after 20 steps'),
  });
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

test('follows a file over a cut and says so', async () => {
  const text = events();
  const path = join(folder, 'cut.ndjson');
  const half = text.slice(0, text.lastIndexOf('\n', text.length / 2) + 1);
  writeFileSync(path, text.slice(0, -200));
  const { child, finished } = start(folder, 'watch', path);
  child.stderr.once('data', () => writeFileSync(path, half));
  child.stderr.on('data', (said: string) => {
    if (said.includes('was cut')) appendFileSync(path, text.slice(half.length));
  });
  expect(await finished).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(
      /the file was cut to [\d,]+ bytes; reading it from the start again\n(.*\n)*completed/,
    ),
  });
});

test('shows several runs, each line under its name', async () => {
  const { code, stderr } = await millrace(folder, 'watch', 'kept', '-', 'kept/events.ndjson');
  expect(code).toBe(1);
  expect(stderr).toContain('stdin: it is empty');
  const both = await millraceReading(events(), folder, 'watch', 'kept', '-');
  expect(both.stderr.split('\n')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^kept: epoch 2 of 2: /),
      expect.stringMatching(/^stdin: epoch 2 of 2: /),
      expect.stringMatching(/^kept: completed/),
      expect.stringMatching(/^stdin: completed/),
    ]),
  );
});

test('replays at a speed to the end, from a file and from stdin', async () => {
  expect(await millrace(folder, 'watch', '--speed', '50', 'kept')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('completed after 20 steps'),
  });
  expect(await millraceReading(events(), folder, 'watch', '-', '--speed', '50')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('completed after 20 steps'),
  });
});

test('reads a named pipe, whose writer may come later', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const { finished } = start(folder, 'watch', path, 'kept');
  await writeFile(path, events());
  const { code, stderr } = await finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('fifo: completed after 20 steps') });
});

test('a last line without its line feed counts when its writer has gone', async () => {
  expect((await millraceReading(events().trimEnd(), folder, 'watch', '-')).stderr).toContain(
    'completed after 20 steps',
  );
});

test('finds a run kept here by its id', async () => {
  const { stdout } = await millrace(folder, 'watch', '--list', '--json');
  const { id, path } = JSON.parse(stdout);
  expect(path).toBe(join('runs', id, 'events.ndjson'));
  expect((await millrace(folder, 'watch', id)).stderr).toContain(`run ${id}`);
});

test('lists the runs kept here as objects, one a line', async () => {
  const { stdout } = await millrace(folder, 'watch', '--list', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    network: 'tiny',
    data: 'tiny-idx3-ubyte',
    sample: false,
    epochs: 1,
    epochsDone: 1,
    steps: 10,
    loss: expect.any(Number),
    state: 'completed',
    durationMs: expect.any(Number),
  });
});

test('a run that cannot be read is listed as such; its name commands nothing', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(join(elsewhere, 'runs', 'evil\u001b[2J'), { recursive: true });
  writeFileSync(join(elsewhere, 'runs', 'evil\u001b[2J', 'events.ndjson'), 'nothing\n');
  const { stdout } = await millrace(elsewhere, 'watch', '--list');
  expect(stdout).toMatch(/^evil\\x1b\[2J .*unreadable/m);
});

test('no runs are a sentence', async () => {
  const nowhere = join(folder, 'nowhere');
  mkdirSync(nowhere);
  expect(await millrace(nowhere, 'watch', '--list')).toEqual({
    code: 0,
    stdout: '',
    stderr: 'No run is kept here. Start one with millrace train.\n',
  });
});

test('prints one picture as text, without escapes where no one asks for colour', async () => {
  const { code, stdout } = await millrace(folder, 'watch', '--once', 'kept', '--size', '80x24');
  const rows = stdout.split('\n');
  expect({ code, rows: rows.length, widest: Math.max(...rows.map((row) => row.length)) }).toEqual({
    code: 0,
    rows: 24,
    widest: 80,
  });
  expect(stdout).toMatch(/^ millrace .*epoch 2 of 2\n/);
  expect(stdout).not.toContain('\u001b');
});

test('prints one picture as SVG, also of what comes through a pipe', async () => {
  const { code, stdout } = await millraceReading(events(), folder, 'watch', '-', '--once', 'svg');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 1224 804"[\s\S]*<\/svg>\n$/);
  expect(stdout).toContain('<title>Millrace · stdin: tiny on tiny-idx3-ubyte, epoch 2 of 2, completed</title>');
});

test('a last line without its line feed is in the picture', async () => {
  const path = join(folder, 'cut-short.ndjson');
  writeFileSync(path, events().trimEnd());
  expect((await millrace(folder, 'watch', path, '--once')).stdout).toMatch(/completed|[✓+] /);
});

// Some wait for what may yet be written, so all of them at once.
test.concurrent.each([
  ['no run', ['absent'], 1, /absent: there is no such file\./],
  ['an empty file', ['empty.ndjson'], 1, /empty\.ndjson: it is empty\./],
  ['binary data', ['kept/model.safetensors'], 1, /this is no record of a run but binary data\./],
  ['a file of something else', ['tiny.json'], 1, /tiny\.json: there is no event of a run in it\./],
  ['nine runs', Array.from({ length: 9 }, () => 'kept'), 2, /at most 8 runs at once, found 9/],
  ['a size out of bounds', ['kept', '--once', '--size', '9x9'], 2, /--size: expected COLUMNSxROWS from 20x6/],
])('%s is one sentence', async (_, args, code, sentence) => {
  writeFileSync(join(folder, 'empty.ndjson'), '');
  const finished = await millrace(folder, 'watch', ...args);
  expect(finished).toEqual({ code, stdout: '', stderr: expect.stringMatching(sentence) });
  expect(finished.stderr.trimEnd()).not.toContain('\n');
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
  expect(await millraceReading('garbage\n', folder, 'watch', '-')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/stdin: this is no record of a run but text: "garbage"/),
  });
});

test('says how many damaged lines it passed over', async () => {
  const path = join(folder, 'damaged.ndjson');
  writeFileSync(path, events().replace('"type":"loss"', '"type":"loss'));
  expect((await millrace(folder, 'watch', path)).stderr).toContain('1 damaged line was passed over');
});

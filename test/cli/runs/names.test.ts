import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { eventsOf, millrace, tinyJob } from '../millrace.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--epochs', '2', '--ui', 'plain'];
writeFileSync(join(folder, 'stop'), '{"action":"stop","step":13}\n');

beforeAll(async () => {
  const { code, stderr } = await millrace(folder, ...job, '--name', 'a baseline', '--commands', 'stop');
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^run \d{8}-\d{6}-[0-9a-f]{4} \(a baseline\): tiny, .* kept in runs\/\d{8}-/),
  });
});

test('a list and its objects have the name', async () => {
  const { stdout } = await millrace(folder, 'watch', '--list');
  expect(stdout).toMatch(/^run +name +network .*\n\S+ {2}a baseline {2}tiny .*stopped/);
  const { stdout: json } = await millrace(folder, 'watch', '--list', '--json');
  expect(JSON.parse(json)).toMatchObject({ name: 'a baseline', network: 'tiny' });
});

test('watch and compare find the run by it, and show it', async () => {
  const { code, stdout } = await millrace(folder, 'watch', 'a baseline', '--once', '--size', '160x40');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^.* a baseline · tiny · tiny-idx3-ubyte 200/)]);
  const both = await millrace(folder, 'watch', 'a baseline', 'a baseline', '--once', 'svg');
  expect(both.stdout).toMatch(/<title>Millrace · runs\/\S+ tiny on .* · runs\//);
  const compared = await millrace(
    folder,
    ...[...job, '--no-output', '--compare', 'a baseline', '--events', '-', '--ui', 'none'],
  );
  expect(compared.code).toBe(0);
  expect(eventsOf(compared.stdout)[0]).toMatchObject({ config: { compare: 'a baseline' } });
});

test('a resume finds the run by it; the run keeps its name', async () => {
  const { code, stderr } = await millrace(folder, 'train', '--resume', 'a baseline', '--ui', 'plain');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^run \S+ \(a baseline\): .*, resumed at step 13/)]);
  const { stdout } = await millrace(folder, 'watch', '--list', '--json');
  const events = eventsOf(readFileSync(join(folder, JSON.parse(stdout).path), 'utf8'));
  expect(events.flatMap((event) => (event.type === 'run' ? [event.config?.name] : []))).toEqual([
    'a baseline',
    'a baseline',
  ]);
  expect(await millrace(folder, 'train', '--resume', 'a baseline', '--name', 'other')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^millrace: --name: expected nothing with resume, found "other"\. The run keeps/),
  });
});

test.each(['../up', '-x', 'x.json', '\u001b]0;owned\u0007', ''])('%j is refused as a name', async (name) => {
  const { code, stderr } = await millrace(folder, ...job, `--name=${name}`);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^millrace: --name: expected 1 to 60 printable characters, /);
  expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
});

test('what a hostile file calls a run commands no terminal', async () => {
  const { stdout } = await millrace(folder, 'watch', '--list', '--json');
  const text = readFileSync(join(folder, JSON.parse(stdout).path), 'utf8');
  const path = join(folder, 'hostile.ndjson');
  writeFileSync(path, text.replaceAll('"name":"a baseline"', '"name":"\\u001b]0;owned\\u0007\\u202e"'));
  const shown = await Promise.all(
    [
      ['watch', path],
      ['watch', path, path],
      ['watch', path, '--once', '--size', '160x40'],
      ['watch', path, '--once', 'svg'],
    ].map((args) => millrace(folder, ...args)),
  );
  for (const { stdout, stderr } of shown) {
    expect(stdout + stderr).toContain('\\x1b]0;owned\\x07\\u202e');
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  }
});

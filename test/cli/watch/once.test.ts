import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OnceOptions } from '../../../src/cli/watch/flags.js';
import { once } from '../../../src/cli/watch/once.js';
import { bytesOf } from '../../dashboard/replay/recordings.js';
import { recordedRun } from '../../fixtures/events.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { fakeStreams } from '../fakeStreams.js';

const path = join(temporaryFolder(), 'a <run> & \u001b[31m.ndjson');
writeFileSync(path, bytesOf(recordedRun({ epochs: 2, stepsPerEpoch: 100 })));
const options: OnceOptions = { format: 'text', size: { columns: 80, rows: 24 }, view: 'overview', step: undefined };
const looks = { glyphs: undefined, comparison: undefined };
const color = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };

async function printed(env: Record<string, string>, isTTY: boolean, more: Partial<OnceOptions> = {}): Promise<string> {
  const streams = fakeStreams(env, { isTTY });
  expect(await once([path], { ...options, ...more }, looks, { ...streams, stdin: process.stdin })).toBe(0);
  return streams.stdout.text;
}

test.each([
  ['a terminal', color, true, true],
  ['a pipe', color, false, false],
  ['a terminal with NO_COLOR', { ...color, NO_COLOR: '1' }, true, false],
  ['a pipe with FORCE_COLOR', { ...color, FORCE_COLOR: '2' }, false, true],
  ['a terminal with FORCE_COLOR=0', { ...color, FORCE_COLOR: '0' }, true, false],
])('on %s', async (_, env, isTTY, colored) => {
  const text = await printed(env, isTTY);
  expect(text.includes('\u001b[')).toBe(colored);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are all that may be in it
  expect(text.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(/(?!\n)\p{Cc}/u);
});

test('where the locale is not UTF-8, in ASCII', async () => {
  expect(await printed({ TERM: 'xterm' }, false)).toMatch(/^[ -~\n]*$/);
});

test('another view, at its size', async () => {
  const rows = (await printed(color, false, { view: 'network', size: { columns: 40, rows: 12 } })).split('\n');
  expect(rows).toHaveLength(12);
  expect(Math.max(...rows.map((row) => row.length))).toBe(40);
});

test('a picture does not depend on terminal and locale, and names from outside stay text', async () => {
  const svg = await printed({ TERM: 'dumb', NO_COLOR: '1' }, false, { format: 'svg' });
  expect(svg).toBe(await printed(color, true, { format: 'svg' }));
  expect(svg).toContain(
    '<title>Millrace · a &lt;run&gt; &amp; \\x1b[31m.ndjson: transpose on mnist, epoch 2 of 2, completed',
  );
  expect(svg).not.toMatch(/(?!\n)\p{Cc}/u);
});

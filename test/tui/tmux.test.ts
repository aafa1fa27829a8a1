// The same frame within tmux, which has a screen of its own between the program and the terminal.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';
import { recordedRun } from '../fixtures/events.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const folder = temporaryFolder();
const socket = join(folder, 'socket');
const tmux = (...args: string[]): string =>
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
const program = resolve('bin/millrace.js');
const path = join(folder, 'run.ndjson');
writeFileSync(
  path,
  [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined })]
    .map((event) => `${JSON.stringify(event)}\n`)
    .join(''),
);
afterAll(() => {
  if (hasTmux) spawnSync('tmux', ['-S', socket, 'kill-server']);
});

test.skipIf(!hasTmux)('tmux shows what is drawn, cell by cell (needs tmux)', async () => {
  const environment = { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '2' };
  const printed = execFileSync(process.execPath, [program, 'watch', path, '--once', '--size', '80x24'], {
    encoding: 'utf8',
    env: environment,
  });
  const command = `env -u CI LANG=C.UTF-8 "${process.execPath}" "${program}" watch "${path}"`;
  tmux('-u', 'new-session', '-d', '-x', '80', '-y', '24', command);
  // The last line has the keys and where the replay is.
  const framed = (text: string): string[] =>
    stripVTControlCharacters(text)
      .split('\n')
      .slice(0, 22)
      .map((row) => row.trimEnd());
  await vi.waitFor(() => expect(framed(tmux('capture-pane', '-p'))).toEqual(framed(printed)), {
    timeout: 15_000,
    interval: 100,
  });
  tmux('send-keys', '4');
  await vi.waitFor(() => expect(tmux('capture-pane', '-p')).toContain('[4 network]'), { timeout: 5000, interval: 100 });
});

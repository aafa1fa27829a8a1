// Through a real pseudo-terminal, with a shell around the program, as people have it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { recordedRun } from '../../fixtures/events.js';
import { firstCases, wholeTest } from '../../fixtures/laws.js';
import { AFTERWARDS, COOKED, closeShells, shellOn } from '../pseudoTerminal.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-terminal-'));
const program = join(folder, 'dashboard.mjs');
const events = join(folder, 'events.ndjson');

beforeAll(async () => {
  // As the program itself is: a process would otherwise open 600 files before it draws.
  await build({
    entryPoints: [fileURLToPath(new URL('../fixtures/dashboard.mjs', import.meta.url))],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    alias: {
      'react-devtools-core': fileURLToPath(new URL('../../exports/fixtures/bundled/empty.cjs', import.meta.url)),
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const run = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined })];
  writeFileSync(events, run.map((event) => `${JSON.stringify(event)}\n`).join(''));
});
afterEach(closeShells);
afterAll(() => rmSync(folder, { recursive: true }));

const shell = (script: string, command?: string[]) => shellOn(folder, script, command);
const dashboard = (ending: string): string => `"${process.execPath}" "${program}" "${events}" ${ending}`;
test('q ends it, and the shell finds its terminal as it was', async () => {
  const { child, ended, shows, text, alternate, output } = shell(`echo before; ${dashboard('quit')}${AFTERWARDS}`);
  await shows('epoch 4 of 8');
  expect(alternate()).toBe(true);
  child.write('q');
  await ended;
  expect(await text()).toMatch(/^before\nrunning: 3 epochs, 1,000 steps.*\n(.*\n)*status 0\n/);
  expect(await text()).toContain(COOKED);
  expect(output().split('\u001b[?1049l')).toHaveLength(2);
  expect(output()).not.toContain('\u001b[3J');
});

const endings = [
  { ending: 'throw', printed: 'Error: a test error' },
  { ending: 'exit', printed: 'status 7' },
];

test.each(firstCases(endings, 1))('an end by $ending gives the terminal back first', async ({ ending, printed }) => {
  const { child, ended, shows, text, alternate } = shell(dashboard(ending) + AFTERWARDS);
  await shows('epoch 4 of 8');
  child.write('\u0003');
  await ended;
  expect(alternate()).toBe(false);
  expect(await text()).toContain(printed);
  expect(await text()).toContain(COOKED);
});

test('a signal that no one handles gives the terminal back first', async () => {
  const { ended, shows, text, alternate } = shell(
    `sh -c 'echo $$ >pid; exec "$@"' sh ${dashboard('quit')}${AFTERWARDS}`,
  );
  await shows('epoch 4 of 8');
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM');
  await ended;
  expect(alternate()).toBe(false);
  expect(await text()).toContain(`status ${128 + 15}`);
  expect(await text()).toContain(COOKED);
});

wholeTest('draws on the terminal while stdout is a pipe and stdin is not one', async () => {
  const { child, ended, shows } = shell(`${dashboard('quit')} </dev/null | cat >out`);
  await shows('epoch 4 of 8');
  child.write('q');
  await ended;
  const out = readFileSync(join(folder, 'out'), 'utf8');
  expect(out).toMatch(/^running: 3 epochs/);
  expect(out).not.toContain('\u001b');
});

test('follows the size of the terminal, although it opened the terminal itself', async () => {
  const { child, ended, shows, resize, text } = shell(`${dashboard('quit')} </dev/null | cat >out`);
  await shows('epoch 4 of 8');
  resize(120, 40);
  // A frame may arrive in pieces.
  await shows('6 log');
  await vi.waitFor(async () => expect((await text()).split('\n')).toHaveLength(39));
  child.write('q');
  await ended;
});

test('a background job finds no terminal, and is not stopped for looking', async () => {
  const { ended, shows } = shell(`set -m; ${dashboard('quit')} & wait; echo done`);
  await shows('no terminal\ndone');
  await ended;
});

const bash = '/bin/bash';
test.skipIf(!existsSync(bash))('Ctrl-Z stops it and fg brings it back (where bash is installed)', async () => {
  const { child, ended, shows, alternate, text } = shell('', [bash, '--norc', '-i']);
  child.write(`${dashboard('quit')}\n`);
  await shows('epoch 4 of 8');
  child.write('\u001a');
  await shows('Stopped');
  expect(alternate()).toBe(false);
  child.write('fg\n');
  await shows('epoch 4 of 8');
  expect(alternate()).toBe(true);
  child.write('q');
  await shows('running: 3 epochs');
  child.write('exit\n');
  await ended;
  expect(await text()).toContain('running: 3 epochs');
});

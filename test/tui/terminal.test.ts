// Through a real pseudo-terminal, with a shell around the program, as people have it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { recordedRun } from '../fixtures/events.js';

const program = fileURLToPath(new URL('fixtures/dashboard.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'millrace-terminal-'));
const events = join(folder, 'events.ndjson');
const children: IPty[] = [];

beforeAll(() => {
  const run = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined })];
  writeFileSync(events, run.map((event) => `${JSON.stringify(event)}\n`).join(''));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a shell script on a terminal of 80 × 24; what it prints is what xterm shows. */
function shell(script: string, command = ['sh', '-c', script]) {
  const emulator = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const [file = '', ...args] = command;
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    PS1: '$ ',
  };
  const child = spawn(file, args, { cols: 80, rows: 24, cwd: folder, env: environment });
  children.push(child);
  let output = '';
  child.onData((text) => {
    output += text;
    emulator.write(text);
  });
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  const text = async (): Promise<string> => {
    await new Promise<void>((resolve) => emulator.write('', resolve));
    const { active } = emulator.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.join('\n').trimEnd();
  };
  return {
    child,
    ended,
    text,
    output: () => output,
    alternate: () => emulator.buffer.active.type === 'alternate',
    shows: (part: string) =>
      vi.waitFor(async () => expect(await text()).toContain(part), { timeout: 15_000, interval: 50 }),
    resize: (columns: number, rows: number) => {
      emulator.resize(columns, rows);
      child.resize(columns, rows);
    },
  };
}

const dashboard = (ending: string): string => `"${process.execPath}" "${program}" "${events}" ${ending}`;
/** What raw mode would have changed, told by the terminal itself. */
const AFTERWARDS = '; echo "status $?"; stty -a | tr ";" "\\n" | grep -ow -e "-\\?icanon" -e "-\\?echo" -e "-\\?isig"';
const COOKED = 'isig\nicanon\necho';

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

test.each([
  ['throw', 'Error: a test error'],
  ['exit', 'status 7'],
])('an end by %s gives the terminal back first', async (ending, printed) => {
  const { child, ended, shows, text, alternate } = shell(dashboard(ending) + AFTERWARDS);
  await shows('epoch 4 of 8');
  child.write('\u0003');
  await ended;
  expect(alternate()).toBe(false);
  expect(await text()).toContain(printed);
  expect(await text()).toContain(COOKED);
});

test('a signal that nobody handles gives the terminal back first', async () => {
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

test('draws on the terminal while stdout is a pipe and stdin is not one', async () => {
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
  await shows('1,077 parameters');
  expect((await text()).split('\n')).toHaveLength(39);
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

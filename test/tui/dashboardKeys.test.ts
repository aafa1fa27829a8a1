import { afterEach, expect, test, vi } from 'vitest';
import { initialState, reduce } from '../../src/dashboard/state.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { type DashboardHandle, openDashboard } from '../../src/tui/openDashboard.js';
import { recordedRun } from '../fixtures/events.js';
import { type FakeTerminal, fakeTerminal } from './fakeTerminal.js';

const opened: DashboardHandle[] = [];
afterEach(async () => {
  for (const dashboard of opened.splice(0)) await dashboard.close();
});

const running: MillraceEvent[] = [
  ...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, detailed: true }),
];

async function open(
  mode: 'live' | 'watch' = 'live',
  size: [columns: number, rows: number] = [120, 40],
  more: Readonly<Record<string, string>> = {},
) {
  const terminal = fakeTerminal(...size);
  const [onStop, onAbort, onIntent] = [vi.fn(), vi.fn(), vi.fn()];
  const environment = { TERM: 'xterm-256color', LANG: 'C.UTF-8', ...more };
  const dashboard = await openDashboard({ terminal, mode, onStop, onAbort, onIntent, environment });
  opened.push(dashboard);
  dashboard.push(running);
  await shows(terminal, 'epoch 4 of 8');
  return { terminal, dashboard, onStop, onAbort, onIntent };
}

const text = async (terminal: FakeTerminal): Promise<string> => (await terminal.screen()).join('\n');
async function shows(terminal: FakeTerminal, wanted: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect(await text(terminal)).toMatch(wanted), { timeout: 5000 });
}

test('a number shows its view, ? its keys, and escape leads back', async () => {
  const { terminal } = await open();
  terminal.type('4');
  await shows(terminal, 'encoder.0  conv2d');
  terminal.type('?');
  await shows(terminal, 'keys of the network');
  terminal.type('\u001b');
  await shows(terminal, 'encoder.0  conv2d');
  terminal.type('\u001b');
  await shows(terminal, 'test digits');
});

test('a sequence that comes in two pieces is one key', async () => {
  const { terminal } = await open('live', [80, 12]);
  terminal.type('4');
  await shows(terminal, '1–8 of');
  terminal.type('\u001b');
  terminal.type('[B');
  await shows(terminal, '2–9 of');
});

test('keys ask the run, and what was asked shows until it has happened', async () => {
  const { terminal, dashboard, onIntent } = await open();
  terminal.type('s');
  expect(onIntent.mock.calls).toEqual([[{ type: 'command', action: 'save' }]]);
  await shows(terminal, 'saving…');
  const checkpoint = {
    path: 'step-00001000.safetensors',
    bytes: 15_432,
    durationMs: 1,
    best: false,
    requested: true,
  } as const;
  dashboard.push([{ ...running.at(-1)!, type: 'checkpoint', ...checkpoint }]);
  await shows(terminal, 'saved step-00001000.safetensors');
  expect(await text(terminal)).not.toContain('saving…');
});

test('two keys for the learning rate make four times of it, before the run has answered', async () => {
  const { terminal, onIntent } = await open();
  terminal.type('++u');
  expect(onIntent.mock.calls.map(([intent]) => intent.value)).toEqual([0.002, 0.004, 0.002]);
});

test('abandoning asks in the last line first', async () => {
  const { terminal, onIntent } = await open();
  terminal.type('A');
  await shows(terminal, 'end the run at once');
  terminal.type('y');
  expect(onIntent.mock.calls).toEqual([[{ type: 'command', action: 'abandon' }]]);
});

test('while a run is watched space holds the recording, and q closes', async () => {
  const { terminal, dashboard, onIntent, onStop } = await open('watch');
  terminal.type(' ');
  dashboard.show({ replay: { playing: false, speed: 1, position: 0.5 } });
  terminal.type(' q');
  expect(onIntent.mock.calls).toEqual([[{ type: 'replay', action: 'pause' }], [{ type: 'replay', action: 'play' }]]);
  expect(onStop).toHaveBeenCalledTimes(1);
});

test('n shows the next of several runs', async () => {
  const { terminal, dashboard } = await open('watch');
  const other = [...recordedRun({ epochs: 2, sample: true })].reduce(reduce, initialState);
  dashboard.show({ runs: [running.reduce(reduce, initialState), other] });
  await shows(terminal, 'n next run');
  terminal.type('n');
  await shows(terminal, /MNIST sample.*epoch 2 of 2/);
});

test('the mouse chooses views, and is left to the terminal where that is wanted', async () => {
  const { terminal } = await open();
  const column = (await text(terminal)).indexOf('6 log') + 1;
  terminal.type(`\u001b[<0;${column};1M\u001b[<0;${column};1m`);
  await shows(terminal, /\[6 log\]/);
  const written = terminal.writes.length;
  terminal.type('m');
  expect(terminal.writes.slice(written).join('')).toContain('\u001b[?1002l');
  terminal.type('m');
  expect(terminal.writes.slice(written).join('')).toContain('\u001b[?1002h');
});

test('the mouse is given back with the terminal', async () => {
  const { terminal, dashboard } = await open();
  expect(terminal.writes.join('')).toContain('\u001b[?1002h');
  await dashboard.close();
  expect(terminal.writes.at(-1)).toMatch(/1002l.*2004l.*1049l/);
});

test('ctrl-l sets a disturbed screen right: its text, colours, cursor, mouse and keyboard', async () => {
  const { terminal } = await open();
  const before = await terminal.screen();
  terminal.write('\u001b[31;44m\u001b[3;10r\u001b(0\u001b[?25h\u001b[?1002l\u001b[?7h');
  terminal.write(`\u001b[H${'noise '.repeat(400)}`);
  terminal.setRawMode(false);
  expect(await terminal.screen()).not.toEqual(before);
  const written = terminal.writes.length;
  terminal.type('\u000c');
  await vi.waitFor(async () => expect(await terminal.screen()).toEqual(before));
  expect(terminal.writes.slice(written).join('')).toMatch(/\?25l.*\?7l.*\?1002h/s);
  expect([terminal.raw, await terminal.colorsAt(0, 119)]).toEqual([true, { ink: -1, paper: -1 }]);
});

test('ctrl-z stops the job', async () => {
  const { terminal } = await open();
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  terminal.type('\u001a');
  expect(kill.mock.calls).toEqual([[0, 'SIGTSTP']]);
  kill.mockRestore();
});

test('a dashboard that fails gives the terminal back and says why; the run goes on', async () => {
  const { terminal, dashboard } = await open();
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  dashboard.show({
    runs: [{ ...initialState, history: undefined as never, run: undefined, status: 'nonsense' as never }],
  });
  await vi.waitFor(() => expect(terminal.closed).toBe(true));
  expect(String(warned.mock.calls[0]?.[0])).toContain('the run goes on');
  dashboard.push(running);
  terminal.type('q');
  warned.mockRestore();
});

/** Kitty's pictures begin with it; what deletes them has `a=d`. */
const sent = (terminal: FakeTerminal, action: string): number =>
  terminal.writes.join('').split(`\u001b_Ga=${action}`).length - 1;

test('K sends the digits as pictures, and the help takes them away', async () => {
  const { terminal } = await open();
  expect(sent(terminal, 'T')).toBe(0);
  terminal.type('K');
  await vi.waitFor(() => expect(sent(terminal, 'T')).toBeGreaterThan(10), { timeout: 5000 });
  terminal.type('?');
  await shows(terminal, 'keys of the overview');
  expect(sent(terminal, 'd')).toBeGreaterThan(10);
});

test('within tmux K sends none', async () => {
  const { terminal } = await open('live', [120, 40], { TERM: 'tmux-256color' });
  terminal.type('K?');
  await shows(terminal, 'keys of the overview');
  terminal.type('\u001b');
  await shows(terminal, 'test digits');
  expect(sent(terminal, 'T')).toBe(0);
});

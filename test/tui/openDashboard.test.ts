import { afterEach, expect, test, vi } from 'vitest';
import { initialState, reduce } from '../../src/dashboard/state.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { type DashboardHandle, type DashboardOptions, openDashboard } from '../../src/tui/openDashboard.js';
import { recordedRun } from '../fixtures/events.js';
import { type FakeTerminal, fakeTerminal } from './fakeTerminal.js';

const environment = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const opened: DashboardHandle[] = [];

afterEach(async () => {
  for (const dashboard of opened.splice(0)) await dashboard.close();
});

async function open(terminal: FakeTerminal, options: Partial<Pick<DashboardOptions, 'mode' | 'comparison'>> = {}) {
  const [onStop, onAbort] = [vi.fn(), vi.fn()];
  const dashboard = await openDashboard({ terminal, mode: 'live', onStop, onAbort, environment, ...options });
  opened.push(dashboard);
  return { dashboard, onStop, onAbort };
}

const events = (options?: Parameters<typeof recordedRun>[0]): MillraceEvent[] => [...recordedRun(options)];
const running = (): MillraceEvent[] => events({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined });

async function shows(terminal: FakeTerminal, text: string): Promise<void> {
  await vi.waitFor(async () => expect((await terminal.screen()).join('\n')).toContain(text), { timeout: 5000 });
}

test('takes the alternate screen and gives everything back, the scrollback untouched', async () => {
  const terminal = fakeTerminal(80, 24);
  for (let line = 0; line < 60; line++) terminal.write(`line ${line}\r\n`);
  terminal.write('$ millrace');
  const before = await terminal.normalScreen();
  const { dashboard } = await open(terminal);
  expect([terminal.raw, await terminal.onAlternateScreen()]).toEqual([true, true]);
  dashboard.push(running());
  await shows(terminal, 'epoch 4 of 8');
  await dashboard.close();
  expect([terminal.raw, terminal.closed, await terminal.onAlternateScreen()]).toEqual([false, true, false]);
  expect(await terminal.normalScreen()).toEqual(before);
  expect(terminal.writes.at(-1)).toContain('\u001b[?25h');
});

test('compares with what it is given instead of the notebook', async () => {
  const terminal = fakeTerminal(120, 40);
  const epochs = [1, 2, 3, 4].map((epoch) => ({ epoch, loss: 0.02 / epoch }));
  const { dashboard } = await open(terminal, { comparison: { name: 'yesterday', curves: [{ epochs }] } });
  dashboard.push(running());
  await shows(terminal, 'behind yesterday');
});

test('gives the terminal back once, however often it is closed', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  await Promise.all([dashboard.close(), dashboard.close()]);
  await dashboard.close();
  expect(terminal.writes.filter((text) => text.includes('\u001b[?1049l'))).toHaveLength(1);
});

test('writes a frame at once, in one synchronized update, and none of what stays', async () => {
  const terminal = fakeTerminal(120, 40);
  const { dashboard } = await open(terminal);
  dashboard.push(running());
  await shows(terminal, 'epoch 4 of 8');
  const first = terminal.writes.length;
  const last = running().at(-2)!;
  const later = last.elapsedMs + 60_000;
  dashboard.push([{ ...last, type: 'stats', elapsedMs: later, imagesPerSecond: 4321, rssBytes: 1, stages: [] }]);
  await shows(terminal, '4,320');
  const [frame, ...others] = terminal.writes.slice(first);
  expect(others).toEqual([]);
  expect([frame?.startsWith('\u001b[?2026h'), frame?.endsWith('\u001b[?2026l')]).toEqual([true, true]);
  expect(frame?.length).toBeLessThan(terminal.writes[first - 1]!.length / 4);
});

test('never scrolls, wraps or clears more than its own screen', async () => {
  const terminal = fakeTerminal(40, 12);
  const { dashboard } = await open(terminal);
  dashboard.push(running());
  await shows(terminal, 'epoch 4 of 8');
  await dashboard.close();
  const written = terminal.writes.join('');
  expect(written.split('\u001b[2J')).toHaveLength(1 + 2);
  expect([written.includes('\n'), written.includes('\u001b[3J')]).toEqual([false, false]);
});

test('draws ten times a second at most, and nothing while nothing happens', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  for (const event of running()) dashboard.push([event]);
  await shows(terminal, 'epoch 4 of 8');
  const frames = terminal.writes.length;
  expect(frames).toBeLessThan(20);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(terminal.writes).toHaveLength(frames);
});

/** The digits' first row below their title, and the number of rows with half blocks. */
async function digitsOf(terminal: FakeTerminal): Promise<{ first: number; rows: number }> {
  const screen = await terminal.screen();
  const rows = screen.flatMap((row, index) => (/[▀▄█]/.test(row) ? [index] : []));
  return { first: rows[0]! - screen.findIndex((row) => row.includes('test digits')), rows: rows.length };
}

test('digits are in their places after several frames and after a resize', async () => {
  const terminal = fakeTerminal(120, 40);
  const { dashboard } = await open(terminal);
  dashboard.push(running().slice(0, 500));
  await shows(terminal, 'epoch 2 of 8');
  const placed = await digitsOf(terminal);
  expect(placed).toEqual({ first: 3, rows: 12 });
  dashboard.push(running().slice(500));
  await shows(terminal, 'epoch 4 of 8');
  expect(await digitsOf(terminal)).toEqual(placed);
  const row = (await terminal.screen()).findIndex((text) => /[▀▄█]/.test(text));
  const column = (await terminal.screen())[row]!.search(/[▀▄█]/);
  expect((await terminal.colorsAt(row, column)).ink).toBeGreaterThanOrEqual(232);

  terminal.resize(80, 24);
  await vi.waitFor(async () => expect((await terminal.screen())[22]).toContain('q finish'));
  expect(await digitsOf(terminal)).toEqual({ first: 2, rows: 12 });
  expect((await terminal.screen())[23]).toBe('');
  terminal.resize(120, 40);
  await vi.waitFor(async () => expect((await terminal.screen())[38]).toContain('q finish'));
  expect(await digitsOf(terminal)).toEqual(placed);
});

test('a terminal that becomes too small says so, and draws again when it has grown', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  dashboard.push(running());
  terminal.resize(15, 4);
  await shows(terminal, 'needs at least\n20×6');
  terminal.resize(80, 24);
  await shows(terminal, 'test digits');
});

test.each(['q', '\u0003'])('%j asks to finish, a second time leaves at once', async (key) => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard, onStop, onAbort } = await open(terminal);
  dashboard.push(running());
  terminal.type(key);
  await shows(terminal, 'finishing the step');
  expect([onStop.mock.calls.length, onAbort.mock.calls.length]).toEqual([1, 0]);
  terminal.type(key);
  expect([onStop.mock.calls.length, onAbort.mock.calls.length]).toEqual([1, 1]);
});

test('after the end of the run the same key asks to close, every time', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard, onStop, onAbort } = await open(terminal, { mode: 'watch' });
  dashboard.push(events());
  await shows(terminal, 'completed');
  expect((await terminal.screen())[22]).toContain('q close');
  terminal.type('q');
  terminal.type('q');
  expect([onStop.mock.calls.length, onAbort.mock.calls.length]).toEqual([2, 0]);
});

test('other keys do nothing', async () => {
  const terminal = fakeTerminal(80, 24);
  const { onStop, onAbort } = await open(terminal);
  terminal.type('\u001b[24~\u001b[200~q\u001b[201~z');
  expect([onStop.mock.calls.length, onAbort.mock.calls.length]).toEqual([0, 0]);
});

test('a terminal that says it is light gets its black pixels painted', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  expect(terminal.writes.join('')).not.toContain('\u001b]11;?');
  dashboard.push(running());
  await shows(terminal, 'test digits');
  const corner = async (): Promise<number> => {
    const title = (await terminal.screen()).findIndex((row) => row.includes('test digits'));
    return (await terminal.colorsAt(title + 1, 5)).paper;
  };
  expect([terminal.writes.filter((text) => text.includes('\u001b]11;?')).length, await corner()]).toEqual([1, -1]);
  terminal.type('\u001b]11;rgb:ffff/ffff/eeee\u001b\\');
  await vi.waitFor(async () => expect(await corner()).toBe(232));
});

test('a notice shows until it is taken back', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  dashboard.notice('MNIST: 3.1 of 11.6 MB');
  await shows(terminal, '3.1 of 11.6');
  dashboard.notice('');
  await vi.waitFor(async () => expect((await terminal.screen()).join('')).not.toContain('11.6'));
});

test('comes back from a suspension, but not into the background', async () => {
  const terminal = fakeTerminal(80, 24);
  const { dashboard } = await open(terminal);
  dashboard.push(running());
  await shows(terminal, 'test digits');
  terminal.foreground = false;
  const written = terminal.writes.length;
  process.emit('SIGCONT');
  dashboard.push(running());
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(terminal.writes).toHaveLength(written);
  terminal.foreground = true;
  process.emit('SIGCONT');
  await shows(terminal, 'test digits');
  expect(terminal.writes.slice(written).join('')).toContain('\u001b[?1049h');
});

test('gives the terminal back before an uncaught exception is printed', async () => {
  const terminal = fakeTerminal(80, 24);
  await open(terminal);
  (process as NodeJS.EventEmitter).emit('uncaughtExceptionMonitor', new Error('for the test'));
  expect([terminal.raw, terminal.closed, await terminal.onAlternateScreen()]).toEqual([false, true, false]);
});

test.each([
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGABRT', 'SIGALRM', 'SIGVTALRM', 'SIGUSR2', 'SIGXCPU'] as const),
])('gives the terminal back before %s ends the process, which it then does', async (signal) => {
  const terminal = fakeTerminal(80, 24);
  await open(terminal);
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  process.emit(signal, signal);
  const calls = kill.mock.calls.slice();
  kill.mockRestore();
  expect([terminal.raw, terminal.closed, await terminal.onAlternateScreen()]).toEqual([false, true, false]);
  expect(terminal.writes.at(-1)).toMatch(/1002l.*25h/);
  expect(calls).toEqual([[process.pid, signal]]);
  expect(process.listenerCount(signal)).toBe(0);
});

test('leaves no listener behind', async () => {
  const names = [
    'exit',
    'uncaughtExceptionMonitor',
    'SIGTSTP',
    'SIGCONT',
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
    'SIGQUIT',
    'SIGUSR2',
  ];
  const counts = (): number[] => names.map((name) => process.listenerCount(name));
  const before = counts();
  const { dashboard } = await open(fakeTerminal(80, 24));
  expect(counts()).not.toEqual(before);
  await dashboard.close();
  expect(counts()).toEqual(before);
});

test('shows the states that it is given, and where their replay is, until others come', async () => {
  const terminal = fakeTerminal(120, 40);
  const { dashboard } = await open(terminal, { mode: 'watch' });
  const [early, late] = [100, 1000].map((steps) =>
    events({ epochs: 8, stepsPerEpoch: 300, steps, end: undefined }).reduce(reduce, initialState),
  );
  dashboard.show({ runs: [late!, early!], runNames: ['long', 'short'] });
  await shows(terminal, 'epoch 4 of 8');
  await shows(terminal, '● short');
  dashboard.show({ runs: [early!, early!], replay: { playing: true, speed: 4, position: 0.125 } });
  await shows(terminal, 'epoch 1 of 8');
  await shows(terminal, 'replay 4× · 12 %');
  expect(dashboard.summary()).toMatch(/^long\nrunning: [\s\S]*\n\nshort\nrunning: /);
});

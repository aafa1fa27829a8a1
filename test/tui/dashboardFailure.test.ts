// A dashboard that fails: what is drawn throws in the middle of a run.
import { expect, test, vi } from 'vitest';
import { openDashboard } from '../../src/tui/openDashboard.js';
import { recordedRun } from '../fixtures/events.js';
import { fakeTerminal } from './fakeTerminal.js';

const drawing = vi.hoisted(() => ({ fails: false }));
vi.mock('../../src/tui/drawDashboard.js', async (importOriginal) => {
  const actual = await importOriginal<typeof import('../../src/tui/drawDashboard.js')>();
  const dashboardLayout: typeof actual.dashboardLayout = () => {
    const layOut = actual.dashboardLayout();
    return (...shown) => {
      if (drawing.fails) throw new Error('a panel is broken');
      return layOut(...shown);
    };
  };
  return { ...actual, dashboardLayout };
});

test('gives the terminal back, says so once, and takes events and the end as before', async () => {
  const terminal = fakeTerminal(80, 24);
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const dashboard = await openDashboard({ terminal, mode: 'live', onStop() {}, onAbort() {} });
  const events = [...recordedRun({ epochs: 1, stepsPerEpoch: 10 })];
  drawing.fails = true;
  dashboard.push(events.slice(0, 5));
  await vi.waitFor(() => expect(warned).toHaveBeenCalled());
  expect([terminal.raw, terminal.closed, await terminal.onAlternateScreen()]).toEqual([false, true, false]);
  dashboard.push(events.slice(5));
  await dashboard.close();
  expect(warned.mock.calls).toEqual([['the dashboard failed, the run goes on: Error: a panel is broken']]);
  expect(dashboard.summary()).toMatch(/^completed: 1 epoch, 10 steps/);
});

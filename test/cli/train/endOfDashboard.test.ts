// How long the dashboard of a run stays: until the person leaves it, whose run is over by then.
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { type FakeTerminal, fakeTerminal } from '../../tui/fakeTerminal.js';
import { environment, tinyJob } from '../millrace.js';
import { programInside } from '../programInside.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--threads', '1', '--ui', 'dashboard'];

function trainOn(terminal: FakeTerminal, ...args: readonly string[]) {
  const look = { ...environment(folder), TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  return programInside(folder, [...job, ...args], look, () => terminal);
}
const shows = (terminal: FakeTerminal, text: string): Promise<void> =>
  vi.waitFor(async () => expect((await terminal.screen()).join('\n')).toContain(text), { timeout: 10_000 });

test('stays on the result until q, and ends with what the run ended with', async () => {
  const terminal = fakeTerminal(80, 24);
  const { finished, stderr } = trainOn(terminal, '--epochs', '2', '--output', 'kept');
  await shows(terminal, 'millrace train --resume kept --epochs 4');
  expect([terminal.closed, await terminal.onAlternateScreen()]).toEqual([false, true]);
  terminal.type('q');
  expect([await finished, terminal.closed]).toEqual([0, true]);
  expect(stderr.text).toContain('model: kept/model.safetensors');
});

test('a run that diverged stays as well, and q gives its exit code', async () => {
  const terminal = fakeTerminal(80, 24);
  const { finished } = trainOn(terminal, '--learning-rate', '1e38', '--epochs', '50', '--no-output');
  await shows(terminal, '✗ diverged');
  terminal.type('q');
  expect(await finished).not.toBe(0);
});

test('who asked for the end does not stay, nor does --close-at-end, nor a terminal that is gone', async () => {
  const asked = fakeTerminal(80, 24);
  const stopped = trainOn(asked, '--epochs', '10000000', '--no-output');
  await shows(asked, 'q finish');
  asked.type('q');
  expect(await stopped.finished).toBe(0);

  const closing = trainOn(fakeTerminal(80, 24), '--epochs', '1', '--no-output', '--close-at-end');
  expect(await closing.finished).toBe(0);

  const gone = fakeTerminal(80, 24);
  const alone = trainOn(gone, '--epochs', '1', '--no-output');
  await shows(gone, 'nothing of it was kept');
  gone.hangUp();
  expect(await alone.finished).toBe(0);
});

// The whole program on a real terminal.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { firstCases, wholeTest } from '../fixtures/laws.js';
import { AFTERWARDS, COOKED, closeShells, shellOn } from '../tui/pseudoTerminal.js';
import { eventsOf, millrace, tinyJob } from './millrace.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-dashboard-'));
const job = tinyJob(folder).join(' ');
afterEach(closeShells);
afterAll(() => rmSync(folder, { recursive: true }));

const on = (args: string, afterwards = AFTERWARDS) =>
  shellOn(folder, `"${process.execPath}" "${resolve('bin/millrace.js')}" ${args}${afterwards}`);

test('the dashboard draws on the terminal while stdout carries the events alone; q ends both in good order', async () => {
  const { child, ended, shows, text, alternate } = on(
    `train ${job} --epochs 10000000 --output q --events - > q.ndjson`,
  );
  await shows('q finish');
  await shows('● running');
  expect(alternate()).toBe(true);
  child.write('q');
  await ended;
  expect(await text()).toMatch(/^stopped: .*\n[\s\S]*model: q.model\.safetensors\nstatus 0\n/);
  expect(await text()).toContain(COOKED);
  const events = eventsOf(readFileSync(join(folder, 'q.ndjson'), 'utf8'));
  expect(events).toContainEqual(expect.objectContaining({ type: 'command', action: 'stop', from: 'keyboard' }));
  expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
});

wholeTest('Ctrl-C twice leaves at once and gives the terminal back', async () => {
  const { child, ended, shows, text, alternate } = on(`train ${job} --epochs 10000000 --no-output`);
  await shows('q finish');
  child.write('\u0003\u0003');
  await ended;
  expect(alternate()).toBe(false);
  expect(await text()).toMatch(/status (130|0)\n/);
  expect(await text()).toContain(COOKED);
});

wholeTest('a run that cannot begin leaves its sentence on the terminal', async () => {
  const { ended, text } = on('train --data absent');
  await ended;
  expect(await text()).toMatch(/^millrace: absent: .*\n(.*\n)*status 1\n/);
});

test.each(firstCases(['CI=true', 'TERM=dumb', 'INK_SCREEN_READER=true'], 0))(
  '%s gets lines instead',
  async (setting) => {
    const { ended, text, output } = shellOn(
      folder,
      `${setting} "${process.execPath}" "${resolve('bin/millrace.js')}" train ${job} --epochs 1 --no-output`,
    );
    await ended;
    expect(await text()).toContain('completed after 10 steps');
    expect(output()).not.toContain('\u001b');
  },
);

wholeTest('watch keeps a finished run on show until q', async () => {
  await millrace(folder, 'train', ...tinyJob(folder), '--epochs', '2', '--output', 'seen');
  const { child, ended, shows, text } = on('watch seen');
  await shows('epoch 2 of 2');
  child.write('q');
  await ended;
  expect(await text()).toMatch(/^completed: 2 epochs.*\n(.*\n)*status 0\n/);
});

wholeTest('a run that goes on shows what came before, and from where it goes on', async () => {
  await millrace(folder, 'train', ...tinyJob(folder), '--epochs', '3', '--output', 'before');
  writeFileSync(join(folder, 'pause'), '{"action":"pause","step":35}\n');
  const { child, ended, shows, text } = on('train --resume before --epochs 9 --commands pause');
  await shows('resumed at step 30, digest ok');
  // To the beginning of the log.
  child.write('6g');
  await shows('epoch 1: train');
  child.write('q');
  await ended;
  expect(await text()).toMatch(/^stopped: /);
});

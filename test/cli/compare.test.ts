import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { eventsOf, millrace, tinyJob } from './millrace.js';

const folder = temporaryFolder();

test('a comparison that cannot be read ends the command before the run begins', async () => {
  const job = [...tinyJob(folder), '--epochs', '1', '--output', 'refused'];
  const { code, stderr } = await millrace(folder, 'train', ...job, '--compare', 'absent.json');
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('absent.json: there is no such file') });
  expect(existsSync(join(folder, 'refused'))).toBe(false);
});

test('a run and a watched run take a comparison, say what becomes of its numbers, and the run keeps its name', async () => {
  writeFileSync(join(folder, 'printed.json'), '[0.5, 0.25]');
  const job = [...tinyJob(folder), '--epochs', '1', '--output', 'kept', '--compare', 'printed.json'];
  const trained = await millrace(folder, 'train', ...job, '--events', '-');
  expect(trained).toMatchObject({ code: 0, stderr: expect.stringContaining('divided by the batch size') });
  expect(eventsOf(trained.stdout)[0]).toMatchObject({ type: 'run', config: { compare: 'printed.json' } });
  const watched = await millrace(folder, 'watch', 'kept', '--compare', 'printed.json');
  expect(watched).toMatchObject({ code: 0, stderr: expect.stringContaining('divided by the batch size') });
  expect(await millrace(folder, 'watch', 'kept', '--compare', 'absent.json')).toMatchObject({ code: 1 });
});

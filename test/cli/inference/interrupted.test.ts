// Pipes, signals and full disks, in processes of their own.
import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { firstCases } from '../../fixtures/laws.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millraceInto, start } from '../millrace.js';
import { PIXELS, trainTiny } from './trainedModel.js';

const folder = temporaryFolder();
beforeAll(() => trainTiny(folder, '--output', 'run'));
const model = ['--model', 'run', '--threads', '1'];
const leftovers = (): string[] => readdirSync(folder).filter((name) => /partial|^out/.test(name));

const interruptions = [
  ['SIGTERM', 143, ['reconstruct', '-', '--output', 'out/']],
  ['SIGINT', 130, ['encode', '-', '--share', 'out.safetensors']],
  ['SIGINT', 130, ['decode', '-', '--output', 'out.npy']],
] as const;

test.each(firstCases(interruptions, 1))(
  '%s ends the work with exit code %d, and leaves nothing half-written: %j',
  async (signal, code, command) => {
    const { child, finished } = start(folder, ...command, ...model);
    child.stdin.write(PIXELS);
    await vi.waitFor(() => expect(leftovers()).not.toEqual([]), { timeout: 15_000, interval: 20 });
    child.kill(signal);
    const { code: actual, stderr } = await finished;
    expect([actual, stderr]).toEqual([code, 'Stopped. Nothing half-written was left.\n']);
    expect(leftovers()).toEqual([]);
  },
);

test('a reader that goes ends the work, without a word', async () => {
  const { child, finished } = start(folder, 'reconstruct', '-', '--output', '-', ...model);
  child.stdin.write(PIXELS);
  child.stdin.end();
  child.stdout.destroy();
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout is one sentence', async () => {
  const { code, stderr } = await millraceInto('/dev/full', folder, 'encode', 'images.idx', '--output', '-', ...model);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^millrace: stdout: .*found a full disk\..*\n$/)]);
});

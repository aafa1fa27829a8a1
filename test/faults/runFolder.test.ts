// What happens to a run folder while a run is in it, in real processes.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { eventsOf, tinyJob } from '../cli/millrace.js';
import { isWhole, wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { begun, endAll, filesIn, giveTo, ordinaryUser, smallDisk, startFaulty } from './machine.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--ui', 'none'];
const endless = [...job, '--epochs', '10000000'];
const events = (run: string): string => join(folder, run, 'events.ndjson');
const kept = (run: string) => eventsOf(readFileSync(events(run), 'utf8'));
afterEach(endAll);

describe('two processes on one run folder', () => {
  wholeTest('the second one is told who has it, and the first goes on and takes the lock with it', async () => {
    const first = startFaulty(folder, {}, ...endless, '--output', 'shared');
    await begun(events('shared'));
    const second = await startFaulty(folder, {}, ...job, '--output', 'shared').finished;
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^millrace: shared: process ${first.child.pid} on "\\S+" has kept its run here since \\S+Z\\. Wait`),
      ),
    });
    first.child.kill('SIGTERM');
    expect(await first.finished).toMatchObject({ code: 0 });
    expect(kept('shared').at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(filesIn(join(folder, 'shared'))).toEqual(['events.ndjson', 'model.safetensors']);
  });

  wholeTest('of two that start together one trains', async () => {
    const both = await Promise.all(
      [1, 2].map(() => startFaulty(folder, {}, ...job, '--epochs', '50', '--output', 'raced').finished),
    );
    expect(both.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    expect(kept('raced').map(({ seq }) => seq)).toEqual(kept('raced').map((_, index) => index));
  });

  wholeTest('the lock of a process that was killed is taken over', async () => {
    const killed = startFaulty(folder, {}, ...endless, '--output', 'orphan');
    await begun(events('orphan'));
    killed.child.kill('SIGKILL');
    await killed.finished;
    rmSync(events('orphan'));
    rmSync(join(folder, 'orphan', 'step-00000000.safetensors'));
    expect(readdirSync(join(folder, 'orphan'))).toEqual(['run.lock']);
    const next = await startFaulty(folder, {}, ...job, '--epochs', '2', '--output', 'orphan').finished;
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(filesIn(join(folder, 'orphan'))).toEqual(['events.ndjson', 'model.safetensors']);
  });
});

describe('a run whose folder', () => {
  wholeTest('is removed trains on, and says at its end that the model has no place', async () => {
    const { child, finished } = startFaulty(folder, {}, ...endless, '--output', 'removed', '--events', 'copy.ndjson');
    await begun(events('removed'));
    rmSync(join(folder, 'removed'), { recursive: true });
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: \S+removed.model\.safetensors: .*no such file or folder\. .*\n$/),
    });
    const copy = eventsOf(readFileSync(join(folder, 'copy.ndjson'), 'utf8'));
    expect(copy.at(-1)).toMatchObject({ type: 'end', status: 'failed', error: { code: 'WEIGHTS_UNWRITABLE' } });
    expect(readdirSync(folder)).not.toContain('removed');
  });

  wholeTest('loses its event file keeps the model, and says so', async () => {
    const { child, finished } = startFaulty(folder, {}, ...endless, '--output', 'eventless');
    await begun(events('eventless'));
    rmSync(events('eventless'));
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^millrace: \S+events\.ndjson: this file was deleted while it was written\. .*\n$/),
    });
    expect(filesIn(join(folder, 'eventless'))).toEqual(['model.safetensors']);
  });

  const user = ordinaryUser();
  test.skipIf(user === undefined || !isWhole)(
    'may not be written to any more ends with one sentence and all its events',
    async () => {
      giveTo(user!, folder);
      mkdirSync(join(folder, 'sealed'));
      giveTo(user!, join(folder, 'sealed'));
      const { child, finished } = startFaulty(folder, { user: user! }, ...endless, '--output', 'sealed');
      await begun(events('sealed'));
      chmodSync(join(folder, 'sealed'), 0o500);
      child.kill('SIGTERM');
      expect(await finished).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^millrace: \S+sealed.model\.safetensors: .*no permission\. .*\n$/),
      });
      expect(kept('sealed').at(-1)).toMatchObject({ type: 'end', status: 'failed' });
    },
  );

  test.skipIf(user === undefined || !isWhole)('could never be written to is refused in one sentence', async () => {
    giveTo(user!, folder);
    mkdirSync(join(folder, 'never'), { mode: 0o500 });
    giveTo(user!, join(folder, 'never'));
    expect(await startFaulty(folder, { user: user! }, ...job, '--output', 'never').finished).toMatchObject({
      code: 1,
      stderr:
        'millrace: never: this folder cannot be written to (no permission). Choose another output folder, or none (--no-output) to keep nothing.\n',
    });
  });

  const sealed = smallDisk(folder, 'disk', 2 ** 20, 'ro');
  test.skipIf(sealed === undefined || !isWhole)(
    'is on a read-only disk is refused in one sentence (where one may be mounted)',
    async () => {
      expect(await startFaulty(folder, {}, ...job, '--output', 'disk/run').finished).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^millrace: disk.run: this folder cannot be made \(a read-only file system\)\. .*\n$/,
        ),
      });
    },
  );
});

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../../src/run/folder/lock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace, tinyJob } from '../millrace.js';
import { programInside } from '../programInside.js';

const root = temporaryFolder();
const job = ['train', ...tinyJob(root), '--epochs', '1', '--ui', 'none'];
const kept = (): string[] => (existsSync(join(root, 'runs')) ? readdirSync(join(root, 'runs')).sort() : []);

/** Runs a command at a terminal on which somebody answers. */
async function answering(answer: string, ...args: readonly string[]) {
  const { stdin, stdout, stderr, finished } = programInside(root, args);
  Object.assign(stdin, { isTTY: true });
  Object.assign(stderr, { isTTY: true });
  stdin.end(answer);
  return { code: await finished, stdout: stdout.text, stderr: stderr.text };
}

beforeEach(async () => {
  for (const name of ['one', 'two', 'three'])
    if (!existsSync(join(root, 'runs', name)))
      await millrace(root, ...job, '--output', `runs/${name}`, '--name', `the ${name}`);
});

test('list is what watch --list is', async () => {
  const list = await millrace(root, 'runs', 'list', '--json');
  expect(list.code).toBe(0);
  expect(list).toEqual(await millrace(root, 'watch', '--list', '--json'));
  expect(list.stdout.trimEnd().split('\n')).toHaveLength(3);
});

test('show tells configuration, epochs and checkpoints, and as an object all of them', async () => {
  const { code, stdout } = await millrace(root, 'runs', 'show', 'the one');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^run +\d{8}-.*\nname +the one\nevents +runs\/one\/events\.ndjson\nstate +completed after 10 steps/,
  );
  expect(stdout).toMatch(/^option +value\nname +the one\n(.*\n)*batchSize +20$/m);
  expect(stdout).toMatch(/^epoch +train loss +20 × train +test loss +images\/s +time\n +1 +0\.\d+ .* – /m);
  expect(stdout).toMatch(
    /^checkpoint +step +size\nstep-00000000\.safetensors +0 +.* kB\n(.*\n)*model\.safetensors +10 +.* kB/m,
  );
  const { stdout: json } = await millrace(root, 'runs', 'show', '--json', 'the one');
  expect(JSON.parse(json)).toMatchObject({
    name: 'the one',
    state: 'completed',
    config: { epochs: 1 },
    epochs: [{ epoch: 1 }],
    checkpoints: expect.arrayContaining([
      { file: 'model.safetensors', bytes: expect.any(Number), step: 10, best: true },
    ]),
    end: { status: 'completed' },
  });
});

test.each(['remove "the one"', 'prune --keep 2'])(
  'without a terminal and --yes it says what it would remove, and refuses: %s',
  async (line) => {
    const args = line.split(/ (?![^"]*"$)/).map((word) => word.replaceAll('"', ''));
    const { code, stdout, stderr } = await millrace(root, 'runs', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^runs\/one: 3 files, [\d,]+ bytes\nmillrace: --yes is missing, and there is no terminal to ask on\. /,
    );
    expect(kept()).toEqual(['one', 'three', 'two']);
  },
);

test('asks on a terminal: whatever is not a yes is a no', async () => {
  for (const answer of ['n\n', '\n', '', 'yesterday\n']) {
    const { code, stderr } = await answering(answer, 'runs', 'prune', '--keep', '1');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/Remove 2 runs, [\d,]+ bytes\? \[y\/N\] Nothing was removed\.\n$/),
    ]);
  }
  expect(kept()).toHaveLength(3);
  const { code, stdout } = await answering('y\n', 'runs', 'prune', '--keep', '1');
  expect([code, stdout, kept()]).toEqual([0, 'runs/one\nruns/two\n', ['three']]);
});

test('--yes does not ask; a folder that holds anything else stays, with a sentence', async () => {
  writeFileSync(join(root, 'runs', 'two', 'notes.md'), 'mine');
  const { code, stdout, stderr } = await millrace(root, 'runs', 'remove', '--yes', 'the one', 'runs/two', 'one');
  expect([code, stdout]).toEqual([0, 'runs/one\nruns/two\n']);
  expect(stderr).toMatch(
    /^runs\/two: 3 files, [\d,]+ bytes; the folder stays, since it also holds notes\.md\nRemoved 2 runs, /m,
  );
  expect(kept()).toEqual(['three', 'two']);
  expect(readdirSync(join(root, 'runs', 'two'))).toEqual(['notes.md']);
});

test('a running run is not touched, nor are those that were named beside it', async () => {
  const lock = await lockFolder(join(root, 'runs', 'three'), 'three');
  const { code, stderr } = await millrace(root, 'runs', 'remove', '--yes', 'one', 'three');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^millrace: runs\/three: process \d+ on .* stop it first/)]);
  const pruned = await millrace(root, 'runs', 'prune', '--keep', '2', '--yes');
  expect([pruned.code, pruned.stderr, kept()]).toEqual([0, 'There is nothing to remove.\n', ['one', 'three', 'two']]);
  await lock.release();
});

test.each<[number, string[], RegExp]>([
  [1, ['remove', '--yes', 'absent'], /^millrace: absent: there is no run\. Name a run folder, an id or a name; /],
  [1, ['show', 'absent'], /^millrace: absent: there is no run\. /],
  [2, ['prune', '--keep', '-1'], /^millrace: --keep: expected a whole number, 0 or more, found "-1"/],
  [2, ['prune', '--yes'], /required option '--keep <count>' not specified/],
  [2, ['remove'], /missing required argument 'run'/],
  [2, ['clean'], /unknown command 'clean'/],
])('exit code %i: runs %j', async (code, args, sentence) => {
  expect(await millrace(root, 'runs', ...args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(sentence) });
});

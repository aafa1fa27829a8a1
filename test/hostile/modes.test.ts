import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { tinyJob } from '../cli/millrace.js';
import { cases } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

// Whoever can guess the name of a temporary file may be there first.
vi.mock('node:crypto', async (original) => ({
  ...(await original<typeof import('node:crypto')>()),
  randomBytes: () => Buffer.from('abcd0123', 'hex'),
}));

const folder = temporaryFolder();
const onUnix = test.skipIf(process.platform === 'win32');

onUnix.each(
  [
    { umask: '077', folders: 0o700, files: 0o600 },
    { umask: '022', folders: 0o755, files: 0o644 },
  ].slice(0, cases(2, 1)),
)(
  'under umask $umask everything that a run, a picture and the cache leave behind has its modes',
  ({ umask, folders, files }) => {
    const place = join(folder, umask);
    mkdirSync(place);
    const job = tinyJob(place).join(' ');
    const bin = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url));
    const commands = [
      `train ${job} --epochs 1 --ui none --events events.ndjson --output kept`,
      `train ${job} --epochs 1 --ui none`,
      'data show tiny-idx3-ubyte --png shown.png',
    ];
    const program = [
      `umask ${umask}`,
      'mkdir made',
      'cd made',
      'cp ../tiny* .',
      ...commands.map((one) => `node ${bin} ${one}`),
    ];
    const { status, stderr } = spawnSync('sh', ['-ec', program.join('\n')], { cwd: place, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const made = readdirSync(join(place, 'made'), { recursive: true }) as string[];
    expect(made).toContain(join('kept', 'model.safetensors'));
    for (const path of made) {
      const stats = statSync(join(place, 'made', path));
      expect([path, stats.mode & 0o777]).toEqual([path, stats.isDirectory() ? folders : files]);
    }
  },
);

onUnix.each([
  ['a link', (beside: string) => symlinkSync('victim', beside)],
  ['a link to nothing', (beside: string) => symlinkSync('nothing', beside)],
  ['a file', (beside: string) => writeFileSync(beside, 'theirs')],
])('%s at the name of the temporary file is not written through', async (name, plant) => {
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, 'victim'), 'precious');
  plant(join(place, 'model.abcd0123.partial'));
  await expect(writeAtomically(join(place, 'model'), Uint8Array.of(1))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
  });
  expect(statSync(join(place, 'victim')).size).toBe('precious'.length);
  expect(readdirSync(place)).not.toContain('nothing');
  expect(readdirSync(place)).not.toContain('model');
});

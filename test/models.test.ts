// The commands of docs/MODELS.md are run, one after the other, and do what is said: on sixty digits, and those of the second and third story where all cases
// are tried.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { encodeIdx } from '../src/data/idx/encoder.js';
import { mnist } from '../src/data/node/mnist/mnist.js';
import { millrace } from './cli/millrace.js';
import { isWhole } from './fixtures/laws.js';
import { temporaryFolder } from './fixtures/temporaryFolder.js';

const folder = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

/** The first images of the embedded sample under MNIST's names. */
async function makeData(data: string): Promise<void> {
  mkdirSync(data);
  const sample = await mnist({ offline: true, cacheFolder: folder });
  for (const [set, name] of [
    [sample.train, 'train'],
    [sample.test, 't10k'],
  ] as const) {
    writeFileSync(join(data, `${name}-images-idx3-ubyte`), encodeIdx([60, 28, 28], await set.read(0, 60)));
    writeFileSync(join(data, `${name}-labels-idx1-ubyte`), encodeIdx([60], set.labels!.slice(0, 60)));
  }
}

/** What goes through a pipe takes processes of its own. */
function inShell(command: string) {
  const { status: code, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  return { code, stderr };
}

test('every command of docs/MODELS.md runs', { timeout: 300_000 }, async () => {
  await makeData(join(folder, 'data'));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(resolve('bin/millrace.js'), join(folder, 'bin', 'millrace'));
  vi.stubEnv('MILLRACE_DATA', join(folder, 'data'));
  const text = readFileSync('docs/MODELS.md', 'utf8');
  const [, network = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  writeFileSync(join(folder, 'sixteen.json'), network);
  const tried = isWhole ? text : text.slice(0, text.indexOf('## Clean noisy images'));
  const commands = [...tried.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, text = '']) => text.trim().split('\n'))
    .map((line) => line.replace(/ +#.*/, ''));
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const { code, stderr } = await (command.includes('|')
      ? inShell(command)
      : millrace(folder, ...command.split(/ +/).slice(1)));
    expect([command, code, code === 0 ? '' : stderr]).toEqual([command, 0, '']);
    for (const [, file] of command.matchAll(/--(?:output|share) (?!- )(\S+)/g))
      expect([command, existsSync(join(folder, file!))]).toEqual([command, true]);
  }
});

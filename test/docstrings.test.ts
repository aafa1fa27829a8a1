// What docstrings show is run: every @example that imports the package, as by a user who copies it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';
import { encodeIdx } from '../src/data/idx/encoder.js';
import { temporaryFolder } from './fixtures/temporaryFolder.js';

const ENTRIES: Readonly<Record<string, () => Promise<object>>> = {
  millrace: () => import('../src/exports/index.js'),
  'millrace/testing': () => import('../src/exports/testing.js'),
  rxjs: () => import('rxjs'),
};
const AsyncFunction = (async () => {}).constructor as new (
  ...texts: string[]
) => (...values: unknown[]) => Promise<void>;

/** File, number of the example in it, and its text. */
const examples = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) =>
    [...readFileSync(join('src', path), 'utf8').matchAll(/@example\n([\s\S]*?)\n *\*(?:\/| @)/g)].map(
      ([, lines = ''], index) => [path, index + 1, lines.replaceAll(/^ *\* ?/gm, '')] as const,
    ),
  )
  .filter(([, , text]) => text.startsWith('import '));

/** What stands in for MNIST: 20 images each. */
const data = temporaryFolder();
for (const set of ['train', 't10k']) {
  writeFileSync(join(data, `${set}-images-idx3-ubyte`), encodeIdx([20, 28, 28], new Uint8Array(20 * 784)));
  writeFileSync(join(data, `${set}-labels-idx1-ubyte`), encodeIdx([20], new Uint8Array(20)));
}

/** Runs an example, and gives what it has printed. */
async function printed(text: string): Promise<string> {
  const lines: string[] = [];
  const log = (...values: unknown[]): void => void lines.push(format(...values));
  const code = text.replaceAll(/^import (\{.*\}) from ('.*');$/gm, 'const $1 = await load($2);');
  await new AsyncFunction('load', 'console', code)((name: string) => ENTRIES[name]!(), { log });
  return lines.join(' ');
}

test.each(examples)('the example of src/%s (%d) prints what it says', async (_path, _index, text) => {
  vi.stubEnv('MILLRACE_DATA', data);
  const expected = [...text.matchAll(/; \/\/ (.*)$/gm)].map(([, output]) => output);
  expect(expected).not.toEqual([]);
  expect(await printed(text)).toBe(expected.join(' '));
});

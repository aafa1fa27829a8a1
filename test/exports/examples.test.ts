// The examples in the docstrings of what `millrace/streams` exports are run: what they print is what the comment beside it says.
import { createWriteStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { format } from 'node:util';
import * as rxjs from 'rxjs';
import { expect, test } from 'vitest';
import { memoryDataset } from '../../src/data/memoryDataset.js';
import * as millrace from '../../src/exports/index.js';
import { fakeEngine } from '../../src/exports/testing.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { exportsOf } from './examples.js';

const place = temporaryFolder();
const images = (items: number) =>
  memoryDataset({ name: 'digits', shape: [2, 2, 1], pixels: Uint8Array.from({ length: 4 * items }, (_, at) => at) });
const exported = exportsOf('src/exports/streams.ts');

/** What an example may use without saying where it comes from: the package, rxjs, a data set, an engine, `place`, a folder. */
const scope = (console: Pick<Console, 'log'>): Record<string, unknown> => ({
  ...rxjs,
  ...millrace,
  createWriteStream,
  readFileSync,
  Readable,
  digits: { train: images(40), test: images(20) },
  engine: fakeEngine(),
  place,
  console,
});

const AsyncFunction = (async () => undefined).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;

async function printed(code: string): Promise<string[]> {
  const lines: string[] = [];
  const names = scope({ log: (...values: unknown[]) => void lines.push(format(...values)) });
  await new AsyncFunction(...Object.keys(names), `"use strict";\n{\n${code}\n}`)(...Object.values(names));
  return lines;
}

/** What the code says that it prints. */
function promised(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text = '']) => text);
}

test('every export of millrace/streams has an example', () => {
  expect(exported.length).toBeGreaterThan(40);
  expect(exported.filter(({ example }) => example === undefined).map(({ name }) => name)).toEqual([]);
});

/** Asks the network, which no test does. */
const NOT_RUN = ['fetchMnist'];

/** Those that begin with their imports are run by test/docstrings.test.ts. */
const run = exported.filter(
  ({ name, example = 'import ' }) => !example.startsWith('import ') && !NOT_RUN.includes(name),
);

test.each(run)('the example of $name runs, and prints what it says', async ({ name, example = '' }) => {
  expect(example).toMatch(new RegExp(`\\b${name}\\b`));
  expect(promised(example).length).toBeGreaterThan(0);
  expect(await printed(example)).toEqual(promised(example));
});

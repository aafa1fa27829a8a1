// What docstrings show is run, and prints what stands in the comments beside it.

import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { format } from 'node:util';
import * as backend from '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { transformSync } from 'esbuild';
import * as ink from 'ink';
import * as React from 'react';
import * as rxjs from 'rxjs';
import { lastValueFrom } from 'rxjs';
import { beforeAll, expect, test, vi } from 'vitest';
import { memoryDataset } from '../../src/data/dataset/memoryDataset.js';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import * as millrace from '../../src/exports/index.js';
import * as testing from '../../src/exports/testing.js';
import * as tui from '../../src/exports/tui.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { ENTRIES, exportsOf } from './exported.js';

/** What examples import. */
const MODULES: Readonly<Record<string, object>> = {
  millrace,
  'millrace/testing': testing,
  'millrace/tui': tui,
  ink,
  rxjs,
  '@tensorflow/tfjs-backend-cpu': backend,
  '@tensorflow/tfjs-layers': layers,
};

/** Exports whose example cannot be run here, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  fetchMnist: 'asks the network',
  openDashboard: 'takes the terminal',
  openTerminal: 'takes the terminal',
};

const AsyncFunction = (async () => undefined).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;

/** File, number of the example in it, and its text. */
const examples = readdirSync('src', { recursive: true, encoding: 'utf8' })
  // What is for browsers runs in one: web.test.ts.
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('/web/'))
  .flatMap((path) =>
    [...readFileSync(join('src', path), 'utf8').matchAll(/@example\n([\s\S]*?)\n *\*(?:\/| @)/g)].map(
      ([, lines = ''], index) => [path, index + 1, lines.replaceAll(/^ *\* ?/gm, '').trim()] as const,
    ),
  )
  .filter(([, , text]) => !Object.keys(NOT_RUN).some((name) => text.includes(`${name}(`)));

const folder = temporaryFolder();
/** Stands in for MNIST: 20 images each. */
const data = join(folder, 'data');
/** A run that is over. */
const baseline = join(folder, 'baseline');
beforeAll(async () => {
  mkdirSync(data);
  for (const set of ['train', 't10k']) {
    writeFileSync(join(data, `${set}-images-idx3-ubyte`), encodeIdx([20, 28, 28], new Uint8Array(20 * 784)));
    writeFileSync(join(data, `${set}-labels-idx1-ubyte`), encodeIdx([20], new Uint8Array(20)));
  }
  await lastValueFrom(millrace.run({ data, name: 'baseline', epochs: 1, output: baseline }));
});

const images = (items: number) =>
  memoryDataset({ name: 'digits', shape: [2, 2, 1], pixels: Uint8Array.from({ length: 4 * items }, (_, at) => at) });

/** What an example may use without an import: the package, rxjs, files, a data set, an engine, and `place`, a folder with the run `baseline` in it. */
function scope(place: string): Record<string, unknown> {
  cpSync(baseline, join(place, 'baseline'), { recursive: true });
  const digits = { train: images(40), test: images(20) };
  const files = { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync, Readable };
  return { ...files, ...rxjs, ...millrace, digits, engine: testing.fakeEngine(), place };
}

/** Runs an example, and gives what it has printed. */
async function printed(text: string, place: string): Promise<string[]> {
  const lines: string[] = [];
  const given = {
    ...scope(place),
    load: (name: string) => MODULES[name],
    console: { log: (...values: unknown[]) => void lines.push(format(...values)) },
    React,
  };
  const { code } = transformSync(text, { loader: 'tsx', target: 'node20', supported: { 'top-level-await': true } });
  const body = asFunctionBody(code);
  await new AsyncFunction(...Object.keys(given), `"use strict";\n{\n${body}\n}`)(...Object.values(given));
  return lines;
}

/** Imports become declarations, whichever form the transformation gave them. */
function asFunctionBody(code: string): string {
  return code
    .replaceAll(/^import (["'][^"']+["']);$/gm, 'load($1);')
    .replaceAll(/^import \{([^}]*)\} from (["'][^"']+["']);$/gm, 'const {$1} = load($2);');
}

/** What an example says that it prints. */
const promised = (text: string): string[] => [...text.matchAll(/; \/\/ (.*)$/gm)].map(([, output = '']) => output);

test('every exported function and class has an example', () => {
  const exported = Object.values(ENTRIES)
    .flatMap(exportsOf)
    .filter(({ declaration }) => /^export (?:async )?(?:function|class) /.test(declaration));
  expect(exported.length).toBeGreaterThan(90);
  const without = exported.filter(({ name, docstring }) => !new RegExp(`@example[^]*\\b${name}\\b`).test(docstring));
  expect(without.map(({ name, path }) => `${name} (${path})`)).toEqual([]);
});

test.each(examples)('the example of src/%s (%d) prints what it says', async (path, index, text) => {
  vi.stubEnv('MILLRACE_DATA', data);
  expect(promised(text)).not.toEqual([]);
  const place = join(folder, `${path.replaceAll('/', '-')}-${index}`);
  expect((await printed(text, place)).join(' ')).toBe(promised(text).join(' '));
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ArchitectureError } from '../../../src/errors.js';
import { readArchitecture } from '../../../src/model/node/readArchitecture.js';
import { preset } from '../../../src/model/presets/presets.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const upsample = preset('upsample', [28, 28, 1]);
let files = 0;

function file(content: string | Uint8Array): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}

test('reads and checks a network', async () => {
  const { architecture, parameters } = await readArchitecture(file(JSON.stringify(upsample, null, 2)));
  expect(architecture).toEqual(upsample);
  expect(parameters).toBe(1477);
});

test('reads a file that begins with a byte order mark', async () => {
  const path = file(`\ufeff${JSON.stringify(upsample)}`);
  expect((await readArchitecture(path)).architecture).toEqual(upsample);
});

test.each<[string, string | Uint8Array, string, RegExp]>([
  ['an empty file', '', 'ARCHITECTURE_JSON', /: line 1, column 1: expected a value, found the end\. /],
  ['broken JSON', '{\n  "name": "x",\n}', 'ARCHITECTURE_JSON', /: line 3, column 1: expected a key .* found "\}"\. /],
  [
    'a key given twice',
    '{"name":"x","name":"y"}',
    'ARCHITECTURE_JSON',
    /column 13: .*found "name" for the second time/,
  ],
  ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'ARCHITECTURE_JSON', /JSON in UTF-8/],
  ['a megabyte of spaces', ' '.repeat(1_000_001), 'ARCHITECTURE_JSON', /at most 1000000 bytes/],
  ['another JSON value', '[]', 'ARCHITECTURE_VALUE', /: architecture: expected an object/],
])('refuses %s and names the file', async (_, content, code, message) => {
  const path = file(content);
  const refusal = await readArchitecture(path).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ArchitectureError);
  expect(refusal).toMatchObject({ code, path, message: expect.stringMatching(message) });
});

test.each<[string, string, string, (path: string) => void]>([
  ['a missing file', 'ARCHITECTURE_NOT_FOUND', 'no such file or folder', () => undefined],
  ['a folder', 'ARCHITECTURE_UNREADABLE', 'a folder', (path) => mkdirSync(path)],
  ['a circle of links', 'ARCHITECTURE_UNREADABLE', 'a circle of links', (path) => symlinkSync(path, path)],
  ['an endless device', 'ARCHITECTURE_JSON', 'more', (path) => symlinkSync('/dev/zero', path)],
])('refuses %s', async (what, code, actual, prepare) => {
  const path = join(folder, what);
  prepare(path);
  await expect(readArchitecture(path)).rejects.toMatchObject({ name: 'ArchitectureError', code, actual, path });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { loadOwnParts } from '../../../src/run/thread/loadOwnParts.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
let files = 0;

function moduleOf(code: string, ending = 'mjs'): string {
  const path = join(folder, `${files++}.${ending}`);
  writeFileSync(path, code);
  return pathToFileURL(path).href;
}

test('takes the parts that a module exports, and leaves the rest', async () => {
  const code = 'export const stages = { one: 1 }; export const helper = 2; export function measure() {}';
  expect(await loadOwnParts(moduleOf(code))).toEqual({ stages: { one: 1 }, measure: expect.any(Function) });
});

test.each([
  ['exports nothing', '', /exports nothing, and none of data, stages, prepare, engine, measure.*by name/],
  ['exports them as its default', 'export default { stages: {} }', /exports default, and none of/],
  ['exports one that is misspelt', 'export const stage = {}; export const data = 1;', /exports stage,.*Call it stages/],
  ['throws', 'throw new TypeError("no such camera")', /cannot be imported \(TypeError: no such camera\)/],
  ['imports what is not there', 'import "not-installed"', /cannot be imported.*not-installed.*bundle this module too/],
])('a module that %s is a RunError', async (_, code, message) => {
  const error = await loadOwnParts(moduleOf(code)).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'RUN_MODULE', message: expect.stringMatching(message) });
});

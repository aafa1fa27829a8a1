import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventSchema } from '../src/events/schema.js';
import { checkArchitecture } from '../src/model/checkArchitecture.js';
import { millrace } from './cli/millrace.js';
import { temporaryFolder } from './fixtures/temporaryFolder.js';

const networks = readFileSync('docs/NETWORKS.md', 'utf8');
const [, network = ''] = /```json\n([\s\S]*?)```/.exec(networks) ?? [];
const folder = temporaryFolder();

test('the network in docs/NETWORKS.md can be built', () => {
  expect(checkArchitecture(JSON.parse(network)).latentShape).toEqual([16]);
});

test('the commands in docs/NETWORKS.md show the plan of that network', async () => {
  const [, text = ''] = /```sh\n([\s\S]*?)```/.exec(networks) ?? [];
  const commands = text.trim().split('\n');
  expect(commands).toHaveLength(2);
  writeFileSync(join(folder, 'small.json'), network);
  for (const command of commands) {
    const { code, stdout } = await millrace(folder, ...command.split(' ').slice(1));
    expect(code).toBe(0);
    expect(stdout).toContain('encoder.2');
  }
});

test('docs/EVENTS.md names every event and every field of its own', () => {
  const text = readFileSync('docs/EVENTS.md', 'utf8');
  for (const option of eventSchema.def.options) {
    for (const field of Object.keys(option.shape)) if (field !== 'resumedFrom') expect(text).toContain(`\`${field}\``);
    for (const type of option.shape.type.values) expect(text).toContain(`| \`${type}\` |`);
  }
});

test('every test and screen that docs/COMPARISON.md names is there', () => {
  const named = [...readFileSync('docs/COMPARISON.md', 'utf8').matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

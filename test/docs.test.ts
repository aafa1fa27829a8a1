import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventSchema } from '../src/events/schema.js';
import { checkArchitecture } from '../src/model/checkArchitecture.js';
import { LOSSES } from '../src/model/losses/losses.js';
import { LOSS_OPTIONS } from '../src/model/losses/lossOptions.js';
import { chooseOptimizer, OPTIMIZER_OPTIONS } from '../src/model/optimizers/optimizerOptions.js';
import { OPTIMIZERS } from '../src/model/optimizers/optimizers.js';
import { OPTION_NAMES } from '../src/run/config.js';
import { SCHEDULES } from '../src/training/schedules/schedules.js';
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

test('docs/TRAINING.md names every loss, optimizer, schedule, option and slot', () => {
  const text = readFileSync('docs/TRAINING.md', 'utf8');
  for (const name of [...LOSSES, ...OPTIMIZERS, ...SCHEDULES])
    expect(text).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
  const scheduleOptions = OPTION_NAMES.filter((option) => /^schedule|^learningRate/.test(option));
  const kebab = (option: string) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  for (const option of [...LOSS_OPTIONS, ...OPTIMIZER_OPTIONS, ...scheduleOptions])
    expect(text).toContain(kebab(option));
  for (const name of OPTIMIZERS) {
    const { optimizer, settings } = chooseOptimizer({ optimizer: name });
    for (const slot of optimizer.slots({ ...settings, momentum: 0.9 })) expect(text).toContain(`\`${slot}\``);
  }
});

test('every test and screen that docs/COMPARISON.md names is there', () => {
  const named = [...readFileSync('docs/COMPARISON.md', 'utf8').matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

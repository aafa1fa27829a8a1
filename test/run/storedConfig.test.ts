import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunConfig } from '../../src/run/readRunConfig.js';
import { completed } from '../../src/run/storedConfig.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, steeredRun, tinyData } from './interrupted.js';

test('options of before there was a choice of initial weights mean glorot, where no weights were given', () => {
  expect(completed({ seed: 1 })).toEqual({ seed: 1, initial: 'glorot' });
  expect(completed({ weights: 'model.safetensors' })).toEqual({ weights: 'model.safetensors' });
  expect(completed({ initial: 'he' })).toEqual({ initial: 'he' });
});

test('a run of before there was a choice is repeated to the same bits', async () => {
  const folder = temporaryFolder();
  const [earlier, again] = [join(folder, 'earlier'), join(folder, 'again')];
  await steeredRun({ ...tinyData(folder), epochs: 1, initial: 'glorot', output: earlier });
  const path = join(earlier, 'events.ndjson');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"initial":"glorot",?/g, ''));
  expect(eventsIn(earlier)[0]).not.toHaveProperty('config.initial');
  await steeredRun({ ...(await readRunConfig(earlier)), output: again });
  expect(await modelIn(again)).toEqual(await modelIn(earlier));
  expect(eventsIn(again)[0]).toHaveProperty('config.initial', 'glorot');
});

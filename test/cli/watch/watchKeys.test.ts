// The keys of a replay, on a real terminal.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import { recordedRun } from '../../fixtures/events.js';
import { wholeTest } from '../../fixtures/laws.js';
import { closeShells, shellOn } from '../../tui/pseudoTerminal.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-keys-'));
afterEach(closeShells);
afterAll(() => rmSync(folder, { recursive: true }));

const record = (name: string, epochs: number): void =>
  writeFileSync(join(folder, name), [...recordedRun({ epochs, stepsPerEpoch: 100 })].map(encodeEvent).join(''));
record('long.ndjson', 4);
record('short.ndjson', 2);

const watch = (args: string) =>
  shellOn(folder, `"${process.execPath}" "${resolve('bin/millrace.js')}" watch ${args}; echo "status $?"`);

test('back, one loss at a time, play and quit', async () => {
  const { child, ended, shows, text } = watch('long.ndjson');
  await shows('✓ completed');
  for (let press = 0; press < 5; press++) child.write('[');
  await shows('replay paused · 75 %');
  await shows('epoch 3 of 4');
  child.write(',');
  await shows('replay paused · 74 %');
  child.write(' ');
  await shows('✓ completed');
  child.write('q');
  await ended;
  expect(await text()).toContain('status 0');
});

wholeTest('n shows the next of several runs', async () => {
  const { child, ended, shows } = watch('long.ndjson short.ndjson');
  await shows('epoch 4 of 4');
  child.write('n');
  await shows('epoch 2 of 2');
  child.write('q');
  await ended;
});

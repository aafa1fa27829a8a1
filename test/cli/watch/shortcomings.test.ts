// Streams of others, and damaged ones: what can be drawn is drawn, and what is missing is said.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shortcomingsOf } from '../../../src/cli/watch/shortcomings.js';
import { beginning } from '../../../src/dashboard/replay/replayState.js';
import { type DashboardState, initialState } from '../../../src/dashboard/state.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { millrace } from '../millrace.js';

const folder = temporaryFolder();

/** What `watch --once` and `watch` make of some lines. */
async function shown(...lines: readonly object[]) {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(join(folder, 'others.ndjson'), text);
  return millrace(folder, 'watch', '--once', 'text', 'others.ndjson');
}

const end = { type: 'end', status: 'completed', steps: 3, durationMs: 5 };

test('bare losses are drawn, one step each, and what they lack is said', async () => {
  const { code, stdout, stderr } = await shown(
    { type: 'loss', loss: 0.9 },
    { type: 'loss', loss: 0.5 },
    { loss: 0.25 },
    end,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/loss +0\.25000/);
  expect(stdout).toMatch(/completed/);
  expect(stderr).toMatch(/others\.ndjson: some events have no usable run, seq, time, elapsedMs, epoch, step,/);
  expect(stderr).toMatch(/others\.ndjson: no run event says what is trained/);
});

test('a run whose event has epoch 0 is drawn, and it is said', async () => {
  const dataset = { name: 'shapes', shape: [4, 4, 1] };
  const run = { type: 'run', run: 'mine', epoch: 0, epochs: 3, dataset, engine: { name: 'own' } };
  const { code, stdout, stderr } = await shown(run, { loss: 0.25, step: 3, epoch: 1 });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/shapes/)]);
  expect(stderr).toMatch(/no usable epoch/);
});

test('where nothing can be drawn, a sentence says why, and the exit code too', async () => {
  const { code, stdout, stderr } = await shown({ type: 'run', run: 'mine', epochs: 3 });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^millrace: others\.ndjson: there is no event of a run in it: a run event has a wrong field dataset .*\n$/,
  );
});

test('a whole recording lacks nothing', () => {
  const state: DashboardState = { ...initialState, run: {} as DashboardState['run'] };
  expect(shortcomingsOf({ newest: { ...beginning, state }, begun: true, recording: {} })).toEqual({});
});

// What ends a run, or sends it back, without anyone asking: early stopping and a loss that is not a number.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Observable } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { MillraceEvent } from '../../src/events/schema.js';
import { loadCheckpoint } from '../../src/model/node/checkpoint.js';
import type { RunInput } from '../../src/run/config.js';
import { run } from '../../src/run/run.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { eventsIn, modelIn, outcomeOf, steeredRun, tinyData } from './interrupted.js';

const folder = temporaryFolder();
const tiny: RunInput = { ...tinyData(folder), epochs: 30, engine: 'simd', threads: 1, offline: true };
let folders = 0;

function newFolder(): string {
  return join(folder, `run-${folders++}`);
}

/** The run's events, and how it failed. */
function collected(input: RunInput): Promise<{ events: MillraceEvent[]; error: unknown }> {
  const events: MillraceEvent[] = [];
  return new Promise((resolve) => {
    (run(input) as Observable<MillraceEvent>).subscribe({
      next: (event) => events.push(event),
      error: (error: unknown) => resolve({ events, error }),
      complete: () => resolve({ events, error: undefined }),
    });
  });
}

describe('early stopping', () => {
  // Every epoch of so small a step lowers the loss by less than this.
  const impatient: RunInput = { ...tiny, patience: 3, minChange: 0.5 };

  test('ends the run as stopped, by a rule, with the reason', async () => {
    const events = await steeredRun({ ...impatient, output: newFolder() });
    expect(events.filter(({ type }) => type === 'command')).toMatchObject([
      { action: 'stop', from: 'rule', epoch: 4, step: 12 },
    ]);
    expect(events.at(-1)).toMatchObject({
      status: 'stopped',
      steps: 12,
      reason: expect.stringMatching(/^no lower loss than 0\.\d+ in 3 epochs$/),
    });
  });

  test('does not stop what ends anyway', async () => {
    const events = await steeredRun({ ...impatient, epochs: 4, output: newFolder() });
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 12 });
  });

  test('counts on over an interruption', async () => {
    const output = newFolder();
    await steeredRun({ ...impatient, output }, [{ action: 'stop', step: 7 }]);
    const events = await steeredRun({ resume: output });
    expect(events.at(-1)).toMatchObject({ status: 'stopped', steps: 12 });
    await expect(steeredRun({ resume: output })).rejects.toMatchObject({ code: 'RUN_COMPLETED' });
    expect((await steeredRun({ resume: output, patience: 5 })).at(-1)).toMatchObject({ steps: 18 });
  });
});

describe('a loss that is not a number', () => {
  // The output of the network is linear, so that such a rate makes it grow without bound.
  const diverging: RunInput = {
    ...tiny,
    architecture: {
      name: 'linear',
      input: [4, 4, 1],
      encoder: [{ type: 'flatten' }, { type: 'dense', units: 4 }],
      decoder: [
        { type: 'dense', units: 16 },
        { type: 'reshape', targetShape: [4, 4, 1] },
      ],
    },
    learningRate: 1e20,
    checkpointEvery: 1,
  };

  test('ends the run as diverged, with the last good checkpoint kept and no model', async () => {
    const output = newFolder();
    const { events, error } = await collected({ ...diverging, output });
    expect(error).toMatchObject({ code: 'RUN_DIVERGED' });
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'diverged' });
    const names = readdirSync(output).filter((name) => name.endsWith('.safetensors'));
    expect(names).toContain('step-00000000.safetensors');
    expect(names).not.toContain('model.safetensors');
    for (const name of names) {
      const { weights } = await loadCheckpoint(join(output, name));
      expect([...weights.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true);
    }
  });

  test('sends the run back three times with half the learning rate, then ends it', async () => {
    const output = newFolder();
    const { events, error } = await collected({ ...diverging, output, onNan: 'rollback' });
    expect(error).toMatchObject({ code: 'RUN_DIVERGED' });
    const commands = events.filter(({ type }) => type === 'command');
    expect(commands.map((event) => ('value' in event ? event.value : undefined))).toEqual([5e19, 2.5e19, 1.25e19]);
    expect(
      commands.every((event) => event.type === 'command' && event.action === 'rollback' && event.from === 'rule'),
    ).toBe(true);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(eventsIn(output)).toHaveLength(events.length);
  });

  test('goes back to a place where training works, and on from there to the end', async () => {
    const output = newFolder();
    // Such a rate, and an eighth of it, are too high from step 5 on.
    const commands = [
      { action: 'save', step: 4 },
      { action: 'learningRate', value: 1e20, step: 5 },
    ] as const;
    const rolled = steeredRun({ ...diverging, learningRate: 1e-3, epochs: 4, output, onNan: 'rollback' }, commands);
    await expect(rolled).rejects.toMatchObject({ code: 'RUN_DIVERGED' });
    const again = await steeredRun({ resume: output, learningRate: 1e-3, onNan: 'stop' });
    expect(again.at(-1)).toMatchObject({ status: 'completed', steps: 12 });
    const straight = newFolder();
    await steeredRun({ ...diverging, learningRate: 1e-3, epochs: 4, output: straight });
    expect(await modelIn(output)).toEqual(await modelIn(straight));
    expect(outcomeOf(again).at(-1)).toEqual(outcomeOf(eventsIn(straight)).at(-1));
  });
});

import { lastValueFrom, tap, toArray } from 'rxjs';
import { expect, test, vi } from 'vitest';
import type { MillraceEvent, StatsEvent } from '../../src/events/schema.js';
import { run } from '../../src/run/run.js';
import { StageStats } from '../../src/streams/stageStats.js';
import { PhaseTimer } from '../../src/training/phaseTimer.js';
import { statsReader } from '../../src/training/statsReader.js';

test('a reading has the images a second since the last one, the phases and the stages', () => {
  let [ms, trained] = [0, 0];
  const phases = new PhaseTimer({}, () => ms);
  const sources = { stages: [new StageStats('data')], trained: () => trained, now: () => ms };
  const read = statsReader({ ...sources, phases, rssBytes: () => 7 });
  [ms, trained] = [500, 40];
  expect(read()).toMatchObject({ type: 'stats', imagesPerSecond: 80, rssBytes: 7, stages: [{ name: 'data' }] });
  phases.enter('other');
  [ms, trained] = [1500, 40];
  expect(read()).toMatchObject({ imagesPerSecond: 0, phases: { dataMs: 500, otherMs: 1000 } });
});

test('what nobody can tell is left out', () => {
  const read = statsReader({ stages: [], trained: () => 0, now: () => 0 });
  expect(read()).toEqual({ type: 'stats', imagesPerSecond: 0, stages: [] });
});

test('a run tells where its time went, all of it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const second = tap<MillraceEvent>((event) => {
      if (event.type === 'loss' && event.step === 40) setImmediate(() => vi.advanceTimersByTime(1000));
    });
    const events = await lastValueFrom(
      run({ data: 'data/mnist-sample', limit: 2000, epochs: 1, output: false, threads: 1 }).pipe(second, toArray()),
    );
    const { phases, elapsedMs } = events.find((event): event is StatsEvent => event.type === 'stats')!;
    const { dataMs, forwardBackwardMs, updateMs, waitingMs, otherMs } = phases!;
    for (const part of [dataMs, updateMs, waitingMs]) expect(part).toBeGreaterThanOrEqual(0);
    for (const part of [forwardBackwardMs, otherMs]) expect(part).toBeGreaterThan(0);
    // Tenths are rounded, and what came before the pipeline is not in it.
    expect(dataMs + forwardBackwardMs + updateMs + waitingMs + otherMs).toBeLessThan(elapsedMs + 0.5);
  } finally {
    vi.useRealTimers();
  }
});

import { describe, expect, test } from 'vitest';
import { type Command, createControls, MOST_WAITING } from '../../../src/training/commands/commandQueue.js';

const all = (controls: ReturnType<typeof createControls>, step: number) => {
  const taken = [];
  for (let next = controls.take(step); next !== undefined; next = controls.take(step)) taken.push(next);
  return taken;
};

describe('commands wait', () => {
  test('for their step, whatever order they come in; those for the same one in their own', () => {
    const controls = createControls();
    const [late, early, same]: Command[] = [
      { action: 'save', step: 9 },
      { action: 'pause', step: 3 },
      { action: 'resume', step: 3 },
    ];
    for (const command of [late, early, same]) controls.send(command!);
    expect(controls.dueAt).toBe(3);
    expect(all(controls, 2)).toEqual([]);
    expect(all(controls, 3)).toEqual([early, same]);
    expect(controls.dueAt).toBe(9);
    expect(all(controls, 100)).toEqual([late]);
    expect(controls.dueAt).toBe(Number.POSITIVE_INFINITY);
  });

  test('for nothing where they have no step', () => {
    const controls = createControls();
    controls.send({ action: 'save', step: 5 });
    controls.send({ action: 'pause' });
    expect(controls.dueAt).toBe(0);
    expect(all(controls, 0)).toEqual([{ action: 'pause' }]);
  });

  test.each([Number.NaN, -1, 1.5])('never for the step %d, which becomes a sentence', (step) => {
    const controls = createControls();
    controls.send({ action: 'stop', step });
    expect(all(controls, 0)).toEqual([{ problem: expect.stringContaining(`its step is ${step}`) }]);
    expect(controls.stopSignal.aborted).toBe(false);
  });

  test('up to a bound; a stop is taken all the same', () => {
    const controls = createControls();
    for (let sent = 0; sent < MOST_WAITING + 100; sent += 1) controls.send({ action: 'save' });
    controls.send({ action: 'stop' });
    const taken = all(controls, 0);
    expect(taken).toHaveLength(MOST_WAITING + 2);
    expect(taken.slice(-2)).toEqual([{ problem: expect.stringMatching(/no more are taken/) }, { action: 'stop' }]);
  });
});

describe('the signal', () => {
  test.each(['stop', 'abandon'] as const)('aborts at a %s that waits for no step', (action) => {
    const controls = createControls();
    controls.send({ action, step: 4 });
    expect(controls.stopSignal.aborted).toBe(false);
    controls.send({ action });
    expect(controls.stopSignal.aborted).toBe(true);
  });
});

test('whoever listens hears of each command until it stops listening', () => {
  const controls = createControls();
  let heard = 0;
  const stop = controls.listen(() => (heard += 1));
  controls.send({ action: 'pause' });
  stop();
  controls.send({ action: 'resume' });
  expect(heard).toBe(1);
});

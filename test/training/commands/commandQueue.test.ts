import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/events/commands/command.js';
import { createCommandQueue, MOST_WAITING } from '../../../src/training/commands/commandQueue.js';

const all = (commands: ReturnType<typeof createCommandQueue>, step: number) => {
  const taken = [];
  for (let next = commands.take(step); next !== undefined; next = commands.take(step)) taken.push(next);
  return taken;
};

describe('commands wait', () => {
  test('for their step, whatever order they come in; those for the same one in their own', () => {
    const commands = createCommandQueue();
    const [late, early, same]: Command[] = [
      { action: 'save', step: 9 },
      { action: 'pause', step: 3 },
      { action: 'resume', step: 3 },
    ];
    for (const command of [late, early, same]) commands.send(command!);
    expect(commands.dueAt).toBe(3);
    expect(all(commands, 2)).toEqual([]);
    expect(all(commands, 3)).toEqual([early, same]);
    expect(commands.dueAt).toBe(9);
    expect(all(commands, 100)).toEqual([late]);
    expect(commands.dueAt).toBe(Number.POSITIVE_INFINITY);
  });

  test('for nothing where they have no step', () => {
    const commands = createCommandQueue();
    commands.send({ action: 'save', step: 5 });
    commands.send({ action: 'pause' });
    expect(commands.dueAt).toBe(0);
    expect(all(commands, 0)).toEqual([{ action: 'pause' }]);
  });

  test.each([Number.NaN, -1, 1.5])('never for the step %d, which becomes a sentence', (step) => {
    const commands = createCommandQueue();
    commands.send({ action: 'stop', step });
    expect(all(commands, 0)).toEqual([
      { problem: expect.stringMatching(`step is a whole number of 0 or more, not ${step}`) },
    ]);
    expect(commands.stopSignal.aborted).toBe(false);
  });

  test('never where they are none: what JavaScript sends becomes a sentence, and stops nothing', () => {
    const commands = createCommandQueue();
    const sent = [{ action: 'stpo' }, {}, null, 'stop', { action: 'learningRate', value: '0.1' }, { problem: 3 }];
    for (const command of sent) commands.send(command as unknown as Command);
    expect(all(commands, 0)).toEqual(
      sent.map(() => ({ problem: expect.stringMatching(/^A command is passed over, /) })),
    );
    commands.send({ action: 'stop', value: 1 });
    expect(commands.stopSignal.aborted).toBe(false);
  });

  test('up to a bound; a stop is taken all the same', () => {
    const commands = createCommandQueue();
    for (let sent = 0; sent < MOST_WAITING + 100; sent += 1) commands.send({ action: 'save' });
    commands.send({ action: 'stop' });
    const taken = all(commands, 0);
    expect(taken).toHaveLength(MOST_WAITING + 2);
    expect(taken.slice(-2)).toEqual([{ problem: expect.stringMatching(/no more are taken/) }, { action: 'stop' }]);
  });
});

describe('the signal', () => {
  test.each(['stop', 'abandon'] as const)('aborts at a %s that waits for no step', (action) => {
    const commands = createCommandQueue();
    commands.send({ action, step: 4 });
    expect(commands.stopSignal.aborted).toBe(false);
    commands.send({ action });
    expect(commands.stopSignal.aborted).toBe(true);
  });
});

test('whoever listens hears of each command until it stops listening', () => {
  const commands = createCommandQueue();
  let heard = 0;
  const stop = commands.listen(() => (heard += 1));
  commands.send({ action: 'pause' });
  stop();
  commands.send({ action: 'resume' });
  expect(heard).toBe(1);
});

import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/events/commands/command.js';
import type { ToWorker } from '../../../src/run/thread/messages.js';
import { type RunThread, runInWorker } from '../../../src/run/thread/runInWorker.js';

/** A thread that clones what it is sent, as every port does, and does nothing with it. */
function idleThread() {
  const sent: ToWorker[] = [];
  const thread = Object.assign(new EventEmitter(), {
    stdin: null,
    postMessage: (message: ToWorker) => sent.push(structuredClone(message)),
    terminate: async () => 0,
  });
  return { thread: thread as unknown as RunThread, sent };
}

test('what is no command crosses to the training as a sentence, and stops nothing', () => {
  const { thread, sent } = idleThread();
  const stop = new AbortController();
  const nothing = (): void => undefined;
  const running = runInWorker(
    thread,
    {},
    {
      sinks: [],
      shown: false,
      onEvents: nothing,
      onHistory: async () => undefined,
      onNotice: nothing,
      onSinkError: nothing,
      stop,
      recorded: {},
      commands: [],
    },
  );
  for (const command of [{ action: () => 'stop' }, null, { action: 'stop', value: 3 }, { action: 'stop', step: -1 }])
    running.send(command as unknown as Command);
  expect(sent.slice(1)).toEqual([
    { type: 'command', command: { problem: expect.stringMatching(/it has no action/) } },
    { type: 'command', command: { problem: expect.stringMatching(/it is null/) } },
    { type: 'command', command: { action: 'stop', value: 3 } },
    { type: 'command', command: { problem: expect.stringMatching(/step is a whole number/) } },
  ]);
  expect(stop.signal.aborted).toBe(false);
});

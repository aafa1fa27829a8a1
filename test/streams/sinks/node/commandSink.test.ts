import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../../../src/events/schema.js';
import { type CommandSinkOptions, commandSink } from '../../../../src/streams/sinks/node/commandSink.js';
import { recordedRun } from '../../../fixtures/events.js';

const whole = [...recordedRun({ epochs: 2, stepsPerEpoch: 10 })];

/** What a command writes at the end of a run. */
async function outputOf(command: string, events: readonly MillraceEvent[], options: CommandSinkOptions = {}) {
  let output = '';
  const sink = commandSink(command, { onOutput: (piece) => (output += String(piece)), ...options });
  for (const event of events) await sink.write(event);
  await sink.close();
  return output;
}

test('gives a command the facts of the run', async () => {
  const command =
    'echo "$MILLRACE_RUN $MILLRACE_STATUS $MILLRACE_STEPS $MILLRACE_EPOCHS $MILLRACE_RUN_FOLDER ($MILLRACE_ERROR)"';
  expect(await outputOf(command, whole, { runFolder: '/runs/one' })).toBe(
    '20261123-120000-abcd completed 20 2 /runs/one ()\n',
  );
  const [, epoch] = whole.filter((event) => event.type === 'epoch');
  expect(await outputOf('echo $MILLRACE_TRAIN_LOSS $MILLRACE_TEST_LOSS', whole)).toBe(
    `${epoch!.trainLoss} ${epoch!.testLoss}\n`,
  );
});

test('calls a run without an end failed, and runs nothing where there was none', async () => {
  expect(await outputOf('echo $MILLRACE_STATUS', whole.slice(0, -1))).toBe('failed\n');
  expect(await outputOf('echo $MILLRACE_STATUS', [])).toBe('');
});

test('fails with one sentence where the command does', async () => {
  await expect(outputOf('echo no >&2; exit 3', whole)).rejects.toMatchObject({
    code: 'SINK_COMMAND',
    problem: 'it ended with exit code 3',
  });
  await expect(outputOf('kill -9 $$', whole)).rejects.toThrow(/SIGKILL ended it/);
  expect(() => commandSink(' ')).toThrow(/a command for the shell/);
});

test('ends a command with all that it has started, when its time is over or with stop', async () => {
  const mark = `60.${process.pid}`;
  const sleeping = `sleep ${mark} & sleep ${mark}`;
  await expect(outputOf(sleeping, whole, { timeoutMs: 20 })).rejects.toThrow(/took more than 0.02 s and was ended/);
  await expect(outputOf(sleeping, whole, { stop: AbortSignal.timeout(20) })).rejects.toThrow(/ended with this program/);
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(`sleep ${mark}`);
});

test('does not wait for what a command has left running', async () => {
  expect(await outputOf('sleep 5 & echo done; kill $! 2>/dev/null', whole)).toBe('done\n');
});

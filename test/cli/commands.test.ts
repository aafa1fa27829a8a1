// Steering the real program from outside: through a file, through a fifo, and without a terminal.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MillraceEvent } from '../../src/events/schema.js';
import { wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { closeShells, shellOn } from '../tui/pseudoTerminal.js';
import { eventsOf, millrace, start, tinyJob } from './millrace.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--threads', '1', '--ui', 'none'];
const endless = [...job, '--epochs', '10000000', '--sample-every', '10000000', '--loss-every', '1000'];
afterEach(closeShells);

const commandsOf = (events: readonly MillraceEvent[]): object[] =>
  events.flatMap(({ type, step, ...event }) =>
    type === 'command' && 'action' in event ? [{ action: event.action, from: event.from, step }] : [],
  );
/** Whole lines of a run's own file, while it grows. */
const kept = (output: string): MillraceEvent[] => {
  const path = join(folder, output, 'events.ndjson');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as MillraceEvent)
    : [];
};
const appears = (output: string, event: object): Promise<void> =>
  vi.waitFor(() => expect(kept(output)).toContainEqual(expect.objectContaining(event)), { timeout: 15_000 });

describe('--commands FILE', () => {
  test('takes commands for a step from what the file holds, and says what it passes over', async () => {
    const lines = [
      '{"action":"learningRate","value":0.5,"step":3}',
      'nonsense \u001b[2J',
      '{"type":"loss","loss":1}',
      '{"type":"command","run":"x","seq":4,"action":"stop","from":"keyboard","step":5}',
    ];
    writeFileSync(join(folder, 'steps.ndjson'), lines.join('\n'));
    const { code, stdout } = await millrace(
      folder,
      ...[...job, '--no-output', '--events', '-', '--commands', 'steps.ndjson'],
    );
    const events = eventsOf(stdout);
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ config: { commands: 'steps.ndjson', keepRunning: false } });
    expect(commandsOf(events)).toEqual([
      { action: 'learningRate', from: 'file', step: 3 },
      { action: 'stop', from: 'file', step: 5 },
    ]);
    expect(events.at(-1)).toMatchObject({ status: 'stopped', steps: 5 });
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event] : []));
    expect(warnings).toMatchObject([{ code: 'COMMAND', message: expect.stringMatching(/"nonsense \\u001b\[2J"$/) }]);
  });

  test('follows the file, also after it has been cut', async () => {
    const path = join(folder, 'growing.ndjson');
    writeFileSync(path, '{"action":"pause"}\n');
    const { finished } = start(folder, ...endless, '--output', 'growing', '--commands', 'growing.ndjson');
    await appears('growing', { type: 'command', action: 'pause' });
    appendFileSync(path, '{"action":"evalu');
    appendFileSync(path, 'ate"}\n{"action":"save"}\n');
    await appears('growing', { type: 'checkpoint' });
    truncateSync(path);
    await sleep(300);
    appendFileSync(path, '{"action":"stop"}');
    expect((await finished).code).toBe(0);
    expect(commandsOf(kept('growing')).map((command) => 'action' in command && command.action)).toEqual([
      'pause',
      'save',
      'stop',
    ]);
    expect(kept('growing')).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'COMMAND', message: expect.stringMatching(/no test data/) }),
    );
  });

  test('does not keep a run that is done from ending', async () => {
    writeFileSync(join(folder, 'empty.ndjson'), '');
    const flags = ['--epochs', '1', '--no-output', '--commands', 'empty.ndjson', '--events', '-'];
    const { code, stdout } = await millrace(folder, ...job, ...flags);
    expect(code).toBe(0);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ status: 'completed' });
  });

  test.each([
    [
      1,
      'absent.ndjson',
      /absent\.ndjson: expected a file or a fifo to read commands from, found no such file or folder/,
    ],
    [1, '.', /\.: expected a file or a fifo .* found a folder/],
    [2, '-', /--commands: expected a file or a fifo, found "-"/],
    [2, '', /--commands: expected a file or a fifo, found ""/],
  ])('exits with %i for %j in one sentence, and leaves nothing behind', async (code, path, sentence) => {
    const flags = ['--output', 'never', '--events', 'never.ndjson', '--commands', path];
    const finished = await millrace(folder, ...job, ...flags);
    expect(finished).toMatchObject({ code, stderr: expect.stringMatching(sentence) });
    expect([existsSync(join(folder, 'never')), existsSync(join(folder, 'never.ndjson'))]).toEqual([false, false]);
  });

  test('is let go where the run cannot begin', async () => {
    writeFileSync(join(folder, 'idle.ndjson'), '');
    const flags = ['--no-output', '--events', 'absent/events', '--commands', 'idle.ndjson'];
    expect((await millrace(folder, ...job, ...flags)).code).toBe(1);
  });
});

describe.skipIf(process.platform === 'win32')('--commands FIFO', () => {
  const fifo = (name: string): string => {
    execFileSync('mkfifo', [join(folder, name)]);
    return join(folder, name);
  };
  /** As a shell does it: open, write, close. */
  const write = async (path: string, text: string): Promise<void> => {
    const file = await open(path, 'w');
    await file.write(text);
    await file.close();
  };

  test('waits for no writer, lets writers come and go, and needs no line feed', async () => {
    const path = fifo('steer');
    const { finished } = start(folder, ...endless, '--output', 'steered', '--commands', 'steer');
    await appears('steered', { type: 'loss' });
    await write(path, '{"action":"pause"}\n');
    await appears('steered', { type: 'command', action: 'pause', from: 'file' });
    await write(path, '{"action":"learningRate","value":0}\n{"action":"step"}\n');
    await appears('steered', { type: 'command', action: 'step' });
    await write(path, '{"action":"stop"}');
    expect((await finished).code).toBe(0);
    expect(kept('steered')).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'COMMAND', message: expect.stringMatching(/above 0, not 0/) }),
    );
    expect(kept('steered').at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
  });

  test('that no one ever writes to does not keep a run from beginning and ending', async () => {
    fifo('silent');
    const flags = ['--epochs', '1', '--no-output', '--commands', 'silent'];
    expect((await millrace(folder, ...job, ...flags)).code).toBe(0);
    expect((await millrace(folder, ...job, '--data', 'absent', ...flags)).code).toBe(1);
  });
});

describe('a terminal that goes away', () => {
  /** The shell outlives its terminal, to tell how the program ended. */
  const onTerminal = (output: string, ...flags: readonly string[]) => {
    writeFileSync(join(folder, `${output}.commands`), '');
    const args = endless.filter((flag) => flag !== '--ui' && flag !== 'none');
    args.push('--output', output, '--commands', `${output}.commands`, ...flags);
    const program = `"${process.execPath}" "${resolve('bin/millrace.js')}" ${args.join(' ')}`;
    return shellOn(folder, '', ['sh', '-c', `trap "" HUP; ${program}; echo $? > ${output}.status`]);
  };
  /** As the system does it when the terminal and its shell are gone: to the whole job. */
  const hangUp = (child: { readonly pid: number; kill(): void }): void => {
    child.kill();
    process.kill(-child.pid, 'SIGHUP');
  };
  const endsWell = (output: string): Promise<void> =>
    vi.waitFor(() => expect(readFileSync(join(folder, `${output}.status`), 'utf8')).toBe('0\n'), { timeout: 15_000 });
  const sizeOf = (output: string): number => statSync(join(folder, output, 'events.ndjson')).size;

  wholeTest('ends the run in good order', async () => {
    const { child, shows } = onTerminal('ended');
    await shows('● running');
    hangUp(child);
    await endsWell('ended');
    expect(kept('ended').at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(kept('ended')).toContainEqual(expect.objectContaining({ type: 'command', action: 'stop', from: 'signal' }));
    expect(existsSync(join(folder, 'ended', 'model.safetensors'))).toBe(true);
  });

  wholeTest('and takes its shell along is no reason to abort at the end', async () => {
    const args = ['train', ...tinyJob(folder), '--epochs', '10000000', '--output', 'alone'].join(' ');
    const program = `"${process.execPath}" "${resolve('bin/millrace.js')}" ${args}`;
    writeFileSync(join(folder, 'survivor.sh'), `trap "" HUP; ${program}; echo $? > alone.status`);
    const { child, shows } = shellOn(folder, '', ['sh', '-c', 'sh survivor.sh; :']);
    await shows('● running');
    hangUp(child);
    await endsWell('alone');
    expect(kept('alone').at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
  });

  wholeTest('does not end it with --keep-running: it trains on and can still be steered', async () => {
    const { child, shows } = onTerminal('going', '--keep-running');
    await shows('● running');
    hangUp(child);
    await sleep(200);
    const size = sizeOf('going');
    await vi.waitFor(() => expect(sizeOf('going')).toBeGreaterThan(size), { timeout: 15_000 });
    appendFileSync(join(folder, 'going.commands'), '{"action":"stop"}\n');
    await endsWell('going');
    const events = kept('going');
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(events[0]).toMatchObject({ config: { keepRunning: true } });
    expect(commandsOf(events).map((command) => 'from' in command && command.from)).toEqual(['file']);
  });

  wholeTest('leaves lines that go into a file going', async () => {
    const { child, finished } = start(folder, ...endless, '--ui', 'plain', '--no-output', '--keep-running');
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGHUP');
    await sleep(300);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    const { code, stderr } = await finished;
    expect([code, stderr]).toEqual([0, expect.stringMatching(/stopped after [\d,]+ steps/)]);
  });
});

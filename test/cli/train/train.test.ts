import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEvent } from '../../../src/events/ndjson.js';
import { encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { firstCases, wholeTest } from '../../fixtures/laws.js';
import { environment, eventsOf, millrace, millraceReading, start, tinyJob } from '../millrace.js';
import { programInside } from '../programInside.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-train-'));
const job = ['train', ...tinyJob(folder)];
afterAll(() => rmSync(folder, { recursive: true }));

describe('a run to its end', () => {
  let stdout: string;
  beforeAll(async () => {
    const finished = await millrace(folder, ...job, '--epochs', '2', '--output', 'whole', '--events', '-');
    expect(finished.stderr).toMatch(
      /^run .*\nepoch 1 of 2: training loss .*\nepoch 2 of 2: .*\nno test images: .*\ncompleted after 20 steps/m,
    );
    expect(finished.code).toBe(0);
    ({ stdout } = finished);
  });

  test('puts events and nothing else on stdout', () => {
    const events = stdout.trimEnd().split('\n').map(parseEvent);
    expect(events.every((event) => event !== undefined && !(event instanceof Error))).toBe(true);
  });

  test('begins with run, ends with end and misses none in between', () => {
    const events = eventsOf(stdout);
    expect(events[0]).toMatchObject({ type: 'run', step: 0, epoch: 1, stepsPerEpoch: 10, epochs: 2, parameters: 82 });
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'completed', steps: 20 });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(events.filter(({ type }) => type === 'loss')).toHaveLength(20);
    // In a run of so few steps there is one after each.
    expect(events.filter(({ type }) => type === 'sample').map(({ step }) => step)).toEqual(
      Array.from({ length: 21 }, (_, step) => step),
    );
  });

  test('says every effective option', () => {
    const [run] = eventsOf(stdout);
    expect(run).toMatchObject({
      config: {
        epochs: 2,
        batchSize: 20,
        learningRate: 0.001,
        seed: 1,
        initial: 'he',
        shuffle: false,
        noise: 0,
        ui: 'auto',
        events: '-',
      },
    });
  });

  test('keeps the same bytes in its folder, with the model', () => {
    expect(readFileSync(join(folder, 'whole', 'events.ndjson'), 'utf8')).toBe(stdout);
    expect(
      readdirSync(join(folder, 'whole'))
        .filter((name) => !name.startsWith('step-'))
        .sort(),
    ).toEqual(['events.ndjson', 'model.safetensors']);
    expect(eventsOf(stdout).at(-2)).toMatchObject({
      type: 'checkpoint',
      path: 'model.safetensors',
      bytes: statSync(join(folder, 'whole', 'model.safetensors')).size,
    });
  });

  test('is never overwritten', async () => {
    const again = await millrace(folder, ...job, '--output', 'whole');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/whole: a run is kept here already/) });
    expect(readFileSync(join(folder, 'whole', 'events.ndjson'), 'utf8')).toBe(stdout);
  });

  test('gives weights that another run begins with', async () => {
    const weights = join('whole', 'model.safetensors');
    const { stdout: next } = await millrace(
      ...([folder, ...job, '--weights', weights, '--epochs', '1', '--no-output', '--events', '-'] as const),
    );
    const loss = (text: string, type: string) =>
      eventsOf(text)
        .filter((event) => event.type === type)
        .at(0);
    expect(loss(next, 'sample')).toMatchObject({
      items: (eventsOf(stdout).findLast(({ type }) => type === 'sample') as { items: unknown }).items,
    });
  });
});

test('the same seed gives the same losses, another seed others', async () => {
  const losses = async (seed: string): Promise<unknown[]> => {
    const { stdout } = await millrace(
      folder,
      ...job,
      '--shuffle',
      '--epochs',
      '1',
      '--seed',
      seed,
      '--no-output',
      '--events',
      '-',
    );
    return eventsOf(stdout).flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
  };
  const [first, again, other] = await Promise.all([losses('7'), losses('7'), losses('8')]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

describe('--ui', () => {
  test('none is silent', async () => {
    const { stdout, stderr, code } = await millrace(folder, ...job, '--epochs', '1', '--no-output', '--ui', 'none');
    expect({ stdout, stderr, code }).toEqual({ stdout: '', stderr: '', code: 0 });
  });

  test('plain has no escapes', async () => {
    const { stderr } = await millrace(folder, ...job, '--epochs', '1', '--no-output', '--ui', 'plain');
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toContain('epoch 1 of 1');
  });

  test('dashboard without a terminal is an error', async () => {
    const { code, stderr } = await millrace(folder, ...job, '--epochs', '1', '--no-output', '--ui', 'dashboard');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/no terminal/) });
  });
});

describe('a reader of --events -', () => {
  wholeTest('that takes one line and goes ends the run in good order', async () => {
    const { child, finished } = start(folder, ...job, '--epochs', '10000000', '--output', 'left', '--events', '-');
    child.stdout.once('data', () => child.stdout.destroy());
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/EPIPE|Error/) });
    const events = eventsOf(readFileSync(join(folder, 'left', 'events.ndjson'), 'utf8'));
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(existsSync(join(folder, 'left', 'model.safetensors'))).toBe(true);
  });

  wholeTest('that is slow makes the training wait, and misses nothing', async () => {
    const { child, finished } = start(
      folder,
      ...job,
      '--batch-size',
      '1',
      '--epochs',
      '40',
      '--output',
      'slow',
      '--events',
      '-',
    );
    child.stdout.pause();
    const kept = join(folder, 'slow', 'events.ndjson');
    const size = (): number => (existsSync(kept) ? statSync(kept).size : 0);
    let [before, now] = [-1, 0];
    while (now === 0 || now !== before) {
      await sleep(400);
      [before, now] = [now, size()];
    }
    const heldAt = eventsOf(readFileSync(kept, 'utf8').replace(/[^\n]*$/, '')).length;
    child.stdout.resume();
    const { stdout, code } = await finished;
    const events = eventsOf(stdout);
    expect(code).toBe(0);
    expect(heldAt).toBeLessThan(6000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(events.filter(({ type }) => type === 'loss')).toHaveLength(8000);
  });
});

describe('a signal', () => {
  test.each(firstCases(['SIGINT', 'SIGTERM', 'SIGHUP'] as const, 1))(
    '%s finishes the step, saves the model and exits with 0',
    async (signal) => {
      const { child, finished } = start(
        folder,
        ...job,
        '--epochs',
        '10000000',
        '--output',
        signal,
        '--events',
        '-',
        '--ui',
        'none',
      );
      child.stdout.once('data', () => child.kill(signal));
      const { code, stdout } = await finished;
      expect(code).toBe(0);
      const events = eventsOf(stdout);
      expect(events).toContainEqual(expect.objectContaining({ type: 'command', action: 'stop', from: 'signal' }));
      expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
      expect(statSync(join(folder, signal, 'model.safetensors')).size).toBeGreaterThan(0);
    },
  );

  wholeTest('that comes twice leaves at once', async () => {
    const { child, finished } = start(
      folder,
      ...job,
      '--epochs',
      '10000000',
      '--no-output',
      '--events',
      '-',
      '--ui',
      'none',
    );
    child.stdout.once('data', () => {
      // No one reads: the run cannot end in good order.
      child.stdout.pause();
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGINT'), 300);
    });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    expect([0, 130]).toContain(await exit);
    child.stdout.resume();
    await finished;
  });
});

describe('data from stdin', () => {
  const bytes = (): Buffer => readFileSync(join(folder, 'tiny-idx3-ubyte'));
  const fromStdin = [
    'train',
    '--data',
    '-',
    '--architecture',
    'tiny.json',
    '--backend',
    'cpu',
    '--no-output',
    '--events',
    '-',
  ];

  test('trains one epoch of what the stream holds', async () => {
    const { stdout, code } = await millraceReading(bytes(), folder, ...fromStdin);
    expect(code).toBe(0);
    expect(eventsOf(stdout)[0]).toMatchObject({ dataset: { name: 'stdin', items: 200 }, epochs: 1 });
    expect(eventsOf(stdout).at(-1)).toMatchObject({ status: 'completed', steps: 10 });
  });

  test('trains epochs of raw frames, whose shape is given', async () => {
    const flags = ['--shape', '4x4', '--epoch-items', '100', '--epochs', '2'];
    const { stdout, code } = await millraceReading(bytes().subarray(16), folder, ...fromStdin, ...flags);
    expect(code).toBe(0);
    expect(eventsOf(stdout)[0]).toMatchObject({ config: { shape: [4, 4, 1] }, epochs: 2, stepsPerEpoch: 5 });
    expect(eventsOf(stdout).at(-1)).toMatchObject({ status: 'completed', epoch: 2, steps: 10 });
  });

  test('that stops in the middle ends the run with the place where it did', async () => {
    const { stdout, stderr, code } = await millraceReading(bytes().subarray(0, 1000), folder, ...fromStdin);
    expect(code).toBe(1);
    expect(stderr).toMatch(/stdin: byte 992: expected 200 items .* found 61 whole items and 8 bytes/);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ status: 'failed', error: { code: 'IDX_TRUNCATED' } });
  });

  test('takes the first items where there is a limit, though more would come', async () => {
    const { stdin, stdout, finished } = programInside(folder, [...fromStdin, '--limit', '30'], environment(folder));
    stdin.write(bytes().subarray(0, 16 + 16 * 60));
    expect(await finished).toBe(0);
    expect(eventsOf(stdout.text).at(-1)).toMatchObject({ status: 'completed', steps: 2 });
  });
});

describe('a mistake', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'sealed'), { mode: 0o500 });
    const growing = {
      name: 'growing',
      input: [4, 4, 1],
      encoder: [{ type: 'conv2d', filters: 1, kernelSize: 1 }],
      decoder: [{ type: 'conv2dTranspose', filters: 1, kernelSize: 2 }],
    };
    const layer = { type: 'conv2d', filters: 1, kernelSize: 1 };
    const wide = { name: 'wide', input: [5, 5, 1], encoder: [layer], decoder: [layer] };
    writeFileSync(join(folder, 'wide.json'), JSON.stringify(wide));
    writeFileSync(join(folder, 'growing.json'), JSON.stringify(growing));
    const tensors = new Map([['encoder.0.weight', { shape: [1], data: Float32Array.of(1) }]]);
    writeFileSync(join(folder, 'other.safetensors'), encodeSafetensors({ tensors, metadata: new Map() }));
  });

  test.each([
    [1, ['--data', 'absent'], /absent: .*(no such file|not exist|nothing)/i],
    [1, ['--data', 'tiny.json'], /tiny\.json: expected .*an IDX file/],
    [2, ['--batch-size', '0'], /--batch-size: expected a whole number from 1 to 4096, found 0/],
    [2, ['--batch-size', 'abc'], /--batch-size: .*found "abc"/],
    [2, ['--epochs', '-1'], /--epochs: expected a whole number, 1 or more, found -1/],
    [2, ['--learning-rate', '0'], /--learning-rate: expected a finite number above 0/],
    [2, ['--learning-rate', 'Infinity'], /--learning-rate: expected a finite number above 0, found "Infinity"/],
    [2, ['--architecture', 'transpos'], /Did you mean transpose\?/],
    [1, ['--architecture', 'absent.json'], /absent\.json/],
    [2, ['--engine', 'gpu'], /--engine: expected one of simd, tfjs/],
    [2, ['--engine', 'tfjs', '--threads', '2'], /--threads: expected nothing with the engine tfjs, found 2/],
    [2, ['--engine', 'simd', '--backend', 'wasm'], /--backend: expected nothing with the engine simd/],
    [2, ['--backend', 'gpu'], /--backend: expected one of tensorflow, wasm, cpu/],
    [2, ['--epoch', '3'], /unknown option '--epoch'[\s\S]*--epochs/],
    [2, ['--output', 'x'], /one of --output and --no-output/],
    [2, ['--data', '-', '--epochs', '2'], /--epochs: expected 1 with data from stdin/],
    [1, ['--architecture', 'growing.json'], /growing\.json: .*decoder.*(output|shape).*\[?5/i],
    [1, ['--architecture', 'wide.json'], /an input of 4×4×1, as the images, found 5×5×1/],
    [1, ['--weights', 'other.safetensors'], /other\.safetensors: .*expected .*encoder\.1\.weight/],
    [1, ['--weights', 'tiny.json'], /tiny\.json/],
    [1, ['--events', 'absent/events'], /absent\/events: events cannot be written here/],
  ])('exits with %i for %j in one sentence', async (code, flags, sentence) => {
    const finished = await millrace(folder, ...job, '--epochs', '1', '--no-output', ...flags);
    expect(finished).toMatchObject({ code, stderr: expect.stringMatching(sentence) });
    expect(finished.stderr).not.toMatch(/\n\s+at /);
    expect(finished.stdout).toBe('');
  });

  test('in the output folder, being a file, is one sentence', async () => {
    const finished = await millrace(folder, ...job, '--output', 'tiny.json');
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringMatching(/tiny\.json: this is a file/) });
  });

  test('in the first word is answered with the nearest command', async () => {
    expect(await millrace(folder, 'trian')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Did you mean train/),
    });
  });

  test.skipIf(process.platform !== 'linux')('of the disk, being full, ends the run with one sentence', async () => {
    const finished = await millrace(
      folder,
      ...job,
      '--epochs',
      '200',
      '--no-output',
      '--events',
      '/dev/full',
      '--ui',
      'none',
    );
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringMatching(/no space is left/) });
  });

  test.skipIf(process.getuid?.() === 0)(
    'of a folder that may not be written to is one sentence (not as root)',
    async () => {
      const finished = await millrace(folder, ...job, '--output', join('sealed', 'run'));
      expect(finished).toMatchObject({ code: 1, stderr: expect.stringMatching(/sealed/) });
    },
  );
});

test('a loss that is not finite at once still leaves every event, the end included', async () => {
  const { code, stdout } = await millrace(
    folder,
    ...job,
    '--learning-rate',
    '1e300',
    '--output',
    'at-once',
    '--events',
    '-',
  );
  expect(code).toBe(3);
  expect(eventsOf(stdout).at(-1)).toMatchObject({ type: 'end', status: 'diverged' });
  expect(readFileSync(join(folder, 'at-once', 'events.ndjson'), 'utf8')).toBe(stdout);
});

test('a run that cannot begin leaves no event file behind', async () => {
  expect((await millrace(folder, ...job, '--data', 'tiny.json', '--events', 'unborn.ndjson')).code).toBe(1);
  expect(existsSync(join(folder, 'unborn.ndjson'))).toBe(false);
});

test('a loss that is not finite ends the run with exit code 3, and its model is not kept', async () => {
  const { code, stdout } = await millrace(
    folder,
    ...job,
    '--learning-rate',
    '1e38',
    '--output',
    'diverged',
    '--events',
    '-',
  );
  expect(code).toBe(3);
  expect(eventsOf(stdout).at(-1)).toMatchObject({ type: 'end', status: 'diverged', error: { code: 'RUN_DIVERGED' } });
  expect(existsSync(join(folder, 'diverged', 'model.safetensors'))).toBe(false);
});

test('--help has examples and --version the version', async () => {
  const help = await millrace(folder, 'train', '--help');
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('jq') });
  const [, first = ''] = /What matters first:\n(.*?)\n\n/s.exec(help.stdout) ?? [];
  expect(first.match(/^ {2}--/gm)).toHaveLength(10);
  expect((await millrace(folder, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

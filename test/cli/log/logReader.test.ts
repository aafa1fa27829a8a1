import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogReader } from '../../../src/cli/log/logReader.js';
import { LONGEST_LINE, OutputLines } from '../../../src/cli/log/outputLines.js';
import { createStamp } from '../../../src/events/stamp.js';
import { cases } from '../../fixtures/laws.js';

interface Figure {
  readonly type: string;
  readonly name?: string;
  readonly value?: number;
  readonly epoch: number;
  readonly step: number;
  readonly text?: string;
}

function read(text: string | Uint8Array, ...regex: string[]) {
  const notices: string[] = [];
  const reader = new LogReader({
    stamp: createStamp({ run: 'a' }),
    regex,
    onNotice: (notice) => void notices.push(notice),
  });
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const events = [...reader.push(bytes), ...reader.end('completed')] as unknown as Figure[];
  const figures = events.flatMap(({ type, name, value, epoch, step }) =>
    type === 'metric' ? [[epoch, step, name, value]] : [],
  );
  return {
    figures,
    notices,
    lines: events.flatMap(({ type, text }) => (type === 'line' ? [text] : [])),
    end: events.at(-1)!,
  };
}

test('Keras: epochs, bars that are written over, and the values of the validation', () => {
  const text = [
    'Epoch 1/2\n',
    '  1/469 [..............................] - ETA: 2:05 - loss: 2.3412 - accuracy: 0.0781',
    `${'\b'.repeat(80)} 35/469 [=>............................] - ETA: 0s - loss: 1.1000 - accuracy: 0.6000\r`,
    '469/469 [==============================] - 3s 6ms/step - loss: 0.3411 - accuracy: 0.9034 - val_loss: 0.1822 - val_accuracy: 0.9466\n',
    'Epoch 2/2\n',
    '\u001b[1m469/469\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m2s\u001b[0m 3ms/step - accuracy: 0.9500 - loss: 0.1700 - learning_rate: 1.0000e-04\n',
  ].join('');
  expect(read(text).figures).toEqual([
    [1, 35, 'loss', 1.1],
    [1, 35, 'accuracy', 0.6],
    [1, 469, 'loss', 0.3411],
    [1, 469, 'accuracy', 0.9034],
    [1, 469, 'val_loss', 0.1822],
    [1, 469, 'val_accuracy', 0.9466],
    [2, 938, 'accuracy', 0.95],
    [2, 938, 'loss', 0.17],
    [2, 938, 'learning_rate', 0.0001],
  ]);
});

test("PyTorch's examples: images done of an epoch, and what a test said, out of how many", () => {
  const text =
    'Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.134567\n' +
    'Train Epoch: 2 [0/60000 (0%)]\tLoss: 0.134567\n' +
    '\nTest set: Average loss: 0.0543, Accuracy: 9823/10000 (98%)\n\n';
  expect(read(text).figures).toEqual([
    [1, 640, 'train/Loss', 2.134567],
    [2, 60000, 'train/Loss', 0.134567],
    [2, 60000, 'test/Average loss', 0.0543],
    [2, 60000, 'test/Accuracy', 0.9823],
  ]);
});

test('Lightning, whose epochs count from 0, and tqdm: bars with carriage returns', () => {
  const text =
    'Epoch 0:  45%|████▌     | 23/51 [00:01<00:01, 20.15it/s, v_num=3, train_loss=0.320]\r' +
    'Epoch 1: 100%|██████████| 51/51 [00:02<00:00, 20.15it/s, v_num=3, train_loss=0.120, val_loss=nan]\r\n' +
    '  7%|▋         | 7/100 [00:12<02:15,  3.60it/s, loss=1.5e-3]\r';
  expect(read(text).figures).toEqual([
    [1, 23, 'train_loss', 0.32],
    [2, 102, 'train_loss', 0.12],
    [2, 102, 'val_loss', Number.NaN],
    [2, 107, 'loss', 0.0015],
  ]);
});

test.each([
  [
    'step=100 loss=0.5 lr=1e-3',
    [
      [1, 100, 'loss', 0.5],
      [1, 100, 'lr', 0.001],
    ],
  ],
  [
    "{'loss': 0.5, 'learning_rate': 5e-05, 'epoch': 2.5}",
    [
      [2, 1, 'loss', 0.5],
      [2, 1, 'learning_rate', 5e-5],
    ],
  ],
  ['{"global_step": 7, "epoch": 1, "train": {"loss": 0.5}, "name": "x"}', [[1, 7, 'train.loss', 0.5]]],
  ['iter 250: loss 2.3456, time 12.30ms, mfu 3.2%', [[1, 250, 'loss', 2.3456]]],
  [
    'step 250: train loss 2.1, val loss 2.2',
    [
      [1, 250, 'train/loss', 2.1],
      [1, 250, 'val/loss', 2.2],
    ],
  ],
  [
    '2026-11-30 02:01:03,123 INFO trainer.py:33 - step 1,200 - loss: inf',
    [[1, 1200, 'loss', Number.POSITIVE_INFINITY]],
  ],
])('%s', (line, figures) => {
  expect(read(`${line}\n`).figures).toEqual(expect.arrayContaining(figures));
});

test.each([
  'listening on http://localhost:8080',
  'at 02:01:03',
  'Using device: cuda:0',
  'GPU 0: NVIDIA',
  'Files already downloaded and verified',
  'v1.2.3',
])('%s is no figure', (line) => {
  expect(read(`${line}\n`).figures).toEqual([]);
});

test('lines that say no step count the times that a figure comes', () => {
  expect(read('loss: 3\nval_loss: 4\nloss: 2\nloss: 1\n').figures.map(([, step]) => step)).toEqual([1, 1, 2, 3]);
});

test('patterns of the user take the place of what is recognised: groups are figures, step and epoch the position', () => {
  const text = 'E2 it 40 | err 0.25 | loss: 9\nE2 it 50 | err 12.5%\n';
  const { figures } = read(text, String.raw`E(?<epoch>\d+) it (?<step>\d+)`, 'err (?<err>[0-9.]+)');
  expect(figures).toEqual([
    [2, 40, 'err', 0.25],
    [2, 50, 'err', 12.5],
  ]);
});

test('a pattern that takes exponential time is left out with a sentence, the others go on', () => {
  const { figures, notices } = read(`${'a'.repeat(60)}b loss 3\nloss 4\n`, '(?<x>a+)+$', 'loss (?<loss>[0-9]+)');
  expect(figures.map(([, , name, value]) => [name, value])).toEqual([
    ['loss', 3],
    ['loss', 4],
  ]);
  expect(notices).toEqual([expect.stringContaining('takes more than 100 ms')]);
});

test.each([
  ['(', 'a regular expression'],
  ['loss: ([0-9.]+)', 'a named group for each figure'],
])('refuses the pattern %s', (pattern, words) => {
  expect(() => read('', pattern)).toThrow(words);
});

test('says once where no figure is found, after 200 lines or at the end', () => {
  expect(read('nothing\n'.repeat(500)).notices).toEqual([
    expect.stringMatching(/^no figures were recognised in 200 lines: /),
  ]);
  expect(read('nothing').notices).toEqual([expect.stringMatching(/in 1 line: /)]);
  expect(read('nothing', 'x(?<x>1)').notices).toEqual(['no pattern of --regex has matched a number in 1 line']);
  expect(read('').notices).toEqual([]);
});

test('lines come without escapes, however they are cut, and of bounded length', () => {
  const text = `\u001b[31mred\u001b[0m\u001b]0;title\u0007 text\n${'x'.repeat(100_000)}\nbar\rlast ä`;
  const bytes = new TextEncoder().encode(text);
  const whole = read(bytes).lines;
  expect(whole.map((line) => line!.length)).toEqual([8, LONGEST_LINE, 6]);
  expect([whole[0], whole[2]]).toEqual(['red text', 'last ä']);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (size) => {
      const lines = new OutputLines();
      const read: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        read.push(
          ...lines
            .push(bytes.subarray(at, at + size))
            .flatMap(({ text, isOverwritten }) => (isOverwritten ? [] : [text])),
        );
      expect([...read, ...lines.flush().map(({ text }) => text)]).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test('whatever a program prints is read in linear time and gives events that say nothing wrong', () => {
  const piece = fc.constantFrom(
    'loss',
    ': ',
    '=',
    '0.5',
    '\r',
    '\n',
    '\b',
    '[',
    '1/2',
    'Epoch ',
    '-',
    ' ',
    '{',
    '}',
    '"',
    '\u001b[',
    'nan',
    '%',
    ',',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        for (const [epoch, step] of read(text).figures as [number, number][]) {
          expect(Number.isSafeInteger(epoch) && epoch >= 1).toBe(true);
          expect(Number.isSafeInteger(step) && step >= 0).toBe(true);
        }
      },
    ),
    { numRuns: cases(200) },
  );
});

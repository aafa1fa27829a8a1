import { expect, test } from 'vitest';
import { trackingFormatOf } from '../../src/tracking/formats.js';
import { eventFileBytes, history, wandbFileBytes } from './eventBytes.js';
import { decoded, type Numbers, numbersOf } from './readEvents.js';

const title = (content: string | Uint8Array, name = 'file'): string | undefined =>
  trackingFormatOf(Buffer.from(content), name)?.title;

test.each<[string, string | Uint8Array, string, string | undefined]>([
  ['event files', eventFileBytes(1), 'x', 'event files of TensorBoard'],
  ['an event file that is still empty', '', 'events.out.tfevents.1', 'event files of TensorBoard'],
  ['W&B', wandbFileBytes([history(0, { a: 1 })]), 'x', '.wandb files of W&B'],
  ['a trainer state', '{\n  "best_metric": null,\n  "log_history": [', 'x', 'trainer_state.json of Hugging Face'],
  ['lines with a name of their own', '{"step":1,"acc":0.5}\n', 'x', 'lines of JSON with numbers in them'],
  ['lines below a text', 'begin\n{"a":{"b":1}}\n', 'x', 'lines of JSON with numbers in them'],
  ['lines of another type', '{"type":"train","step":1,"loss":2}\n', 'x', 'lines of JSON with numbers in them'],
  ['a table', 'epoch;loss\n1;2\n', 'x', 'CSV with a column of steps or epochs (Lightning, Keras and others)'],
  [
    'a table of YOLO',
    '      epoch,  train/box_loss\n',
    'x',
    'CSV with a column of steps or epochs (Lightning, Keras and others)',
  ],
  ['bare losses, which are events', '{"loss":0.5}\n', 'x', undefined],
  ['events', '{"type":"loss","loss":0.5,"run":"a"}\n', 'x', undefined],
  ['events of another vocabulary', '{"type":"mine","run":"a","mass":3}\n', 'x', undefined],
  ['a table of images', 'label,pixel0,pixel1\n5,0,0\n', 'x', undefined],
  ['a picture', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'x', undefined],
  ['zeros', Buffer.alloc(64), 'events.out.tfevents.1', undefined],
  ['nothing', '', 'x', undefined],
])('recognises %s', (_, content, name, expected) => {
  expect(title(content, name)).toBe(expected);
});

const read = (content: string): Numbers => numbersOf(decoder(content), Buffer.from(content));
const decoder = (content: string) => trackingFormatOf(Buffer.from(content), 'file')!.decoder();

test.each<[string, string, Numbers]>([
  ['sparse rows of Lightning', 'epoch,loss,step,val\n0,1.5,0,\n0,,4,2e-3\n', { loss: [[0, 1.5]], val: [[4, 0.002]] }],
  [
    'NA and NaN of Keras',
    'epoch,loss,lr\n0,NA,nan\n1,3,-inf\n',
    {
      loss: [[1, 3]],
      lr: [
        [0, Number.NaN],
        [1, Number.NEGATIVE_INFINITY],
      ],
    },
  ],
  ['quoted cells', '"Step","a ""b"""\n"1","2"\n', { 'a "b"': [[1, 2]] }],
  ['tabs, carriage returns and a mark', '\uFEFFiter\tloss\r\n10\t2\r\n', { loss: [[10, 2]] }],
  ['a second table below', 'step,a\n1,2\nstep,b\n1,3\n', { a: [[1, 2]], b: [[1, 3]] }],
  ['a row that is torn', 'step,a\n1,2\n2', { a: [[1, 2]] }],
  ['lines without a step, which are counted', '{"a":1}\n{"b":{"c":2}}\n', { a: [[1, 1]], 'b.c': [[2, 2]] }],
  ['bare NaN of Python', '{"step":3,"x":NaN,"y":[NaN]}\n', { x: [[3, Number.NaN]] }],
  ['a key that is the prototype', '{"step":1,"__proto__":{"x":2},"y":3}\n', { '__proto__.x': [[1, 2]], y: [[1, 3]] }],
])('reads %s', (_, content, expected) => {
  expect(read(content)).toEqual(expected);
});

test('says where a step comes from when it had to be guessed', () => {
  const remarks = (content: string): readonly string[] => {
    const reader = decoder(content);
    decoded(reader, Buffer.from(content));
    return reader.remarks;
  };
  expect(remarks('{"num_updates":1,"a":2}\n')).toEqual(['its steps are those of num_updates']);
  expect(remarks('{"a":2}\n')).toEqual(['its lines do not say their step: they are counted']);
  expect(remarks('epoch,a\n1,2\n')).toEqual(['its steps are those of the column epoch']);
  expect(remarks('step,a\n1,2\n')).toEqual([]);
});

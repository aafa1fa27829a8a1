import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventFramer } from '../../../../../src/streams/sinks/node/serve/serverSentEvents.js';
import { cases } from '../../../../fixtures/laws.js';
import { MessageReader } from '../../../../fixtures/sseClient.js';

const head = (seq: number): string => `{"type":"loss","run":"a","seq":${seq},`;
const lines = fc
  .array(fc.json({ depthSize: 'small' }), { maxLength: 8 })
  .map((values) => values.map((value, seq) => `${head(seq)}"value":${value}}`));

function framed(text: string, cuts: readonly number[]): MessageReader {
  const bytes = Buffer.from(text);
  const places = [
    0,
    ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other),
    bytes.length,
  ];
  const framer = new EventFramer();
  const reader = new MessageReader();
  const frames = places.slice(1).map((to, index) => framer.push(bytes.subarray(places[index], to)));
  reader.push(Buffer.concat(frames).toString());
  return reader;
}

test('lines come out as they were, however long they are and wherever a block ends within one', () => {
  const padded = lines.map((some) => some.map((line) => line.replace(/\}$/, `,"padding":"${'ä'.repeat(400)}"}`)));
  fc.assert(
    fc.property(padded, fc.array(fc.nat()), (some, cuts) => {
      const text = some.map((line) => `${line}\n`).join('');
      // A block ends after a line, or where its beginning is in it.
      const bytes = Buffer.from(text);
      const possible = cuts.filter((cut) => {
        const at = cut % (bytes.length + 1);
        return at - (bytes.lastIndexOf(10, at - 1) + 1) > 320 || bytes[at - 1] === 10;
      });
      const { messages } = framed(text, possible);
      expect(messages.map(({ data }) => data)).toEqual(some);
      expect(messages.map(({ id }) => Number(id))).toEqual(some.map((_, seq) => seq));
    }),
    { numRuns: cases(100) },
  );
});

test.each([
  ['no JSON', 'nonsense', []],
  ['torn', `${head(1)}"loss":0.`, []],
  ['without a type', '{"a":1}', []],
  ['of another order', '{"seq":7,"type":"mine"}', [{ id: '7', data: '{"seq":7,"type":"mine"}' }]],
  ['without a number', '{"type":"mine"}', [{ id: '', data: '{"type":"mine"}' }]],
  [
    'with a forged field',
    `${head(1)}\r"id":2,\rid: 9\r\r"b":3}`,
    [{ id: '1', data: `${head(1)} "id":2, id: 9  "b":3}` }],
  ],
  ['with Windows line ends', `${head(1)}"b":3}\r`, [{ id: '1', data: `${head(1)}"b":3} ` }]],
])('a line %s gives %s', (_, line, messages) => {
  expect(framed(`${line}\n`, []).messages).toEqual(messages);
});

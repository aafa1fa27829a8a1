import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyParser, type Input } from '../../../src/tui/screen/parseKeys.js';

const keysIn = (...chunks: string[]): string[] => {
  const parser = createKeyParser();
  return chunks.flatMap((chunk) => parser.feed(chunk)).map(nameOf);
};
const nameOf = (input: Input): string => {
  if (input.type === 'key') return input.key;
  return input.type === 'mouse' ? `${input.action} ${input.row},${input.column}` : 'answer';
};

test.each([
  ['qQ?', ['q', 'Q', '?']],
  ['é漢😀', ['é', '漢', '😀']],
  ['\u0003\u001a\t\r ', ['ctrl-c', 'ctrl-z', 'tab', 'enter', 'space']],
  ['\u001b[A\u001b[B\u001bOC\u001bOD', ['up', 'down', 'right', 'left']],
  ['\u001b[H\u001b[F\u001b[1~\u001b[4~\u001bOH\u001b[Z', ['home', 'end', 'home', 'end', 'home', 'shift-tab']],
  ['\u001b[5~\u001b[6~', ['pageUp', 'pageDown']],
  ['\u001b\u001b[A', ['escape', 'up']],
])('%j are the keys %j', (input, keys) => {
  expect(keysIn(input)).toEqual(keys);
});

test.each([
  ['a modified or an unknown key', '\u001b[1;5A\u001b[1;5q\u001bOP\u001b[24~'],
  ['alt with a key', '\u001bA\u001bq'],
  ['pasted text', '\u001b[200~A y\u0003\u001b[A q\u001b[201~'],
  ['a release and the other buttons', '\u001b[<0;3;4m\u001b[<2;3;4M\u001b[<1;3;4M'],
  ['what no keyboard sends', '\u0000\u001c\u0085'],
])('%s is not a key', (_, input) => {
  expect(keysIn(`${input}z`)).toEqual(['z']);
});

test.each([
  ['\u001b[<0;3;4M', 'press 3,2'],
  ['\u001b[<16;3;4M', 'press 3,2'],
  ['\u001b[<32;120;40M', 'drag 39,119'],
  ['\u001b[<64;1;1M', 'wheelUp 0,0'],
  ['\u001b[<65;1;1M', 'wheelDown 0,0'],
])('%j is the mouse: %s', (input, meant) => {
  expect(keysIn(input)).toEqual([meant]);
});

test('what the terminal says of itself is passed on, whatever letters it holds', () => {
  const answer = '\u001b]11;rgb:qqqq/AAAA/ffff\u001b\\';
  expect(createKeyParser().feed(answer)).toEqual([{ type: 'answer', text: answer }]);
  expect(keysIn('\u001b]11;rgb:q/A/f\u0007q')).toEqual(['answer', 'q']);
});

test('an escape that nothing follows is a key only when that is certain', () => {
  const parser = createKeyParser();
  expect([parser.feed('\u001b'), parser.waiting]).toEqual([[], true]);
  expect([parser.flush(), parser.waiting]).toEqual([[{ type: 'key', key: 'escape' }], false]);
  expect(parser.feed('[A').map(nameOf)).toEqual(['[', 'A']);
});

test('a broken sequence does not swallow the keys behind it', () => {
  expect(keysIn('\u001b[\u0003', 'q')).toEqual(['ctrl-c', 'q']);
  expect(keysIn('\u001b]11;rgb\u001b[A')).toEqual(['up']);
  expect(keysIn(`\u001b[${'1'.repeat(5000)}`, 'q').at(-1)).toBe('q');
});

const PIECES = [
  'q',
  'é',
  '😀',
  ' ',
  '\r',
  '\u0003',
  '\u001b[A',
  '\u001bOB',
  '\u001b[Z',
  '\u001b[5~',
  '\u001b[1;5C',
  '\u001b[<0;12;7M',
  '\u001b[<0;12;7m',
  '\u001b[200~paste A\u001b[B\u001b[201~',
  '\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\',
  '\u001b]11;rgb:1e/1e/1e\u0007',
];

test('any split of the input gives the same keys', () => {
  const input = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(input, fc.array(fc.nat(200)), (text, cuts) => {
      const characters = [...text];
      const places = [0, ...cuts.map((cut) => Math.min(cut, characters.length)).sort((a, b) => a - b)];
      const chunks = places.map((place, index) => characters.slice(place, places[index + 1]).join(''));
      expect(keysIn(...chunks)).toEqual(keysIn(text));
    }),
  );
});

test('takes anything without holding more than a sequence is long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\u001b', '[', ']', 'O', '<', ';', '1', 'M', '~', 'q', '\\'), maxLength: 60 }),
      (text) => {
        const parser = createKeyParser();
        parser.feed(text);
        parser.flush();
        expect(parser.feed('q').map(nameOf)).toEqual(['q']);
      },
    ),
  );
});

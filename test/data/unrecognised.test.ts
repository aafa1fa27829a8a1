import { expect, test } from 'vitest';
import { unrecognised } from '../../src/data/unrecognised.js';

const said = (bytes: Uint8Array): string => unrecognised('data', bytes, 'images').message;

test('says what the bytes are and what to do, or how they begin', () => {
  expect(said(Buffer.from('<html>'))).toBe(
    'data: expected images, found an HTML page. The download saved a page about the file: fetch it again from a link that leads to the file itself.',
  );
  expect(said(Buffer.from('label,pixel0,pixel1\n5,0,0\n'))).toContain('found text, "label,pixel0,pixel1\\n5,0,0\\n". ');
  expect(said(Buffer.from('ä'.repeat(20)))).toContain('found text, "ää');
  expect(said(Uint8Array.of(0, 1, 0xfe, 0x80, 7))).toContain('found bytes 00 01 fe 80 …');
  expect(said(Buffer.from('\u001b[2J'))).toContain('found bytes 1b 5b 32 4a …');
  expect(unrecognised('data', new Uint8Array(), 'images')).toMatchObject({
    code: 'DATA_EMPTY',
    actual: 'nothing, not one byte',
  });
});

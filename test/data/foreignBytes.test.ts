import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { foreignBytes } from '../../src/data/foreignBytes.js';

const tar = Buffer.alloc(512);
tar.write('mnist/images', 0);
tar.write('ustar', 257);

test.each<[string, Uint8Array]>([
  ['an HTML page', Buffer.from('\n<!DOCTYPE html>\n<html lang="en">')],
  ['an HTML page', Buffer.from('\uFEFF<html><head>')],
  ['an XML text', Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code>')],
  ['a zip archive', Buffer.from('PK\x03\x04\x14\0')],
  ['a damaged tar archive', tar],
  ['gzip inside gzip', gzipSync('')],
  ['an xz file', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
  ['a Python pickle', Buffer.from([0x80, 4, 0x95])],
  [
    'a Git LFS pointer, which stands for the file',
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:'),
  ],
  ['a NumPy array', Buffer.from('\x93NUMPY\x01\0', 'latin1')],
  ['a PNG image', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['a JPEG image', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['text in UTF-16', Buffer.from('\uFEFFlabel,pixel0', 'utf16le')],
])('knows %s', (what, bytes) => {
  expect(foreignBytes(bytes)).toMatchObject({ what, advice: expect.stringMatching(/\.$/) });
});

test.each([[''], ['<'], ['PK'], ['hello, world'], ['\0\0\x08\x03']])('says nothing of %j', (text) => {
  expect(foreignBytes(Buffer.from(text, 'latin1'))).toBeUndefined();
});

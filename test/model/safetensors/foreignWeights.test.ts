import { expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { refuseForeign } from '../../../src/model/safetensors/foreignWeights.js';

/** The beginning of a zip archive whose first file has this name. */
function archiveOf(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

const refusal = (start: Uint8Array, path: string): string => {
  try {
    refuseForeign(start, path);
    return 'not refused';
  } catch (error) {
    expect(error).toMatchObject({ code: 'WEIGHTS_FORMAT', path });
    return (error as Error).message;
  }
};

test.each<[string, Uint8Array, RegExp]>([
  ['a.pt', archiveOf('archive/data.pkl'), /pickled\. Python converts it: python3 -c "import .*" a\.pt a\.safetensors/],
  ['a.pth', Buffer.from([0x80, 2, 0x8a, 0x0a]), /pickled\. .* a\.pth a\.safetensors/],
  [
    'a b.keras',
    archiveOf('metadata.json'),
    /a model of Keras\. .* 'a b\.keras' 'a b\.safetensors' 'a b\.json' \(where it has keras and safetensors; the \.json is for --architecture\)\.$/,
  ],
  [
    'a.h5',
    Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'),
    /an HDF5 file, as Keras writes\. .* a\.h5 a\.safetensors a\.json/,
  ],
  ['a.npz', archiveOf('a.npy'), /a NumPy archive\. Give a safetensors file/],
  ['a.zip', archiveOf('a.txt'), /a zip archive\. Unpack it/],
  ['a', Buffer.from('version https://git-lfs.github.com/spec/v1'), /a Git LFS pointer.* git lfs pull/],
  ['a', Buffer.from('\n<!DOCTYPE html>'), /an HTML page\. .*fetch it again/],
  ['http://a/b.pt?download=true', archiveOf('b/data.pkl'), / b\.pt b\.safetensors/],
  [
    'm/a.safetensors.index.json',
    Buffer.from('{ "metadata": {"total_size": 1}, "weight_map": {'),
    /the index of weights in several files\. .* m\/a\.safetensors\.index\.json m\/a\.safetensors/,
  ],
  ['network.json', Buffer.from('{"name":"tiny"}'), /a JSON text\. A network is given with architecture/],
])('%s is called what it is', (path, start, message) => {
  expect(refusal(start, path)).toMatch(message);
  expect(() => decodeSafetensors(start, path)).toThrow(message);
});

test('a damaged header is no pickle', () => {
  const damaged = Buffer.from([0x80, 4, 0, 0, 0, 0, 0, ...Buffer.from('{"a":')]);
  expect(() => refuseForeign(damaged)).not.toThrow();
});

test('no safetensors file is, whatever its length begins with', () => {
  // A header of 0x4b50 bytes begins with "PK".
  const filler = 'n'.repeat(0x4b50 - 73);
  const tensors = new Map([[filler, { shape: [1], data: Float32Array.of(1) }]]);
  const bytes = encodeSafetensors({ tensors, metadata: new Map() });
  bytes.set([0x50, 0x4b], 0);
  expect(() => refuseForeign(bytes)).not.toThrow();
  expect(() => refuseForeign(new Uint8Array(0))).not.toThrow();
});

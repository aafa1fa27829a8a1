import { mkdirSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import type { OpenOptions } from '../../src/data/dataFormat.js';
import type { FormatOption } from '../../src/data/formatOptions.js';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { FORMATS } from '../../src/data/node/formats.js';
import { openData, openStream, verifyData } from '../../src/data/node/openData.js';
import { greyPng } from '../fixtures/imageFiles.js';
import { temporaryFolder } from './node/temporaryFolder.js';
import { parquetOf } from './parquet/parquetOf.js';
import { peerFile } from './peerFiles.js';

const path = temporaryFolder();

const GIVEN = { layout: 'hwc', shape: [2, 3, 1], transpose: true, resize: [2, 3], fit: 'fill', channels: 1 } as const;

/** What may be said of data of each format. */
const TAKEN: Readonly<Record<string, readonly FormatOption[]>> = {
  NPY: ['layout', 'shape', 'transpose'],
  NPZ: ['layout', 'shape', 'transpose'],
  IDX: ['layout', 'shape', 'transpose'],
  CSV: ['shape', 'transpose'],
  'raw frames': ['shape', 'transpose'],
  CIFAR: ['shape', 'transpose'],
  Parquet: ['transpose', 'resize', 'fit', 'channels'],
  'a tar archive of images': ['transpose', 'resize', 'fit', 'channels'],
  'a folder of images': ['transpose', 'resize', 'fit', 'channels'],
};

async function archive(): Promise<Uint8Array> {
  const tar = pack();
  for (const name of ['cat/1.png', 'dog/2.png']) tar.entry({ name }, Buffer.from(greyPng(2, 3, 9)));
  tar.finalize();
  return buffer(tar);
}

function optionOf(option: FormatOption): OpenOptions {
  return { [option]: GIVEN[option], ...(option === 'fit' && { resize: GIVEN.resize }) };
}

test('every format says which options it takes', () => {
  const said = FORMATS.map(({ name, options = [] }) => [name, [...options].sort()]);
  expect(Object.fromEntries(said)).toEqual(
    Object.fromEntries(Object.entries(TAKEN).map(([name, options]) => [name, [...options].sort()])),
  );
});

test('data refuse the options that their format does not take, opened as verified, with a sentence', async () => {
  const png = Buffer.from(greyPng(2, 3, 9));
  mkdirSync(path('photos'));
  writeFileSync(path('photos', 'a.png'), png);
  writeFileSync(path('x.parquet'), parquetOf(Buffer.concat([Buffer.of(png.length, 0, 0, 0), png])));
  writeFileSync(path('x.idx'), encodeIdx([2, 2, 3], new Uint8Array(12)));
  writeFileSync(path('x.csv'), '0,1,2,3,4\n1,4,3,2,1\n');
  writeFileSync(path('x.tar'), await archive());
  writeFileSync(path('x.npy'), peerFile('grey.npy'));
  writeFileSync(path('x.bin'), new Uint8Array(3073));
  const files: Readonly<Record<string, string>> = {
    'a folder of images': 'photos',
    'a tar archive of images': 'x.tar',
    Parquet: 'x.parquet',
    IDX: 'x.idx',
    CSV: 'x.csv',
    NPY: 'x.npy',
    CIFAR: 'x.bin',
  };
  for (const [name, file] of Object.entries(files))
    for (const option of Object.keys(GIVEN) as FormatOption[]) {
      if (TAKEN[name]!.includes(option)) continue;
      const options = { cache: false, ...optionOf(option) };
      const refused = new RegExp(`^(${option}|resize): expected nothing with ${name}, found .+: leave it out`);
      await expect(openData({ ...options, data: path(file) })).rejects.toThrow(refused);
      await expect(verifyData(path(file), options).next()).rejects.toThrow(refused);
    }
});

test('so do streams and data sets', async () => {
  const stream = openStream(
    (async function* () {
      yield await archive();
    })(),
    { layout: 'hwc' },
  );
  await expect(stream).rejects.toThrow('layout: expected nothing with a tar archive of images');
  const { train } = await openData({ data: path('x.idx') });
  await expect(openData({ data: train, transpose: true })).rejects.toThrow(
    'transpose: expected nothing with a data set',
  );
  await expect(openData({ data: train, transpose: false })).resolves.toBeDefined();
});

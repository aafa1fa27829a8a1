import { basename } from 'node:path';
import type { DataFormat, FolderInput } from '../../dataFormat.js';
import { ARRAY_OPTIONS } from '../../formatOptions.js';
import { isIdx } from '../header.js';
import { labelledImages } from './labelledImages.js';
import { openFolder, openTestFolder } from './openFolder.js';
import { openIdxStream } from './openIdxStream.js';
import { otherFiles } from './otherNames.js';
import { standardFiles } from './standardNames.js';
import { verifyFolder } from './verifyFolder.js';
import { verifyIdx } from './verifyIdx.js';

/** IDX, the format of MNIST: single files, and folders of them under the names that MNIST's authors gave them. */
export const idxFormat: DataFormat = {
  name: 'IDX',
  takes: "an IDX file or a folder of them with MNIST's names",
  options: ARRAY_OPTIONS,
  async recognises(input) {
    if (input.kind === 'folder') return hasIdxFiles(input);
    return isIdx(await input.start(2));
  },
  async open(input, options) {
    if (input.kind === 'folder') return openFolder(input, options);
    const { path } = input;
    return {
      train: await labelledImages(input, undefined, { name: basename(path), source: path, sample: false }, options),
    };
  },
  async openTest(input, options) {
    if (input.kind === 'folder') return openTestFolder(input, options);
    return (await idxFormat.open(input, options)).train;
  },
  stream: openIdxStream,
  async *verify(input, options) {
    if (input.kind === 'folder') yield* verifyFolder(input, options);
    else yield await verifyIdx(input, options);
  },
};

/** Under other names, too: an error says what they should be called. */
async function hasIdxFiles(input: FolderInput): Promise<boolean> {
  const found = await standardFiles(input);
  return Object.keys(found).length > 0 || (await otherFiles(input)).files.length > 0;
}

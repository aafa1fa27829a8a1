import { basename } from 'node:path';
import { DataError, NpyError } from '../../../errors.js';
import { type ArraySource, openArray } from '../../array/node/openArray.js';
import { readLabels } from '../../array/node/readLabels.js';
import { verifyArray } from '../../array/node/verifyArray.js';
import type { DataFormat, DataInput, OpenOptions } from '../../dataFormat.js';
import { ImageDataset } from '../../dataset/imageDataset.js';
import type { Dataset } from '../../dataset.js';
import { ARRAY_OPTIONS } from '../../formatOptions.js';
import { digestImages } from '../../node/digestImages.js';
import { isRaw } from '../../node/files/openInput.js';
import { npySource } from '../../npy/node/npySource.js';
import { requireSameShape } from '../../requireSameShape.js';
import { FIRST_BYTE, isNpz, isZip, LOOKED_AT } from '../isNpz.js';
import { type Members, membersOf } from '../memberNames.js';
import { openZip, type ZipArchive, type ZipMember } from './zipArchive.js';

/** NumPy's format of several arrays, a zip archive of .npy files: Keras's and MedMNIST's files, and others with their names. */
export const npzFormat: DataFormat = {
  name: 'NPZ',
  takes: 'an .npz file',
  options: ARRAY_OPTIONS,
  async recognises(input) {
    if (input.kind === 'folder' || (await input.start(1))[0] !== FIRST_BYTE || !isZip(await input.start(4)))
      return false;
    return isNpz(await input.start(LOOKED_AT));
  },
  open: (input, options) => withArchive(input, (archive) => openSets(input.path, archive, options)),
  async *verify(input, options) {
    const archive = await openArchive(input);
    try {
      for (const member of arraysOf(archive))
        yield await verifyArray(`${input.path}: ${member.name}`, () => sourceOf(input.path, member), options);
    } finally {
      archive.close();
    }
  },
};

async function openSets(path: string, archive: ZipArchive, options: OpenOptions) {
  const arrays = new Map(arraysOf(archive).map((member) => [member.name.replace(/\.npy$/, ''), member]));
  const members = membersOf([...arrays.keys()]);
  if (members === undefined) throw unknownNames(path, [...arrays.keys()]);
  const openSet = (set: Members): Promise<Dataset> =>
    openMembers(path, arrays.get(set.images)!, set.labels === undefined ? undefined : arrays.get(set.labels), options);
  const train = await openSet(members.train);
  if (members.test === undefined) return { train };
  const test = await openSet(members.test);
  requireSameShape(train, test, path);
  return { train, test };
}

async function openMembers(path: string, images: ZipMember, labels: ZipMember | undefined, options: OpenOptions) {
  const source = await sourceOf(path, images);
  const { shape, store } = await openArray(source, options);
  const identity = { name: basename(path), source: path, sample: false };
  const read = labels && (await labelsOf(path, labels, source));
  return new ImageDataset(identity, shape, store, read, digestImages);
}

/** Labels of a kind that ours are not (several an image, numbers above 255) are left out. */
async function labelsOf(path: string, member: ZipMember, images: ArraySource): Promise<Uint8Array | undefined> {
  const source = await sourceOf(path, member);
  const { itemCount } = images.header;
  if (source.header.itemCount === itemCount) return readLabels(source);
  throw new NpyError({
    code: 'NPY_COUNT_MISMATCH',
    path: `${path}: ${member.name}`,
    expected: `${itemCount} labels, one for each image`,
    actual: String(source.header.itemCount),
    advice: 'Save images and labels of the same set, training or test.',
  });
}

function sourceOf(path: string, member: ZipMember): Promise<ArraySource> {
  const { name, size, offset } = member;
  return npySource(new MemberBytes(path, member), {
    member: name,
    size,
    ...(offset !== undefined && { offset }),
  });
}

/** The beginning of a member, and all of it: read twice, since an archive can be. */
class MemberBytes {
  readonly path: string;
  readonly #member: ZipMember;

  constructor(path: string, member: ZipMember) {
    this.path = path;
    this.#member = member;
  }

  async start(count: number): Promise<Uint8Array> {
    let start: Uint8Array = new Uint8Array(0);
    for await (const chunk of this.#member.bytes()) {
      start = Buffer.concat([start, chunk]);
      if (start.length >= count) break;
    }
    return start;
  }

  bytes(): AsyncGenerator<Uint8Array, void> {
    return this.#member.bytes();
  }
}

function arraysOf({ members }: ZipArchive): readonly ZipMember[] {
  return members.filter(({ name }) => name.endsWith('.npy'));
}

/** The archive's directory is at its end. */
function openArchive(input: DataInput): Promise<ZipArchive> {
  if (input.kind === 'file' && isRaw(input)) return openZip(input.path);
  throw new DataError({
    code: 'DATA_FORMAT',
    path: input.path,
    expected: 'an .npz file that can be read at any place',
    actual: input.kind === 'file' && input.isGzip ? 'one inside gzip' : 'a pipe',
    advice: 'Save it to a file, uncompressed: an .npz file is compressed already.',
  });
}

async function withArchive<R>(input: DataInput, use: (archive: ZipArchive) => Promise<R>): Promise<R> {
  const archive = await openArchive(input);
  try {
    return await use(archive);
  } finally {
    archive.close();
  }
}

function unknownNames(path: string, names: readonly string[]): DataError {
  return new DataError({
    code: 'ZIP_MEMBERS',
    path,
    expected: 'an array called x_train, train_images or images',
    actual: `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`,
    advice: "np.savez('images.npz', x_train=images, y_train=labels) names them so, in Python.",
  });
}

// What people give in place of images, and what to do about it.
import { type FileKind, type FileSignature, fileSignature, unmistakableSignature } from '../fileSignatures.js';

/** Something that is no data set: reads well after "found", and a sentence or two. */
export interface ForeignBytes {
  readonly what: string;
  readonly advice: string;
}

const FETCH_AGAIN = 'Fetch it again.';
const SAVE_AS_IDX = 'Save its images as IDX first: encodeIdx of millrace writes it.';

const ADVICE: Readonly<Record<FileKind, string>> = {
  gzip: 'It was compressed twice: decompress it once, with gunzip.',
  archive: 'Unpack it first, then give what was in it.',
  emptyArchive: FETCH_AGAIN,
  damagedArchive: FETCH_AGAIN,
  pointer: 'Run git lfs pull in its repository, then give the file again.',
  pickle: `A pickle can hold programs, so it is never opened. ${SAVE_AS_IDX}`,
  torchPickle: `It is a pickle, which is never opened. ${SAVE_AS_IDX}`,
  array: SAVE_AS_IDX,
  hdf5: SAVE_AS_IDX,
  parquet: SAVE_AS_IDX,
  image: 'A single image is no data set: give the folder that it lies in, with others of its kind.',
  video:
    'Its frames come through a pipe: ffmpeg -i VIDEO -vf scale=28:28 -f rawvideo -pix_fmt gray - | millrace --data - --shape 28x28x1.',
  document: 'Give a data set of images.',
  utf16: 'Save it as UTF-8.',
  page: 'The download saved a page about the file: fetch it again from a link that leads to the file itself.',
  xml: 'Servers refuse a download so: read what it says, then fetch the file again.',
};

/** What bytes are that belong to no format; `undefined` where nothing is known of them. @param start the more, the better: 300 tell all */
export function foreignBytes(start: Uint8Array): ForeignBytes | undefined {
  return advised(fileSignature(start));
}

/** The same, but only of what is not met by chance: where any bytes may be images. */
export function unmistakable(start: Uint8Array): ForeignBytes | undefined {
  return advised(unmistakableSignature(start));
}

function advised(signature: FileSignature | undefined): ForeignBytes | undefined {
  return signature && { what: signature.what, advice: ADVICE[signature.kind] };
}

// What people give in place of images, told by its first bytes, and what to do about it.

/** Something that is no data set: reads well after "found", and a sentence or two. */
export interface ForeignBytes {
  readonly what: string;
  readonly advice: string;
}

interface Signature extends ForeignBytes {
  readonly at?: number;
  readonly bytes: readonly number[];
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

const UNPACK = 'Unpack it first, then give what was in it.';
const SINGLE_IMAGE = 'A single image is no data set: give the folder that it lies in, with others of its kind.';
const SAVE_AS_IDX = 'Save its images as IDX first: encodeIdx of millrace writes it.';

const FRAMES =
  'Its frames come through a pipe: ffmpeg -i VIDEO -vf scale=28:28 -f rawvideo -pix_fmt gray - | millrace --data - --shape 28x28x1.';

/** @see https://en.wikipedia.org/wiki/List_of_file_signatures */
const SIGNATURES: readonly Signature[] = [
  {
    what: 'gzip inside gzip',
    bytes: [0x1f, 0x8b],
    advice: 'It was compressed twice: decompress it once, with gunzip.',
  },
  { what: 'a zip archive', bytes: ascii('PK\x03\x04'), advice: UNPACK },
  { what: 'an empty zip archive', bytes: ascii('PK\x05\x06'), advice: 'Fetch it again.' },
  { what: 'a damaged tar archive', at: 257, bytes: ascii('ustar'), advice: 'Fetch it again.' },
  { what: 'an xz file', bytes: [0xfd, ...ascii('7zXZ'), 0], advice: UNPACK },
  { what: 'a bzip2 file', bytes: ascii('BZh'), advice: UNPACK },
  { what: 'a Zstandard file', bytes: [0x28, 0xb5, 0x2f, 0xfd], advice: UNPACK },
  { what: 'a 7-Zip archive', bytes: [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], advice: UNPACK },
  { what: 'a RAR archive', bytes: ascii('Rar!'), advice: UNPACK },
  {
    what: 'a Git LFS pointer, which stands for the file',
    bytes: ascii('version https://git-lfs'),
    advice: 'Run git lfs pull in its repository, then give the file again.',
  },
  ...[2, 3, 4, 5].map((protocol) => ({
    what: 'a Python pickle',
    bytes: [0x80, protocol],
    advice: `A pickle can hold programs, so it is never opened. ${SAVE_AS_IDX}`,
  })),
  { what: 'a PyTorch file', bytes: [0x80, 0x8a], advice: `It is a pickle, which is never opened. ${SAVE_AS_IDX}` },
  { what: 'a NumPy array', bytes: [0x93, ...ascii('NUMPY')], advice: SAVE_AS_IDX },
  { what: 'an HDF5 file', bytes: [0x89, ...ascii('HDF\r\n')], advice: SAVE_AS_IDX },
  { what: 'a Parquet file', bytes: ascii('PAR1'), advice: SAVE_AS_IDX },
  { what: 'a PNG image', bytes: [0x89, ...ascii('PNG')], advice: SINGLE_IMAGE },
  { what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff], advice: SINGLE_IMAGE },
  { what: 'a GIF image', bytes: ascii('GIF8'), advice: SINGLE_IMAGE },
  { what: 'a WebP image', at: 8, bytes: ascii('WEBP'), advice: SINGLE_IMAGE },
  { what: 'a TIFF image', bytes: [...ascii('II'), 0x2a, 0], advice: SINGLE_IMAGE },
  { what: 'a TIFF image', bytes: [...ascii('MM'), 0, 0x2a], advice: SINGLE_IMAGE },
  { what: 'a BMP image', bytes: ascii('BM'), advice: SINGLE_IMAGE },
  { what: 'a video (MP4)', at: 4, bytes: ascii('ftyp'), advice: FRAMES },
  { what: 'a video (Matroska or WebM)', bytes: [0x1a, 0x45, 0xdf, 0xa3], advice: FRAMES },
  { what: 'a video (AVI)', at: 8, bytes: ascii('AVI '), advice: FRAMES },
  { what: 'a video (YUV4MPEG2)', bytes: ascii('YUV4MPEG2'), advice: FRAMES },
  { what: 'a PDF document', bytes: ascii('%PDF'), advice: 'Give a data set of images.' },
  { what: 'text in UTF-16', bytes: [0xff, 0xfe], advice: 'Save it as UTF-8.' },
  { what: 'text in UTF-16', bytes: [0xfe, 0xff], advice: 'Save it as UTF-8.' },
];

/** Pages and messages that a server sends in place of a file, whatever precedes them. */
const PAGES: readonly (ForeignBytes & { readonly pattern: RegExp })[] = [
  {
    what: 'an HTML page',
    pattern: /^\s*<(!doctype\s+html|html|head|body|script|title)\b/i,
    advice: 'The download saved a page about the file: fetch it again from a link that leads to the file itself.',
  },
  {
    what: 'an XML text',
    pattern: /^\s*<\?xml\b/i,
    advice: 'Servers refuse a download so: read what it says, then fetch the file again.',
  },
];

/** What bytes are that belong to no format; `undefined` where nothing is known of them. @param start the more, the better: 300 tell all */
export function foreignBytes(start: Uint8Array): ForeignBytes | undefined {
  return among(SIGNATURES, start);
}

/** The same, but only of what is not met by chance, once in four thousand million times: where any bytes may be images. */
export function unmistakable(start: Uint8Array): ForeignBytes | undefined {
  return among(LONG_SIGNATURES, start);
}

const LONG_SIGNATURES = SIGNATURES.filter(({ bytes }) => bytes.length >= 4);

function among(signatures: readonly Signature[], start: Uint8Array): ForeignBytes | undefined {
  const signature = signatures.find(({ at = 0, bytes }) => bytes.every((byte, index) => start[at + index] === byte));
  if (signature !== undefined) return signature;
  const text = new TextDecoder().decode(start.subarray(0, 300));
  return PAGES.find(({ pattern }) => pattern.test(text));
}

// What files are, told by their first bytes.

/** Kinds that something different is to be done about. */
export type FileKind =
  | 'gzip'
  | 'archive'
  | 'emptyArchive'
  | 'damagedArchive'
  | 'pointer'
  | 'pickle'
  | 'torchPickle'
  | 'array'
  | 'hdf5'
  | 'parquet'
  | 'image'
  | 'video'
  | 'document'
  | 'utf16'
  | 'page'
  | 'xml';

/** What was recognised. */
export interface FileSignature {
  readonly kind: FileKind;
  /** Reads well after "found". */
  readonly what: string;
}

interface Signature extends FileSignature {
  readonly at?: number;
  readonly bytes: readonly number[];
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

/** @see https://en.wikipedia.org/wiki/List_of_file_signatures */
const SIGNATURES: readonly Signature[] = [
  { kind: 'gzip', what: 'gzip inside gzip', bytes: [0x1f, 0x8b] },
  { kind: 'archive', what: 'a zip archive', bytes: ascii('PK\x03\x04') },
  { kind: 'emptyArchive', what: 'an empty zip archive', bytes: ascii('PK\x05\x06') },
  { kind: 'damagedArchive', what: 'a damaged tar archive', at: 257, bytes: ascii('ustar') },
  { kind: 'archive', what: 'an xz file', bytes: [0xfd, ...ascii('7zXZ'), 0] },
  { kind: 'archive', what: 'a bzip2 file', bytes: ascii('BZh') },
  { kind: 'archive', what: 'a Zstandard file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'archive', what: 'a 7-Zip archive', bytes: [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'archive', what: 'a RAR archive', bytes: ascii('Rar!') },
  { kind: 'pointer', what: 'a Git LFS pointer, which stands for the file', bytes: ascii('version https://git-lfs') },
  ...[2, 3, 4, 5].map((protocol) => ({
    kind: 'pickle' as const,
    what: 'a Python pickle',
    bytes: [0x80, protocol],
  })),
  { kind: 'torchPickle', what: 'a PyTorch file', bytes: [0x80, 0x8a] },
  { kind: 'array', what: 'a NumPy array', bytes: [0x93, ...ascii('NUMPY')] },
  { kind: 'hdf5', what: 'an HDF5 file', bytes: [0x89, ...ascii('HDF\r\n')] },
  { kind: 'parquet', what: 'a Parquet file', bytes: ascii('PAR1') },
  { kind: 'image', what: 'a PNG image', bytes: [0x89, ...ascii('PNG')] },
  { kind: 'image', what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'image', what: 'a GIF image', bytes: ascii('GIF8') },
  { kind: 'image', what: 'a WebP image', at: 8, bytes: ascii('WEBP') },
  { kind: 'image', what: 'a TIFF image', bytes: [...ascii('II'), 0x2a, 0] },
  { kind: 'image', what: 'a TIFF image', bytes: [...ascii('MM'), 0, 0x2a] },
  { kind: 'image', what: 'a BMP image', bytes: ascii('BM') },
  { kind: 'video', what: 'a video (MP4)', at: 4, bytes: ascii('ftyp') },
  { kind: 'video', what: 'a video (Matroska or WebM)', bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { kind: 'video', what: 'a video (AVI)', at: 8, bytes: ascii('AVI ') },
  { kind: 'video', what: 'a video (YUV4MPEG2)', bytes: ascii('YUV4MPEG2') },
  { kind: 'document', what: 'a PDF document', bytes: ascii('%PDF') },
  { kind: 'utf16', what: 'text in UTF-16', bytes: [0xff, 0xfe] },
  { kind: 'utf16', what: 'text in UTF-16', bytes: [0xfe, 0xff] },
];

/** Pages and messages that a server sends in place of a file, whatever precedes them. */
const PAGES: readonly (FileSignature & { readonly pattern: RegExp })[] = [
  { kind: 'page', what: 'an HTML page', pattern: /^\s*<(!doctype\s+html|html|head|body|script|title)\b/i },
  { kind: 'xml', what: 'an XML text', pattern: /^\s*<\?xml\b/i },
];

/** What bytes are; `undefined` where nothing is known of them. @param start the more, the better: 300 tell all */
export function fileSignature(start: Uint8Array): FileSignature | undefined {
  return among(SIGNATURES, start);
}

/** The same, but only of what is not met by chance, once in four thousand million times: where any bytes may be meant. */
export function unmistakableSignature(start: Uint8Array): FileSignature | undefined {
  return among(LONG_SIGNATURES, start);
}

const LONG_SIGNATURES = SIGNATURES.filter(({ bytes }) => bytes.length >= 4);

function among(signatures: readonly Signature[], start: Uint8Array): FileSignature | undefined {
  const signature = signatures.find(({ at = 0, bytes }) => bytes.every((byte, index) => start[at + index] === byte));
  if (signature !== undefined) return signature;
  const text = new TextDecoder().decode(start.subarray(0, 300));
  return PAGES.find(({ pattern }) => pattern.test(text));
}

// What people give in place of safetensors, and the line that makes safetensors of it.
import { type FileKind, fileSignature } from '../../fileSignatures.js';
import { shellWord } from '../../text/shellWord.js';
import { PREFIX_BYTES } from './headerJson.js';
import { weightsError } from './weightsError.js';

/** As much of a file's beginning as tells what it is. */
export const FOREIGN_START_BYTES = 512;

/** Kinds of weights that Python converts, and the program that does: names of files are its arguments. */
const CONVERSIONS = {
  torch: {
    what: 'weights that PyTorch has pickled',
    program:
      "import sys, torch; from safetensors.torch import save_file; d = torch.load(sys.argv[1], 'cpu', weights_only=True); " +
      "save_file({k: v.clone() for k, v in d.get('state_dict', d).items()}, sys.argv[2])",
    modules: 'torch and safetensors',
    results: ['.safetensors'],
  },
  keras: {
    what: 'a model of Keras',
    program:
      'import sys, keras; from safetensors.numpy import save_file; m = keras.saving.load_model(sys.argv[1], compile=False); ' +
      "save_file({w.path: w.numpy() for w in m.weights}, sys.argv[2]); open(sys.argv[3], 'w').write(m.to_json())",
    modules: 'keras and safetensors',
    results: ['.safetensors', '.json'],
  },
  shards: {
    what: 'the index of weights in several files',
    program:
      'import sys, json, os; from safetensors.torch import load_file, save_file; ' +
      "names = set(json.load(open(sys.argv[1]))['weight_map'].values()); folder = os.path.dirname(sys.argv[1]); " +
      'save_file({k: v for n in names for k, v in load_file(os.path.join(folder, n)).items()}, sys.argv[2])',
    modules: 'torch and safetensors',
    results: ['.safetensors'],
  },
} as const satisfies Readonly<Record<string, Conversion>>;

interface Conversion {
  readonly what: string;
  readonly program: string;
  /** What Python has to have. */
  readonly modules: string;
  /** What the names of the files end in that it writes. */
  readonly results: readonly string[];
}

const NONE = 'Give a safetensors file: a run of Millrace ends with one, and Python writes it with safetensors.';

/** What is not converted; what is missing here has `NONE`. */
const ADVICE: Readonly<Partial<Record<FileKind, string>>> = {
  gzip: 'Decompress it first, with gunzip.',
  archive: 'Unpack it first, then give what was in it.',
  pointer: 'Run git lfs pull in its repository, then give the file again.',
  page: 'The download saved a page about the file: fetch it again from a link that leads to the file itself.',
  xml: 'Servers refuse a download so: read what it says, then fetch the file again.',
};

/**
 * Refuses what is plainly another kind of file, with what to do about it.
 * @param start the first bytes of the file
 * @throws WeightsError `WEIGHTS_FORMAT`
 */
export function refuseForeign(start: Uint8Array, path?: string): void {
  // After the length of a header of JSON comes the JSON: nothing else begins so.
  if (start[PREFIX_BYTES] === '{'.charCodeAt(0) && start[PREFIX_BYTES - 1] === 0) return;
  const found = foreignKind(start, path);
  if (found === undefined) return;
  throw weightsError('WEIGHTS_FORMAT', path, { offset: 0, expected: 'a safetensors file', ...found });
}

interface Foreign {
  readonly actual: string;
  readonly advice: string;
}

function foreignKind(start: Uint8Array, path: string | undefined): Foreign | undefined {
  const signature = fileSignature(start);
  if (signature === undefined) return jsonKind(start, path);
  const { kind, what } = signature;
  if (kind === 'pickle' || kind === 'torchPickle') {
    // Two bytes are met by chance: in a length that is damaged, with JSON behind it.
    const isDamaged = new TextDecoder('latin1').decode(start.subarray(0, 2 * PREFIX_BYTES)).includes('{"');
    return isDamaged ? undefined : converted('torch', path);
  }
  if (kind === 'hdf5') return converted('keras', path, 'an HDF5 file, as Keras writes');
  const entry = kind === 'archive' ? firstEntry(start) : '';
  if (entry.endsWith('/data.pkl')) return converted('torch', path);
  if (/^(metadata|config)\.json$|^model\.weights\.h5$/.test(entry)) return converted('keras', path);
  if (entry.endsWith('.npy')) return { actual: 'a NumPy archive', advice: NONE };
  return { actual: what, advice: ADVICE[kind] ?? NONE };
}

/** The name of the first file in a zip archive. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
function firstEntry(start: Uint8Array): string {
  const length = start[26]! + 256 * start[27]!;
  return new TextDecoder().decode(start.subarray(30, 30 + length));
}

function jsonKind(start: Uint8Array, path: string | undefined): Foreign | undefined {
  const text = new TextDecoder().decode(start);
  if (!/^\s*\{\s*"/.test(text)) return undefined;
  if (text.includes('"weight_map"')) return converted('shards', path);
  return { actual: 'a JSON text', advice: `A network is given with architecture. ${NONE}` };
}

function converted(kind: keyof typeof CONVERSIONS, path = 'weights', what?: string): Foreign {
  const conversion: Conversion = CONVERSIONS[kind];
  // What has an address is fetched first.
  const file = /^https?:/.test(path) ? path.replace(/[?#].*/, '').replace(/.*\//, '') : path;
  const base = file.replace(/(\.safetensors)?(\.index\.json|\.weights\.h5|\.[a-z0-9]{1,6})$/i, '');
  const words = [file, ...conversion.results.map((end) => `${base}${end}`)].map(shellWord);
  const network = kind === 'keras' ? '; the .json is for --architecture' : '';
  return {
    actual: what ?? conversion.what,
    advice: `Python converts it: python3 -c "${conversion.program}" ${words.join(' ')} (where it has ${conversion.modules}${network}).`,
  };
}

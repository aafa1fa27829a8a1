// What to say of arrays that hold no images to train on as they are, and what makes some of them.
import type { ImageShape } from '../batch.js';
import { formatShape } from '../formatShape.js';
import type { ArrayHeader } from './arrayHeader.js';
import type { ValueRange } from './brightness.js';
import type { Unarranged } from './imageLayout.js';

/** Parts of an error: the sentence is made by those who know the format. */
export interface Unsuitable {
  readonly actual: string;
  readonly advice: string;
}

type NumbersShape = Pick<ArrayHeader, 'dtype' | 'bigEndian' | 'shape'>;

/** An array whose dimensions do not tell what an image is. */
export function notArranged(path: string, header: NumbersShape, why: Unarranged, wanted?: ImageShape): Unsuitable {
  const { shape } = header;
  const actual = describe(header);
  if (why === 'ambiguous')
    return {
      actual: `${actual}, where channels may be first or last`,
      advice: 'Say which with --layout hwc (channels last) or --layout chw (channels first).',
    };
  if (why === 'size')
    return { actual: `${actual}, which are no images of ${wanted?.join('×')}`, advice: 'Give another --shape.' };
  if (why === 'flat') {
    const side = Math.round(Math.sqrt(shape[1]!));
    const given = side * side === shape[1] ? `${side}x${side}` : 'HxWxC';
    return { actual, advice: `Use ${convertLine(path)} --shape ${given} to say what shape an image has.` };
  }
  if (shape.length === 1) return { actual, advice: 'These may be labels: give the images.' };
  return {
    actual,
    advice: `Images have 3 or 4 dimensions: np.save('images.npy', x.reshape(n, h, w, c)) gives them some, in Python.`,
  };
}

/** An array of numbers that would have to be converted each time that they are read. */
export function notBytes(path: string, header: NumbersShape): Unsuitable {
  return { actual: describe(header), advice: `Use ${convertLine(path)} to make bytes of it, once.` };
}

/** Numbers that are no brightness. */
export function notBrightness(header: NumbersShape, { least, greatest, hasNaN }: ValueRange): Unsuitable {
  return {
    actual: hasNaN
      ? `${describe(header)} with a value that is not a number (NaN)`
      : `${describe(header)} from ${least} to ${greatest}`,
    advice:
      "np.save('images.npy', (255 * (x - x.min()) / (x.max() - x.min())).round().astype('uint8')) brings them to 0..255, in Python.",
  };
}

/** e.g. `float64 of 60000×28×28`. */
function describe({ dtype, bigEndian, shape }: NumbersShape): string {
  return `${bigEndian ? 'big-endian ' : ''}${dtype} of ${formatShape(shape)}`;
}

/** The command that makes images of numbers. */
export function convertLine(path: string): string {
  const stem = path.replace(/(\.(npy|npz|idx|gz))+$/i, '');
  return `millrace data convert ${word(path)} ${word(`${stem}-uint8.npy`)}`;
}

/** As a shell takes it for one word. */
function word(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

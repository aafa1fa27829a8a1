// The message `TensorProto`, as far as summaries use it: numbers, and lists of bytes.
// https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/tensor.proto
import { MessageReader } from '../../protobuf/read.js';
import { DIMENSION, DTYPE, TENSOR, TENSOR_SHAPE } from './fields.js';

/** A histogram of a thousand bins has three thousand. */
const MOST_NUMBERS = 65_536;
const MOST_TEXTS = 1024;
/** Further fields and types of numbers that scalars may have. */
const INTEGERS = { field: 7, longField: 10, type: 3, longType: 9 } as const;

const READERS: Readonly<Record<number, { readonly bytes: number; read(view: DataView, at: number): number }>> = {
  [DTYPE.float]: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  [DTYPE.double]: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  [INTEGERS.type]: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  [INTEGERS.longType]: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
};

/** The numbers of a tensor, at most 65,536; none where it holds others. @throws WireError */
export function numbersOf(bytes: Uint8Array): number[] {
  const tensor = new MessageReader(bytes);
  const numbers: number[] = [];
  let [type, size] = [0, 1];
  let content: Uint8Array | undefined;
  while (tensor.next()) {
    if (tensor.field === TENSOR.dtype) type = tensor.integer();
    else if (tensor.field === TENSOR.shape) size = sizeOf(tensor.message());
    else if (tensor.field === TENSOR.content) content = tensor.bytes();
    else if (tensor.field === TENSOR.float) tensor.numbers(4, numbers);
    else if (tensor.field === TENSOR.double) tensor.numbers(8, numbers);
    else if (tensor.field === INTEGERS.field || tensor.field === INTEGERS.longField) tensor.numbers(0, numbers);
    if (numbers.length > MOST_NUMBERS) return numbers.slice(0, MOST_NUMBERS);
  }
  if (content !== undefined && content.length > 0) return numbersIn(content, type);
  // What is the same to the end stands there once.
  const last = numbers.at(-1);
  while (last !== undefined && numbers.length < Math.min(size, MOST_NUMBERS)) numbers.push(last);
  return numbers;
}

function sizeOf(shape: MessageReader): number {
  let size = 1;
  while (shape.next()) {
    if (shape.field !== TENSOR_SHAPE.dimension) continue;
    const dimension = shape.message();
    let length = 0;
    while (dimension.next()) if (dimension.field === DIMENSION.size) length = dimension.integer();
    size *= length;
  }
  return size;
}

function numbersIn(content: Uint8Array, type: number): number[] {
  const reader = READERS[type];
  if (reader === undefined) return [];
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const length = Math.min(MOST_NUMBERS, Math.floor(content.length / reader.bytes));
  return Array.from({ length }, (_, index) => reader.read(view, index * reader.bytes));
}

/** The strings of a tensor, at most 1,024, as the bytes that they are. @throws WireError */
export function textsOf(bytes: Uint8Array): Uint8Array[] {
  const tensor = new MessageReader(bytes);
  const texts: Uint8Array[] = [];
  while (texts.length < MOST_TEXTS && tensor.next()) if (tensor.field === TENSOR.string) texts.push(tensor.bytes());
  return texts;
}

// A graph as ONNX has it: nodes that name what they take, and the tensors that come with the file.
import { joinBytes } from '../../../joinBytes.js';
import { bytes as bytesField, float, integer, type Message, message, text } from '../../../protobuf/write.js';

/** A whole number, whole numbers, or text; a fraction is marked. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** Of the enumerations TensorProto.DataType and AttributeProto.AttributeType. */
export const FLOAT = 1;
const INT64 = 7;

/** Collects nodes and tensors, one operation after the other. */
export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #tensors: Message[] = [];
  #count = 0;

  /**
   * Adds an operation.
   * @param inputs names of what it takes; `''` for what it is not given
   * @returns the name of what comes out
   */
  add(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = this.#name(operator),
  ): string {
    this.#nodes.push([
      ...inputs.map((name) => text(1, name)),
      text(2, output),
      text(3, output),
      text(4, operator),
      ...Object.entries(attributes).map(([name, value]) => message(5, attribute(name, value))),
    ]);
    return output;
  }

  /** Adds a tensor of the file. @returns its name */
  floats(data: Float32Array, shape: readonly number[], name = this.#name('value')): string {
    const { buffer, byteOffset, byteLength } = data;
    return this.#tensor(name, FLOAT, shape, new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** One number, to compute with. */
  number(value: number): string {
    return this.floats(Float32Array.of(value), []);
  }

  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#tensor(this.#name('shape'), INT64, [values.length], new Uint8Array(data.buffer));
  }

  /** As fields of a GraphProto. */
  fields(): Message {
    return [...this.#nodes.map((node) => message(1, node)), ...this.#tensors.map((tensor) => message(5, tensor))];
  }

  #tensor(name: string, type: number, shape: readonly number[], data: Uint8Array): string {
    this.#tensors.push([
      ...shape.map((side) => integer(1, side)),
      integer(2, type),
      text(8, name),
      bytesField(9, data),
    ]);
    return name;
  }

  #name(of: string): string {
    this.#count += 1;
    return `${of}.${this.#count}`;
  }
}

function attribute(name: string, value: Attribute): Message {
  if (typeof value === 'number') return [text(1, name), integer(3, value), integer(20, 2)];
  if (typeof value === 'string') return [text(1, name), text(4, value), integer(20, 3)];
  if ('float' in value) return [text(1, name), float(2, value.float), integer(20, 1)];
  return [text(1, name), joinBytes(value.map((each) => integer(8, each))), integer(20, 7)];
}

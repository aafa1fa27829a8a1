// Thrift's compact protocol, in which Parquet writes its metadata and the headers of its pages.

/** A struct by the numbers of its fields. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;
export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;

/** Parquet nests structs in structs, about six deep. */
const DEEPEST = 24;
/** Of a number of 64 bits. */
const LONGEST_NUMBER = 10;

const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];

/**
 * Reads structs, one after the other.
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class ThriftReader {
  readonly #view: DataView;
  /** Where the next byte is. */
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** @throws Error for what is none; RangeError behind the last byte */
  struct(depth = 0): ThriftStruct {
    if (depth > DEEPEST) throw new Error('metadata nested too deeply');
    const fields = new Map<number, ThriftValue>();
    for (let field = 0; ; ) {
      const head = this.#byte();
      if (head === 0) return fields;
      field = head >> 4 === 0 ? this.#signed() : field + (head >> 4);
      const type = head & 15;
      fields.set(field, type === TRUE || type === FALSE ? type === TRUE : this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case TRUE:
      case FALSE:
        return this.#byte() === TRUE;
      case BYTE:
        return this.#byte();
      case I16:
      case I32:
      case I64:
        return this.#signed();
      case DOUBLE:
        this.at += 8;
        return this.#view.getFloat64(this.at - 8, true);
      case BINARY:
        return this.#binary();
      case LIST:
        return this.#list(depth + 1);
      case STRUCT:
        return this.struct(depth + 1);
      default:
        throw new Error(`metadata of type ${type}`);
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    if (depth > DEEPEST) throw new Error('metadata nested too deeply');
    const head = this.#byte();
    const length = head >> 4 === 15 ? this.#unsigned() : head >> 4;
    const values: ThriftValue[] = [];
    // Each takes a byte: what is promised and not there ends with the last one.
    while (values.length < length) values.push(this.#value(head & 15, depth));
    return values;
  }

  #binary(): Uint8Array {
    const length = this.#unsigned();
    if (length > this.#view.byteLength - this.at) throw new RangeError('text behind its last byte');
    this.at += length;
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.at - length, length);
  }

  #byte(): number {
    return this.#view.getUint8(this.at++);
  }

  /** Exact up to 2^53. */
  #unsigned(): number {
    let value = 0;
    for (let place = 0; place < LONGEST_NUMBER; place += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * place);
      if (byte < 0x80) return value;
    }
    throw new Error('a number of more than 64 bits');
  }

  #signed(): number {
    const value = this.#unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

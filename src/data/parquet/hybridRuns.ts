/**
 * Numbers in Parquet's hybrid of runs and packed bits, at most `count` of them.
 * @param width bits of each
 * @throws Error where the bytes end before so many
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
export function hybridRuns(bytes: Uint8Array, width: number, count: number): Int32Array {
  if (width > 31) throw new Error(`numbers of ${width} bits`);
  const numbers = new Int32Array(count);
  let at = 0;
  for (let filled = 0; filled < count; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error('runs that end too early');
      head += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const length = Math.floor(head / 2);
    if (head % 2 === 0) {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= (bytes[at++] ?? 0) << shift;
      const end = Math.min(count, filled + length);
      numbers.fill(value, filled, end);
      filled = end;
    } else {
      const values = Math.min(count - filled, 8 * length);
      if (at + Math.ceil((values * width) / 8) > bytes.length) throw new Error('runs that end too early');
      unpack(bytes, at, width, numbers.subarray(filled, filled + values));
      filled += values;
      at += length * width;
    }
  }
  return numbers;
}

/** The lowest bits come first. */
function unpack(bytes: Uint8Array, from: number, width: number, numbers: Int32Array): void {
  let at = from;
  let bits = 0;
  let held = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    for (; held < width; held += 8) bits += bytes[at++]! * 2 ** held;
    numbers[place] = bits % 2 ** width;
    bits = Math.floor(bits / 2 ** width);
    held -= width;
  }
}

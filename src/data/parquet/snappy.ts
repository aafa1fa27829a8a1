/** A copy of 64 bytes takes three. */
const MOST_BYTES_A_BYTE = 64 / 3;

/**
 * Undoes Snappy. Takes memory for no more than so many bytes can become.
 * @param length what it comes to
 * @throws Error for what is damaged, or comes to something else
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function undoSnappy(bytes: Uint8Array, length: number): Uint8Array {
  if (length > MOST_BYTES_A_BYTE * bytes.length)
    throw new Error(`${length} bytes promised by ${bytes.length} of Snappy's`);
  const result = new Uint8Array(length);
  let from = 0;
  while (bytes[from]! >= 0x80) from += 1;
  from += 1;
  let to = 0;
  while (from < bytes.length) {
    const tag = bytes[from++]!;
    const [size, extra] = sizeOf(bytes, tag, from);
    from += extra;
    if (to + size > length) throw new Error('more bytes than Snappy promises');
    if ((tag & 3) === 0) {
      if (from + size > bytes.length) throw new Error('Snappy that ends too early');
      result.set(bytes.subarray(from, from + size), to);
      from += size;
      to += size;
      continue;
    }
    const [distance, more] = distanceOf(bytes, tag, from);
    from += more;
    if (!(distance > 0 && distance <= to)) throw new Error('Snappy that copies what is not there');
    // Source and target may overlap.
    for (const end = to + size; to < end; to += 1) result[to] = result[to - distance]!;
  }
  if (to !== length) throw new Error(`${to} of ${length} bytes of Snappy's`);
  return result;
}

/** How many bytes to put, and how many bytes of the input say so beside the tag. */
function sizeOf(bytes: Uint8Array, tag: number, at: number): readonly [size: number, extra: number] {
  const upper = tag >> 2;
  if ((tag & 3) === 1) return [(upper & 7) + 4, 0];
  if ((tag & 3) !== 0 || upper < 60) return [upper + 1, 0];
  const extra = upper - 59;
  return [littleEndian(bytes, at, extra) + 1, extra];
}

function distanceOf(bytes: Uint8Array, tag: number, at: number): readonly [distance: number, extra: number] {
  if ((tag & 3) === 1) return [(tag >> 5) * 256 + littleEndian(bytes, at, 1), 1];
  const extra = (tag & 3) === 2 ? 2 : 4;
  return [littleEndian(bytes, at, extra), extra];
}

/** NaN behind the last byte. */
function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let place = 0; place < count; place += 1) value += (bytes[at + place] ?? Number.NaN) * 256 ** place;
  return value;
}

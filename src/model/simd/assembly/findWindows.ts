// Which pooling windows see anything but zeros. The others all come to the same value, which `convolve…` has computed once,
// with the same instructions, from an input of zeros: the bits are those of the dense computation.

@unmanaged
class FindWindows {
  kind: i32;
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  /** What a window sees: rows, and bytes of each (whole vectors). */
  patchRows: i32;
  patchRowBytes: i32;
  /** All windows, row by row: pairs of input and output offset (i32). */
  windows: usize;
  count: i32;
  /** Windows of a row, bytes that they see of an input row (whole vectors), and room for as many. */
  columns: i32;
  seenBytes: i32;
  seen: usize;
  /** Those found, and how many, for each image. */
  found: usize;
  foundImageStep: i32;
  foundCount: usize;
  foundCountImageStep: i32;
  output: usize;
  outputImageStep: i32;
  winners: usize;
  /** The value of an empty window. */
  response: usize;
  vectors: i32;
}

export function findWindows(operation: usize, fromImage: i32, toImage: i32): void {
  const f = changetype<FindWindows>(operation);
  const windowsEnd = f.windows + (f.count << 3);
  const seen = f.seen;
  const patchRowBytes = f.patchRowBytes;
  for (let image = fromImage; image < toImage; image++) {
    const input = f.input + image * f.inputImageStep;
    const output = f.output + image * f.outputImageStep;
    const winners = f.winners + image * f.outputImageStep;
    const found = f.found + image * f.foundImageStep;
    let next = found;
    for (let at = f.windows; at != windowsEnd; ) {
      const rowOrigin = load<i32>(at);
      seeRow(f, input + rowOrigin);
      const rowEnd = at + (f.columns << 3);
      do {
        const origin = load<i32>(at);
        const offset = load<i32>(at, 4);
        const patch = seen + (origin - rowOrigin);
        let bits = v128.load(patch);
        for (let p = patch + 16; p != patch + patchRowBytes; p += 16) bits = v128.or(bits, v128.load(p));
        if (v128.any_true(bits)) {
          store<i32>(next, origin);
          store<i32>(next, offset, 4);
          next += 8;
        } else {
          fillEmpty(f, output + offset, winners + offset, origin);
        }
        at += 8;
      } while (at != rowEnd);
    }
    store<i32>(f.foundCount + image * f.foundCountImageStep, <i32>((next - found) >> 3));
  }
}

/** The bits of all rows that a row of windows sees, one over the other. */
@inline
function seeRow(f: FindWindows, input: usize): void {
  const end = input + f.seenBytes;
  const rowStep = f.inputRowStep;
  const rowsBytes = f.patchRows * rowStep;
  let to = f.seen;
  for (let p = input; p != end; p += 16) {
    let bits = v128.load(p);
    for (let row = p + rowStep; row != p + rowsBytes; row += rowStep) bits = v128.or(bits, v128.load(row));
    v128.store(to, bits);
    to += 16;
  }
}

@inline
function fillEmpty(f: FindWindows, output: usize, winners: usize, origin: i32): void {
  const position = i32x4.splat(origin);
  const end = f.response + (f.vectors << 4);
  for (let value = f.response; value != end; value += 16) {
    v128.store(output, v128.load(value));
    v128.store(winners, position);
    output += 16;
    winners += 16;
  }
}

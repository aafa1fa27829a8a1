// Which pooling windows see anything but zeros. The others all come to the same value, which `convolve…` has computed once,
// with the same instructions, from an input of zeros: the bits are those of the dense computation.

@unmanaged
class FindNonZeroWindows {
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
  rowBytes: i32;
  row: usize;
  /** Those found, and how many, for each image; room for one more than all. From its end those that are to be filled. */
  found: usize;
  foundImageStep: i32;
  foundCount: usize;
  foundCountImageStep: i32;
  output: usize;
  outputImageStep: i32;
  argmax: usize;
  /** The value of an empty window. */
  response: usize;
  vectors: i32;
  /** A byte for each window: 0 where it is empty and has been filled, until the job ends or the window sees something. */
  nonZero: usize;
  nonZeroImageStep: i32;
  nonZeroRowStep: i32;
  /** Not 0: what has been filled does not stay so, as an activation works in place. */
  refills: i32;
}

export function findNonZeroWindows(operation: usize, fromImage: i32, toImage: i32): void {
  const f = changetype<FindNonZeroWindows>(operation);
  const windowsEnd = f.windows + (f.count << 3);
  const row = f.row;
  const patchRowBytes = f.patchRowBytes;
  const refills = <u8>(f.refills != 0);
  for (let image = fromImage; image < toImage; image++) {
    const input = f.input + image * f.inputImageStep;
    const output = f.output + image * f.outputImageStep;
    const argmax = f.argmax + image * f.outputImageStep;
    const found = f.found + image * f.foundImageStep;
    let nonZeroRow = f.nonZero + image * f.nonZeroImageStep;
    const listEnd = found + f.foundImageStep;
    let next = found, unfilled = listEnd;
    for (let at = f.windows; at != windowsEnd; ) {
      const rowOrigin = load<i32>(at);
      seeRow(f, input + rowOrigin);
      const patches = row - rowOrigin;
      const rowEnd = at + (f.columns << 3);
      let nonZero = nonZeroRow;
      do {
        const origin = load<i32>(at);
        const patch = patches + origin;
        let bits = v128.load(patch);
        for (let p = patch + 16; p != patch + patchRowBytes; p += 16) bits = v128.or(bits, v128.load(p));
        const sees = <usize>v128.any_true(bits);
        // Written to both lists, and kept where it counts: no branch that no one can foretell.
        const window = load<u64>(at);
        store<u64>(next, window);
        next += sees << 3;
        store<u64>(unfilled - 8, window);
        unfilled -= ((sees ^ 1) & (refills | load<u8>(nonZero))) << 3;
        store<u8>(nonZero, <u8>sees);
        nonZero++;
        at += 8;
      } while (at != rowEnd);
      nonZeroRow += f.nonZeroRowStep;
    }
    for (let at = unfilled; at != listEnd; at += 8) {
      const offset = load<i32>(at, 4);
      fillEmpty(f, output + offset, argmax + offset, load<i32>(at));
    }
    store<i32>(f.foundCount + image * f.foundCountImageStep, <i32>((next - found) >> 3));
  }
}

/** The bits of all rows that a row of windows sees, one over the other. */
@inline
function seeRow(f: FindNonZeroWindows, input: usize): void {
  const end = input + f.rowBytes;
  const rowStep = f.inputRowStep;
  const rowsBytes = f.patchRows * rowStep;
  let to = f.row;
  let p = input;
  do {
    let bits = v128.load(p);
    const last = p + rowsBytes;
    for (let row = p + rowStep; row != last; row += rowStep) bits = v128.or(bits, v128.load(row));
    v128.store(to, bits);
    to += 16;
    p += 16;
  } while (p != end);
}

@inline
function fillEmpty(f: FindNonZeroWindows, output: usize, argmax: usize, origin: i32): void {
  const position = i32x4.splat(origin);
  const end = f.response + (f.vectors << 4);
  for (let value = f.response; value != end; value += 16) {
    v128.store(output, v128.load(value));
    v128.store(argmax, position);
    output += 16;
    argmax += 16;
  }
}

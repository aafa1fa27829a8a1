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
  /** All windows: pairs of input and output offset (i32). */
  windows: usize;
  count: i32;
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

export function findWindows(operation: usize, images: i32): void {
  const f = changetype<FindWindows>(operation);
  const windowsEnd = f.windows + (f.count << 3);
  const vectorsEnd = f.response + (f.vectors << 4);
  for (let image = 0; image < images; image++) {
    const input = f.input + image * f.inputImageStep;
    const output = f.output + image * f.outputImageStep;
    const winners = f.winners + image * f.outputImageStep;
    const found = f.found + image * f.foundImageStep;
    let next = found;
    for (let at = f.windows; at != windowsEnd; at += 8) {
      const origin = load<i32>(at);
      const offset = load<i32>(at, 4);
      let bits = i32x4.splat(0);
      let row = input + origin;
      const end = row + f.patchRows * f.inputRowStep;
      do {
        for (let p = row; p != row + f.patchRowBytes; p += 16) bits = v128.or(bits, v128.load(p));
        row += f.inputRowStep;
      } while (row != end);
      if (v128.any_true(bits)) {
        store<i32>(next, origin);
        store<i32>(next, offset, 4);
        next += 8;
      } else {
        const position = i32x4.splat(origin);
        let out = output + offset;
        let won = winners + offset;
        for (let value = f.response; value != vectorsEnd; value += 16) {
          v128.store(out, v128.load(value));
          v128.store(won, position);
          out += 16;
          won += 16;
        }
      }
    }
    store<i32>(f.foundCount + image * f.foundCountImageStep, <i32>((next - found) >> 3));
  }
}

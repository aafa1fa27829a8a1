// Which pooling windows of a second layer come to something new. One that sees only windows of the first layer which are
// empty came to the same with the image before, and that still lies in the output: no bit differs from computing it again.

@unmanaged
class ChangedWindows {
  kind: i32;
  /** `nonZero` of `findNonZeroWindows` where the first window's patch begins; zeros around it. */
  nonZero: usize;
  nonZeroImageStep: i32;
  nonZeroRowStep: i32;
  /** From one window to the next, in bytes of `nonZero`. */
  windowRowStep: i32;
  windowColumnStep: i32;
  /** What a window sees: rows, and columns, at most 8. */
  patchRows: i32;
  patchColumns: i32;
  /** All windows, row by row: pairs of input and output offset (i32). */
  windows: usize;
  rows: i32;
  columns: i32;
  /** A byte for each window: 0 where its output is that of one that sees nothing. */
  changed: usize;
  changedImageStep: i32;
  /** Those found, and how many, for each image. */
  found: usize;
  foundImageStep: i32;
  foundCount: usize;
  foundCountImageStep: i32;
}

export function changedWindows(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<ChangedWindows>(operation);
  const mask = <u64>-1 >> (64 - (<u64>c.patchColumns << 3));
  for (let image = fromImage; image < toImage; image++) {
    const nonZeroRowStep = c.nonZeroRowStep, patchBytes = c.patchRows * nonZeroRowStep;
    let changed = c.changed + image * c.changedImageStep;
    let at = c.windows;
    const found = c.found + image * c.foundImageStep;
    let next = found;
    for (let row = 0; row < c.rows; row++) {
      let patch = c.nonZero + image * c.nonZeroImageStep + row * c.windowRowStep;
      for (let column = 0; column < c.columns; column++) {
        let bits: u64 = 0;
        const patchEnd = patch + patchBytes;
        let p = patch;
        do {
          bits |= load<u64>(p);
          p += nonZeroRowStep;
        } while (p != patchEnd);
        const sees = <u8>((bits & mask) != 0);
        // Written in any case, and kept if it counts: no branch that no one can foretell.
        store<u64>(next, load<u64>(at));
        next += <usize>(sees | load<u8>(changed)) << 3;
        store<u8>(changed, sees);
        changed++;
        at += 8;
        patch += c.windowColumnStep;
      }
    }
    store<i32>(c.foundCount + image * c.foundCountImageStep, <i32>((next - found) >> 3));
  }
}

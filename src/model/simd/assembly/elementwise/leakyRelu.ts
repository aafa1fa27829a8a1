// x where it is above 0, x times a slope elsewhere; in place. Lanes: values side by side.

/** From `p` to `end`, at least one vector. */
export function leakyRelu(p: usize, end: usize, slope: f32): void {
  const slopes = f32x4.splat(slope), zero = f32x4.splat(0);
  do {
    const x = v128.load(p);
    v128.store(p, v128.bitselect(x, f32x4.mul(x, slopes), f32x4.gt(x, zero)));
    p += 16;
  } while (p != end);
}

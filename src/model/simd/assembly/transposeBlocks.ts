// The weights of a dense layer, laid out for the way back: output and input channels change places.
// Both layouts are blocks of 8 × 8 values that lie together: [pair of outputs][input][8] and [pair of inputs][output][8].
// Lanes: four channels side by side, four vectors of them transposed at a time. (A gather takes nine times as long.)

@unmanaged
class TransposeBlocks {
  kind: i32;
  from: usize;
  to: usize;
  /** Input and output channels, multiples of 8. */
  inputs: i32;
  outputs: i32;
}

/** @param part and `parts`: which share of the input channels, when threads share the work */
export function transposeBlocks(operation: usize, part: i32, parts: i32): void {
  const t = changetype<TransposeBlocks>(operation);
  const inputs = t.inputs, outputs = t.outputs;
  const last = ((inputs >> 3) * (part + 1)) / parts;
  for (let pair = ((inputs >> 3) * part) / parts; pair < last; pair++) {
    for (let output = 0; output < outputs; output += 8) {
      const from = t.from + ((output * inputs + (pair << 6)) << 2);
      const to = t.to + (((pair << 3) * outputs + (output << 3)) << 2);
      transposeFour(from, to);
      transposeFour(from + 16, to + 128);
      transposeFour(from + 128, to + 16);
      transposeFour(from + 144, to + 144);
    }
  }
}

/** A quarter of a block, whose rows lie 32 bytes apart. */
@inline
function transposeFour(from: usize, to: usize): void {
  const a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 64), d = v128.load(from, 96);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7), 96);
}

// The weights of a dense layer, laid out for the way back: output and input channels change places.
// Both layouts are blocks of 8 × 8 values that lie together: [pair of outputs][input][8] and [pair of inputs][output][8].
// Lanes: four channels side by side, four vectors of them transposed at a time. (A gather takes nine times as long.)
import { transpose } from '../vectors';

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
      transpose(from, 32, to, 32);
      transpose(from + 16, 32, to + 128, 32);
      transpose(from + 128, 32, to + 16, 32);
      transpose(from + 144, 32, to + 144, 32);
    }
  }
}

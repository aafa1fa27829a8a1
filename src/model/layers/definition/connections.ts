// How a layer's `weight` ties what comes in to what goes out.

export interface Connections {
  /** Channels, or units, that come in. */
  readonly inputs: number;
  /** Channels, or units, that go out. */
  readonly outputs: number;
  /** Weights between one of each: the places of a kernel; dense 1. */
  readonly taps: number;
  /** How many weights one value of the output is the sum over, on average over its places. */
  readonly fanIn: number;
  /** Which side of the tensor comes first; the taps come last. */
  readonly order: 'outputs first' | 'inputs first';
}

/** The place of a weight in its tensor. */
export function weightAt(
  { inputs, outputs, taps, order }: Connections,
  output: number,
  input: number,
  tap: number,
): number {
  return (order === 'outputs first' ? output * inputs + input : input * outputs + output) * taps + tap;
}

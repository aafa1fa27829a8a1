// Convolutions, transposed convolutions and their input gradients along one side, all as the same thing: output positions in
// phases, each a window of the input and weights for its taps.

export interface Phase {
  /** Output positions `first`, `first + outputStep`, …, `count` of them. */
  readonly first: number;
  readonly outputStep: number;
  readonly count: number;
  /** Input position of the first tap of output position `first`; may lie in the border. */
  readonly origin: number;
  /** Input positions between windows. */
  readonly inputStep: number;
  /** For each tap the places in the kernel whose weights are summed. */
  readonly taps: readonly (readonly number[])[];
}

export interface Side {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly strides: number;
  /** Zeros before the first position. */
  readonly padding: number;
}

const range = (count: number) => Array.from({ length: Math.max(count, 0) }, (_, index) => index);

/** Output i is the sum of input[i × strides − padding + k] × weight[k]. */
export function convolved({ output, kernel, strides, padding }: Side): readonly Phase[] {
  const taps = range(kernel).map((k) => [k]);
  return [{ first: 0, outputStep: 1, count: output, origin: -padding, inputStep: strides, taps }];
}

/** Input o adds input[o] × weight[k] to output[o × strides − padding + k]. Where no tap reaches, one without weight stands. */
export function spread({ output, kernel, strides, padding }: Side): readonly Phase[] {
  return range(Math.min(strides, output)).map((first) => {
    const rest = (first + padding) % strides;
    const places = range(kernel).filter((k) => k % strides === rest);
    const taps = places.length === 0 ? [[]] : places.toReversed().map((k) => [k]);
    const origin = Math.floor((first + padding) / strides) - (taps.length - 1);
    return {
      first,
      outputStep: strides,
      count: Math.ceil((output - first) / strides),
      origin,
      inputStep: 1,
      taps,
    };
  });
}

/** A convolution (strides 1) of an input whose positions are each repeated `size` times, on the input itself. */
export function repeatedConvolved({ output, kernel, padding }: Side, size: number): readonly Phase[] {
  return range(Math.min(size, output)).map((first) => {
    const place = (k: number) => Math.floor((first - padding + k) / size);
    const origin = place(0);
    const taps = range(place(kernel - 1) - origin + 1).map((tap) =>
      range(kernel).filter((k) => place(k) - origin === tap),
    );
    return { first, outputStep: size, count: Math.ceil((output - first) / size), origin, inputStep: 1, taps };
  });
}

/** The input gradient of `repeatedConvolved`: `input` is the gradient, `output` the input before its repetition. */
export function repeatedSpread({ output, kernel, padding }: Side, size: number): readonly Phase[] {
  const taps = range(size + kernel - 1).map((tap) =>
    range(kernel).filter((k) => k >= kernel - 1 - tap && k < kernel - 1 - tap + size),
  );
  return [{ first: 0, outputStep: 1, count: output, origin: padding - (kernel - 1), inputStep: size, taps }];
}

/** Positions that windows reach before the first and after the last one. */
export function reach(phases: readonly Phase[], length: number): { readonly before: number; readonly after: number } {
  const lasts = phases.map(({ origin, inputStep, count, taps }) => origin + inputStep * (count - 1) + taps.length - 1);
  return {
    before: Math.max(0, ...phases.map(({ origin }) => -origin)),
    after: Math.max(0, ...lasts.map((last) => last - (length - 1))),
  };
}

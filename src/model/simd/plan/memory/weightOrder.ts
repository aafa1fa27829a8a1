// In which order each convolution kernel reads its weights.

/** @param value along the run: kernel column × values of a pixel + value of the pixel */
export type VisitWeight = (kernelRow: number, value: number, output: number) => void;

/** Every weight in order. */
export type WeightOrder = (visit: VisitWeight) => void;

interface Sizes {
  readonly kernelRows: number;
  /** Values of a kernel row. */
  readonly run: number;
  readonly outputs: number;
}

/** What `convolvePairs` and `convolveSingles` read: pairs of output vectors, then the one that is left. */
export function blockOrder({ kernelRows, run, outputs }: Sizes): WeightOrder {
  const padded = Math.ceil(outputs / 4) * 4;
  return (visit) => {
    for (let first = 0; first < padded; first += 8)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let value = 0; value < run; value++)
          for (let output = first; output < Math.min(first + 8, padded); output++) visit(kernelRow, value, output);
  };
}

/** What `convolveSums` reads: four outputs for each vector of a run. */
export function sumsOrder({ kernelRows, run, outputs }: Sizes): WeightOrder {
  return (visit) => {
    for (let first = 0; first < outputs; first += 4)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let vector = 0; vector < run; vector += 4)
          for (let output = first; output < first + 4; output++)
            for (let value = vector; value < vector + 4; value++) visit(kernelRow, value, output);
  };
}

/** One output after the other, runs padded to whole vectors: what pooling's gradients and, for one output, `convolveOne` read. */
export function outputOrder({ kernelRows, run, outputs }: Sizes): WeightOrder {
  return (visit) => {
    for (let output = 0; output < outputs; output++)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let value = 0; value < Math.ceil(run / 4) * 4; value++) visit(kernelRow, value, output);
  };
}

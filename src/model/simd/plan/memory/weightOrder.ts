// In which order each convolution kernel reads its weights.

/** @param value along the kernel row: kernel column × values of a pixel + value of the pixel */
export type VisitWeight = (kernelRow: number, value: number, output: number) => void;

/** Every weight in order. */
export type WeightOrder = (visit: VisitWeight) => void;

interface Sizes {
  readonly kernelRows: number;
  /** Values of a kernel row. */
  readonly rowValues: number;
  readonly outputs: number;
}

/** What `convolve4x8` and `convolve6x4` read: pairs of output vectors, then the one that is left. */
export function blockOrder({ kernelRows, rowValues, outputs }: Sizes): WeightOrder {
  const padded = Math.ceil(outputs / 4) * 4;
  return (visit) => {
    for (let first = 0; first < padded; first += 8)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let value = 0; value < rowValues; value++)
          for (let output = first; output < Math.min(first + 8, padded); output++) visit(kernelRow, value, output);
  };
}

/** What `convolve2x4Dot` reads: four outputs for each vector of a kernel row. */
export function dotOrder({ kernelRows, rowValues, outputs }: Sizes): WeightOrder {
  return (visit) => {
    for (let first = 0; first < outputs; first += 4)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let vector = 0; vector < rowValues; vector += 4)
          for (let output = first; output < first + 4; output++)
            for (let value = vector; value < vector + 4; value++) visit(kernelRow, value, output);
  };
}

/** One output after the other, kernel rows padded to whole vectors: what pooling's gradients and, for one output, `convolve6x1Dot` read. */
export function outputOrder({ kernelRows, rowValues, outputs }: Sizes): WeightOrder {
  return (visit) => {
    for (let output = 0; output < outputs; output++)
      for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++)
        for (let value = 0; value < Math.ceil(rowValues / 4) * 4; value++) visit(kernelRow, value, output);
  };
}

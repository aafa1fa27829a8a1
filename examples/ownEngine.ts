// An engine of your own is a few functions: a linear autoencoder of eight latents with tied weights, trained by plain gradient
// descent. The run has its samples, test losses and checkpoints, and can be resumed.
import { defineEngine, type Images, run, type TrainingBatch } from 'millrace';

const LATENTS = 8;

const linear = defineEngine(({ architecture: { input } }, { seed }) => {
  const size = input[0] * input[1] * input[2];
  /** W, `[LATENTS, size]`: z = W x, and back y = Wᵀ z. */
  const weights = Float32Array.from({ length: LATENTS * size }, (_, at) => {
    const random = Math.sin((at + seed) * 12.9898) * 43758.5453;
    return 0.1 * (random - Math.floor(random) - 0.5);
  });

  const floats = (images: Images) =>
    images instanceof Uint8Array ? Float32Array.from(images, (x) => x / 255) : images;
  const encode = (images: Images) => multiply(floats(images), size, LATENTS, (latent, pixel) => latent * size + pixel);
  const decode = (latents: Float32Array) => multiply(latents, LATENTS, size, (pixel, latent) => latent * size + pixel);

  /** Rows of `columns` values times W or its transpose. */
  function multiply(
    rows: Float32Array,
    columns: number,
    outputs: number,
    place: (output: number, column: number) => number,
  ) {
    const result = new Float32Array((rows.length / columns) * outputs);
    for (let at = 0; at < result.length; at++) {
      const [row, output] = [Math.floor(at / outputs) * columns, at % outputs];
      for (let column = 0; column < columns; column++)
        result[at]! += rows[row + column]! * weights[place(output, column)]!;
    }
    return result;
  }

  function step(batch: TrainingBatch, learningRate: number): number {
    const { pixels, target = pixels } = batch;
    const [seen, wanted, latents] = [floats(pixels), floats(target), encode(pixels)];
    const errors = decode(latents).map((value, at) => value - wanted[at]!);
    const loss = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
    if (learningRate === 0) return loss;
    // dL/dW = z eᵀ + (W e) xᵀ, times 2 / images.
    const back = encode(errors);
    for (let latent = 0; latent < LATENTS; latent++)
      for (let at = 0; at < errors.length; at++) {
        const [item, pixel] = [Math.floor(at / size), at % size];
        const gradient = latents[item * LATENTS + latent]! * errors[at]! + back[item * LATENTS + latent]! * seen[at]!;
        weights[latent * size + pixel]! -= (learningRate * 2 * gradient) / batch.length;
      }
    return loss;
  }

  return {
    name: 'linear',
    learningRate: 0.003,
    trainStep: step,
    evaluate: (batch) => step(batch, 0),
    encode,
    decode,
    weights: () => new Map([['weight', { shape: [LATENTS, size], data: weights }]]),
    setWeights: (tensors) => weights.set(tensors.get('weight')!.data),
  };
});

await run({ limit: 200, epochs: 2, output: false }, { engine: linear }).forEach((event) => {
  if (event.type === 'run') console.log(`${event.engine.name}: ${event.parameters} parameters`);
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
});

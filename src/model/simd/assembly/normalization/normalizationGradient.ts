// The way back through batch normalization. Mean and variance depend on every value of the batch, so that the gradient of one does
// on all: dx = scale / σ · (dy − mean of dy − x̂ · mean of dy · x̂), where x̂ is the normalized value. Lanes: channels.
// @see Ioffe and Szegedy (2015), https://arxiv.org/abs/1502.03167, section 3
import { JOB, Job } from '../job';
import { gradientSum } from '../optimizers/gradientSum';
import { gradients } from '../shard';
import { multiplyAdd } from '../vectors';
import { COEFFICIENTS, laneOf, Normalization, vectorsOf } from './normalization';

/** The scale's gradient, the sum of dy · x̂. (That of the shift, the sum of dy, comes with the activation's.) */
export function scaleGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) sumProducts(n, image, vector, vectors << 4);
}

function sumProducts(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), inverse = v128.load(coefficients, 16);
  let sum = f32x4.splat(0);
  let x = n.input + image * n.inputImageStep + (vector << 4);
  let d = n.outputGradient + image * n.outputImageStep + (vector << 4);
  const rowsEnd = d + n.rows * n.outputRowStep;
  do {
    let p = x, q = d;
    const end = q + n.columns * pixelStep;
    do {
      sum = multiplyAdd(v128.load(q), f32x4.sub(v128.load(p), mean), sum);
      p += pixelStep;
      q += pixelStep;
    } while (q != end);
    x += n.inputRowStep;
    d += n.outputRowStep;
  } while (d != rowsEnd);
  const to = gradients + n.scaleGradient + (vector << 4);
  v128.store(to, f32x4.add(v128.load(to), f32x4.mul(sum, inverse)));
}

/** What the whole batch says to each value's gradient, once both sums of all shards are there. */
export function gradientMeans(operation: usize): void {
  const n = changetype<Normalization>(operation);
  const job = changetype<Job>(JOB);
  const count = <f64>job.images * n.rows * n.columns;
  const gradientsEnd = job.gradients + job.shards * job.gradientBytes;
  const vectors = vectorsOf(n);
  for (let vector = 0; vector < vectors; vector++) {
    const ofScale = gradientSum(job.gradients + n.scaleGradient + (vector << 4), job.gradientBytes, gradientsEnd);
    const ofShift = gradientSum(job.gradients + n.shiftGradient + (vector << 4), job.gradientBytes, gradientsEnd);
    const to = n.coefficients + vector * COEFFICIENTS;
    v128.store(to, ofScale, 64);
    v128.store(to, ofShift, 80);
  }
  for (let channel = 0; channel < vectors << 2; channel++) {
    const at = n.coefficients + laneOf(channel, COEFFICIENTS);
    // Beside the channels the scale is 0, and its product with what kernels left there need not be.
    const isChannel = channel < n.channels;
    const inverse: f64 = load<f32>(at, 16), scale: f64 = load<f32>(at, 32);
    store<f32>(at, isChannel ? <f32>((scale * inverse * load<f32>(at, 64)) / count) : 0, 64);
    store<f32>(at, isChannel ? <f32>((scale * load<f32>(at, 80)) / count) : 0, 80);
  }
}

export function normalizationGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) oneVector(n, image, vector, vectors << 4);
}

function oneVector(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32);
  const perDeviation = v128.load(coefficients, 64), everywhere = v128.load(coefficients, 80);
  const toGradient = n.inputGradient - n.input;
  let x = n.input + image * n.inputImageStep + (vector << 4);
  let d = n.outputGradient + image * n.outputImageStep + (vector << 4);
  const rowsEnd = d + n.rows * n.outputRowStep;
  do {
    let p = x, q = d;
    const end = q + n.columns * pixelStep;
    do {
      const ofBatch = f32x4.add(f32x4.mul(f32x4.sub(v128.load(p), mean), perDeviation), everywhere);
      v128.store(p + toGradient, f32x4.sub(f32x4.mul(v128.load(q), scale), ofBatch));
      p += pixelStep;
      q += pixelStep;
    } while (q != end);
    x += n.inputRowStep;
    d += n.outputRowStep;
  } while (d != rowsEnd);
}

// (x − mean) / standard deviation × scale + shift, not below the floor. Lanes: channels. What lies beside them stays zero, as it
// is in the coefficients.
import { COEFFICIENTS, Normalization, vectorsOf } from './normalization';

export function normalize(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) oneVector(n, image, vector, vectors << 4);
}

function oneVector(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32), shift = v128.load(coefficients, 48);
  const floor = f32x4.splat(n.floor);
  let from = n.input + image * n.inputImageStep + (vector << 4);
  let to = n.output + image * n.outputImageStep + (vector << 4);
  const rowsEnd = to + n.rows * n.outputRowStep;
  do {
    let p = from, q = to;
    const end = q + n.columns * pixelStep;
    do {
      v128.store(q, f32x4.pmax(f32x4.add(f32x4.mul(f32x4.sub(v128.load(p), mean), scale), shift), floor));
      p += pixelStep;
      q += pixelStep;
    } while (q != end);
    from += n.inputRowStep;
    to += n.outputRowStep;
  } while (to != rowsEnd);
}

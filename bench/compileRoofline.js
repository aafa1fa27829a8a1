// Compiles the microkernel: by the same compiler and with the same level of optimisation as the engine's kernels.
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const SOURCE = fileURLToPath(new URL('assembly/roofline.ts', import.meta.url));

/** @param {string} target path of the .wasm to write */
export async function compileRoofline(target) {
  const { error, stderr } = await main([
    ...[SOURCE, '--outFile', target],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ]);
  if (error) throw new Error(stderr.toString());
}

// Compiles the SIMD engine's kernels: AssemblyScript to WebAssembly, once as it is and once with relaxed SIMD.
import { main } from 'assemblyscript/asc';

/** @param {string} root the project @param {string} target a folder */
export async function compileKernels(root, target) {
  for (const relaxed of [false, true]) {
    const features = ['simd', 'threads', 'bulk-memory', 'mutable-globals', ...(relaxed ? ['relaxed-simd'] : [])];
    const { error, stderr } = await main([
      `${root}/src/model/simd/assembly/index.ts`,
      '-O3',
      '--noAssert',
      ...['--runtime', 'stub'],
      ...['--enable', features.join(',')],
      // Threads share one memory, which the engine lays out; it brings as much as its plan needs.
      '--importMemory',
      '--sharedMemory',
      ...['--initialMemory', '1'],
      ...['--maximumMemory', '65536'],
      ...['--outFile', `${target}/kernels${relaxed ? '.relaxed' : ''}.wasm`],
    ]);
    if (error) throw new Error(stderr.toString());
  }
}

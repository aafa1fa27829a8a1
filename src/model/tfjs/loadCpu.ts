/** Plain JavaScript: runs anywhere, some 50 times slower than wasm. */
export async function loadCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
}

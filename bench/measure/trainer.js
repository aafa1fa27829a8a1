// What the processes that train with Millrace share: an engine and its batches, from a task as `tasks.js` makes them.
import { readFileSync } from 'node:fs';
import { checkArchitecture, createEngine } from '../../dist/exports/model.js';

/** @returns the engine and `train(step)`: one update, on the batch that has its turn; returns the loss */
export async function createTrainer({
  architecture,
  engine: name,
  backend,
  threads,
  relaxed,
  batchSize,
  images,
  learning,
}) {
  const checked = checkArchitecture(architecture);
  const engine = await createEngine({ network: checked, engine: name, backend, threads, relaxed, ...learning });
  const size = architecture.input[0] * architecture.input[1] * architecture.input[2];
  const pixels = readValues(images.pixels);
  const target = images.target && readValues(images.target);
  const batches = Math.floor(images.items / batchSize);
  const train = (step) => {
    const begin = (step % batches) * batchSize * size;
    const end = begin + batchSize * size;
    const batch = { pixels: pixels.subarray(begin, end), length: batchSize };
    return engine.trainStep(target ? { ...batch, target: target.subarray(begin, end) } : batch);
  };
  return { engine, train };
}

function readValues({ path, dtype }) {
  const bytes = readFileSync(path);
  if (dtype === 'uint8') return bytes;
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** What a missing engine says, as a measuring process prints it. */
export function absentOr(error) {
  if (error?.code !== 'ENGINE_UNAVAILABLE') throw error;
  return { absent: error.message };
}

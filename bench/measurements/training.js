// Images a second of a training step: Millrace's engines, and the peers.
import { fileURLToPath } from 'node:url';
import { runJson } from '../child.js';
import { figure } from '../rounds.js';
import { TRANSPOSE } from '../setting.js';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const threadsOf = (threads) => (threads === 1 ? '1 thread' : `${threads} threads`);

export const INSTALL = {
  torch: 'python3 -m pip install torch numpy, and set MILLRACE_PYTHON',
  jax: 'python3 -m pip install jax numpy, and set MILLRACE_PYTHON',
};

/** @returns {ReturnType<typeof figure>} */
function speed(name, run) {
  return figure({ name, unit: 'images/s', run }, 'imagesPerSecond');
}

/** What an engine needs is in its own message. */
function ownEngine(name, setting, architecture, options) {
  const task = () => JSON.stringify(setting.task(architecture, options));
  return speed(name, () => runJson(process.execPath, [path('measure/steps.js'), task()]));
}

/** @param {{ threads?: number, relaxed?: boolean, batchSize?: number, images?: 'plain' | 'dense' | 'floats' | 'denormal' }} options */
export function millrace(setting, architecture = TRANSPOSE, options = {}) {
  const { threads = 1, relaxed, batchSize, images } = options;
  const marks = [threadsOf(threads), relaxed && 'relaxed', batchSize && `batch ${batchSize}`, images];
  const name = `millrace ${architecture.name}, ${marks.filter(Boolean).join(', ')}`;
  return ownEngine(name, setting, architecture, { ...options, engine: 'simd' });
}

/** @param {'tensorflow' | 'wasm'} backend */
export function tfjs(setting, backend) {
  const name = backend === 'tensorflow' ? 'tfjs-node, native' : 'tfjs wasm';
  return ownEngine(name, setting, TRANSPOSE, { engine: 'tfjs', backend, threads: undefined });
}

/** Starts a Python script of a peer. Its results are in the order of `task`. */
export function runPeer(setting, script, argument, { install, threads }) {
  // Libraries under PyTorch read their number of threads here; JAX takes what it likes.
  const libraries = threads === undefined ? {} : { OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) };
  const env = { ...libraries, PYTHONDONTWRITEBYTECODE: '1' };
  return runJson(setting.options.python, [path(`peers/${script}`), argument], { install, env });
}

export function pytorch(setting, architecture = TRANSPOSE, threads = 1, options = {}) {
  return speed(`PyTorch ${architecture.name}, ${threadsOf(threads)}`, () => {
    const task = JSON.stringify(setting.task(architecture, { ...options, threads }));
    return runPeer(setting, 'pytorch_steps.py', task, { install: INSTALL.torch, threads });
  });
}

export function notebookLoop(setting) {
  return speed("the notebook's loop, 2 threads", () => {
    const task = JSON.stringify(setting.task(TRANSPOSE, { threads: 2 }));
    return runPeer(setting, 'notebook_loop.py', task, { install: INSTALL.torch, threads: 2 });
  });
}

export function jax(setting) {
  return speed('JAX transpose', async () => {
    const task = setting.task(TRANSPOSE, { weights: await setting.weightsOf(TRANSPOSE) });
    return runPeer(setting, 'jax_steps.py', JSON.stringify(task), { install: INSTALL.jax });
  });
}

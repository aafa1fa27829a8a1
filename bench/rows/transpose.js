import { jax, millrace, notebookLoop, pytorch, tfjs } from '../measurements/training.js';
import { TRANSPOSE } from '../setting.js';
import { knownRow, ratioRow } from './row.js';

/** The reference job against every peer. */
export function transposeRows(setting) {
  const [one, two] = [1, 2].map((threads) => millrace(setting, TRANSPOSE, { threads }));
  const [pytorchOne, pytorchTwo] = [1, 2].map((threads) => pytorch(setting, TRANSPOSE, threads));
  const wasm = tfjs(setting, 'wasm');
  const notebook = notebookLoop(setting);
  return [
    ratioRow({
      what: 'transpose, 1 thread, against PyTorch 1 thread',
      ...{ measured: one, peers: [pytorchOne], bar: 9, stretch: 12 },
    }),
    ratioRow({
      what: 'transpose, 2 threads, against PyTorch 1 thread',
      ...{ measured: two, peers: [pytorchOne], bar: 16, stretch: 22 },
    }),
    ratioRow({
      what: 'transpose, 2 threads, against the better of PyTorch 2 threads and JAX',
      ...{ measured: two, peers: [pytorchTwo, jax(setting)], bar: 9, stretch: 13 },
    }),
    ratioRow({
      what: 'transpose, 2 threads, against native tfjs-node',
      ...{ measured: two, peers: [tfjs(setting, 'tensorflow')], bar: 35, stretch: 50 },
    }),
    ratioRow({ what: "transpose, 2 threads, against the notebook's loop", measured: two, peers: [notebook] }),
    ratioRow({ what: 'transpose, 1 thread, against tfjs wasm', measured: one, peers: [wasm] }),
    knownRow(jax(setting)),
    knownRow(pytorchTwo),
  ];
}

export function threadRows(setting) {
  const [one, two] = [1, 2].map((threads) => millrace(setting, TRANSPOSE, { threads }));
  return [
    ratioRow({ what: 'two threads against one, idle machine', measured: two, peers: [one], bar: 1.7, stretch: 1.9 }),
  ];
}

// Whether a peer trains the same network: the losses of the first updates from the same weights and batches.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runJson } from '../child.js';
import { figure } from '../rounds.js';
import { DENOISE, OTHER_ARCHITECTURES, TRANSPOSE, UPSAMPLE } from '../setting.js';
import { INSTALL, runPeer } from './training.js';

const SCRIPT = fileURLToPath(new URL('../measure/losses.js', import.meta.url));
const UPDATES = 5;

/** The greatest relative difference of a loss. */
function agreement(setting, peer, architectures, peerLosses) {
  const run = async () => {
    const tasks = [];
    for (const architecture of architectures)
      tasks.push(
        setting.task(architecture, {
          engine: 'simd',
          updates: UPDATES,
          weights: await setting.weightsOf(architecture),
        }),
      );
    const file = join(setting.folder, `${peer}-agreement.json`);
    writeFileSync(file, JSON.stringify(tasks));
    const own = await runJson(process.execPath, [SCRIPT, file]);
    return { ...compare(tasks, own.losses, (await peerLosses(tasks, file)).losses), own, updates: UPDATES };
  };
  return figure({ name: `losses of ${peer}`, unit: '', run, once: true }, 'difference');
}

function compare(tasks, own, peers) {
  const differences = tasks.map(({ architecture }, at) => ({
    name: architecture.name,
    difference: Math.max(...own[at].map((loss, step) => Math.abs(loss / peers[at][step] - 1))),
  }));
  // A NaN sorts nowhere: it has to be the worst.
  const worst = differences.reduce((one, other) => (other.difference <= one.difference ? one : other));
  return { difference: worst.difference, about: `greatest: ${worst.name}`, differences };
}

export function pytorchAgreement(setting) {
  const architectures = [TRANSPOSE, UPSAMPLE, DENOISE, ...OTHER_ARCHITECTURES];
  return agreement(setting, 'PyTorch', architectures, (_, file) =>
    runPeer(setting, 'pytorch_losses.py', file, { install: INSTALL.torch, threads: 1 }),
  );
}

export function jaxAgreement(setting) {
  return agreement(setting, 'JAX', [TRANSPOSE], ([task]) =>
    runPeer(setting, 'jax_steps.py', JSON.stringify(task), { install: INSTALL.jax }),
  );
}

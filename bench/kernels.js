// Where the time of an update goes: each kernel call of a network's plan by itself, one thread, microseconds an image.
//
//   node bench/kernels.js [PRESET | FILE.json] [--loss NAME] [--dense] [--seconds N]
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkArchitecture, initialWeights, preset } from '../dist/exports/model.js';
import { chooseLoss } from '../dist/model/losses/lossOptions.js';
import { chooseOptimizer } from '../dist/model/optimizers/optimizerOptions.js';
import { instantiateHere, PAGE_BYTES, sharedMemory } from '../dist/model/simd/instantiate.js';
import { JobMemory, KINDS, TASKS } from '../dist/model/simd/jobMemory.js';
import { compileKernels } from '../dist/model/simd/node/compileKernels.js';
import { writeParameters } from '../dist/model/simd/parameterMemory.js';
import { planNetwork } from '../dist/model/simd/plan/planNetwork.js';
import { trainingOperations } from '../dist/model/simd/profileLayers.js';
import { SAMPLE } from './options.js';
import { Setting } from './setting.js';
import { median } from './statistics.js';
import { table } from './table.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dense: { type: 'boolean', default: false },
    loss: { type: 'string', default: 'mse' },
    relaxed: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '2' },
  },
});
const [name = 'transpose'] = positionals;
const architecture = existsSync(name) ? JSON.parse(readFileSync(name, 'utf8')) : preset(name, [28, 28, 1]);
const checked = checkArchitecture(architecture);
const [loss, optimizer] = [chooseLoss({ loss: values.loss }), chooseOptimizer({})];
const plan = planNetwork(checked, { threads: 1, slots: 2, loss });
const memory = sharedMemory(Math.ceil(plan.memory.bytes / PAGE_BYTES));
const integers = new Int32Array(memory.buffer);
plan.memory.writeTo(integers);
const kernels = instantiateHere(compileKernels(values.relaxed), memory);
const job = new JobMemory(memory.buffer);
job.begin(plan, { threads: 1, patienceMs: 10_000, optimizer, loss, seed: 1 });
writeParameters(
  new Float32Array(memory.buffer, plan.weights, plan.weightBytes / 4),
  [...plan.places, ...plan.statisticPlaces],
  initialWeights(checked, 1),
);

const setting = new Setting({ data: SAMPLE, seconds: 1, warmUpSeconds: 1 });
const { images } = setting.task(architecture, { images: values.dense ? 'dense' : undefined });
const size = architecture.input.reduce((product, side) => product * side);
const bytes = readFileSync(images.pixels.path);
const isFloat = images.pixels.dtype === 'float32';
const tile = plan.tile;
const most = Math.min(plan.jobImages, plan.batchImages ?? plan.jobImages, images.items);
const count = most - (most % tile);
new Uint8Array(memory.buffer).set(bytes.subarray(0, count * size * (isFloat ? 4 : 1)), plan.input);
if (images.target)
  new Uint8Array(memory.buffer).set(readFileSync(images.target.path).subarray(0, count * size), plan.target);
job.write({
  programs: plan.programs.train,
  images: count,
  keepsMaps: plan.batchImages === undefined ? 0 : 1,
  inputKind: isFloat ? KINDS.floats : KINDS.bytes,
  targetKind: images.target ? KINDS.bytes : KINDS.input,
  gradientScale: 1 / (20 * size),
});
job.beginUpdate(optimizer, 1, 0.001);
let sequence = 0;
const run = (tasks) => {
  job.write({ tasks, nextShard: 0 });
  sequence++;
  job.announce(sequence);
  kernels.work(0);
};
run(TASKS.pack);
// Also takes a shard, whose gradients the calls below add to.
run(TASKS.run + TASKS.clear);

const operations = trainingOperations(plan, integers);
/** For each operation and tile the times of all rounds: others who work on the machine stretch a few calls, not the median one. */
const times = operations.map(() => Array.from({ length: count / tile }, () => []));
const deadline = performance.now() + (Number(values.seconds) + 1) * 1000;
const warm = performance.now() + 1000;
while (performance.now() < deadline) {
  const isWarm = performance.now() > warm;
  for (let first = 0; first < count; first += tile)
    for (const [index, operation] of operations.entries()) {
      const begun = performance.now();
      kernels.operate(operation, 0, tile, first);
      if (isWarm) times[index][first / tile].push(performance.now() - begun);
    }
}
const microseconds = times.map((tiles) => (1000 / count) * tiles.reduce((sum, rounds) => sum + median(rounds), 0));
const total = microseconds.reduce((sum, time) => sum + time, 0);
console.log(
  table([
    ['layers', 'pass', 'kernel', 'µs', '%', 'multiply-adds', 'GFLOP/s'],
    ...plan.passes.map(({ layers, pass, kernel, multiplyAdds }, index) => [
      layers,
      pass,
      kernel,
      microseconds[index].toFixed(2),
      ((100 * microseconds[index]) / total).toFixed(1),
      String(multiplyAdds),
      multiplyAdds > 0 ? ((2 * multiplyAdds) / microseconds[index] / 1000).toFixed(1) : '',
    ]),
    ['all', '', '', total.toFixed(2), '', '', ''],
  ]),
);

// Small good files of every kind.
import { createReadStream, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { pack } from 'tar-stream';
import { encodeIdx } from '../../dist/data/idx/encoder.js';
import { checkArchitecture, initialWeights, preset } from '../../dist/exports/model.js';
import { saveCheckpoint } from '../../dist/model/node/checkpoint.js';
import { encodeSafetensors } from '../../dist/model/safetensors/encoding.js';

const ramp = (length, Values = Uint8Array) => Values.from({ length }, (_, index) => index % 251);

export const idxFiles = [
  encodeIdx([3, 4, 4], ramp(48)),
  encodeIdx([2, 3, 3, 3], ramp(54)),
  encodeIdx([20], ramp(20)),
  encodeIdx([2, 2, 2], ramp(8, Int16Array)),
  encodeIdx([4], ramp(4, Float64Array)),
  encodeIdx([5, 28, 28], ramp(5 * 784)),
].map(Buffer.from);

/** Grey and coloured, with alpha and without, of 8 and of 16 bits; a bitmap with a palette. */
export const imageFiles = [
  encode({ width: 5, height: 4, channels: 1, data: ramp(20) }),
  encode({ width: 5, height: 4, channels: 3, data: ramp(60) }),
  encode({ width: 5, height: 4, channels: 4, data: ramp(80) }),
  encode({ width: 5, height: 4, channels: 2, depth: 16, data: ramp(40, Uint16Array) }),
  jpeg.encode({ width: 16, height: 9, data: ramp(4 * 16 * 9) }, 90).data,
  bitmap(),
  Buffer.from(
    'R0lGODlhBAADAIMAAExpcWRueAD/AMhkAEZQWjIyMgAAAP8AAABkyCgyPP///wAA/woUHgAAAAAAAAAAACH5BAUAAAAALAAAAAAEAAMAAAQJ8IilWCLBlIEiADs=',
    'base64',
  ),
].map(Buffer.from);

/** 8 bits, two colours, 5×4. */
function bitmap() {
  const file = Buffer.alloc(54 + 8 + 32, 1);
  file.write('BM');
  for (const [at, value] of [
    [10, 62],
    [14, 40],
    [18, 5],
    [22, 4],
    [30, 0],
  ])
    file.writeUInt32LE(value, at);
  file.writeUInt32LE(0x0008_0001, 26);
  return file;
}

export async function archives() {
  const archive = pack();
  // Without the GIF, which takes sharp.
  for (const [at, file] of imageFiles.slice(0, -1).entries())
    archive.entry({ name: `photos/train/${at % 2}/${at}.png` }, file);
  archive.entry({ name: `${'long/'.repeat(60)}name.txt` }, 'not an image');
  archive.finalize();
  return [await buffer(archive)];
}

/** What NumPy and PyArrow have written. */
const peers = JSON.parse(readFileSync(new URL('../../test/fixtures/peers/arrays.json', import.meta.url), 'utf8')).files;
const peerFiles = (ending) =>
  Object.entries(peers).flatMap(([name, content]) => (name.endsWith(ending) ? [Buffer.from(content, 'base64')] : []));

export const npyFiles = peerFiles('.npy');
export const npzFiles = peerFiles('.npz');
export const parquetFiles = peerFiles('.parquet');

/** Records with the labels that there are, of CIFAR-10 and CIFAR-100. */
export const cifarFiles = [3073, 2 * 3073, 3074, 2 * 3074].map((length) =>
  Buffer.from(ramp(length).map((value) => value % 10)),
);

export const csvFiles = [
  'label,pixel0,pixel1,pixel2,pixel3\n5,0,255,3,4\n0,9,8,7,6\n',
  '5,0,255,3,4\r\n0,9,8,7,6',
  '\uFEFF"a","b","c","d"\n1, 2.0,"3",4\n',
].map((text) => Buffer.from(text));

export const tinyNetwork = {
  name: 'tiny',
  input: [4, 4, 1],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'relu' }],
  decoder: [
    { type: 'dense', units: 16, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [4, 4, 1] },
  ],
};

const activeNetwork = {
  name: 'active',
  input: [4, 4, 1],
  encoder: [
    {
      type: 'conv2d',
      filters: 2,
      kernelSize: [3, 2],
      strides: [1, 1],
      padding: 'same',
      useBias: false,
      activation: 'gelu',
    },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'conv2d', filters: 3, kernelSize: 2, padding: 'same', activation: 'leakyRelu', negativeSlope: 0.2 },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: 2, activation: 'silu' },
    { type: 'upSampling2d', size: 2 },
    { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same', activation: 'elu' },
  ],
};

export const networks = [
  tinyNetwork,
  activeNetwork,
  ...['transpose', 'upsample', 'denoise', 'unet'].map((name) => preset(name, [28, 28, 1])),
];

export const networkFiles = networks.flatMap((network) => [
  Buffer.from(JSON.stringify(network)),
  Buffer.from(JSON.stringify(network, undefined, 2)),
]);

const checkedTiny = checkArchitecture(tinyNetwork);
const tensor = (shape) => ({
  shape,
  data: new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(0.5),
});

export const tensorFiles = [
  { tensors: new Map(), metadata: new Map() },
  { tensors: new Map([['a', tensor([2, 3])]]), metadata: new Map([['format', 'pt']]) },
  {
    tensors: new Map([
      ['b', tensor([])],
      ['c', tensor([0, 4])],
      ['d', tensor([1, 1, 2])],
    ]),
    metadata: new Map(),
  },
  { tensors: initialWeights(checkedTiny, 1), metadata: new Map([['architecture', JSON.stringify(tinyNetwork)]]) },
].map((file) => Buffer.from(encodeSafetensors(file)));

/** A checkpoint of the tiny network, as a run saves it. */
export async function checkpointFile(path) {
  const moments = initialWeights(checkedTiny, 2);
  const engine = {
    network: checkedTiny,
    learningRate: 0.001,
    weights: () => initialWeights(checkedTiny, 1),
    optimizerState: () => ({ step: 12, slots: { firstMoments: moments, secondMoments: moments } }),
  };
  await saveCheckpoint(path, engine, { config: { seed: 1, data: 'mnist', output: 'runs/x' }, position: { epoch: 1 } });
  return Buffer.concat(await createReadStream(path).toArray());
}

const pixels = Buffer.from(ramp(16)).toString('base64');
const bodies = [
  {
    type: 'run',
    schema: 1,
    version: '0.1.0',
    config: { data: 'mnist', batchSize: 20, output: 'runs/20261123-120000-abcd', seed: 1 },
    dataset: { name: 'mnist', source: 'mnist', items: 200, testItems: 50, shape: [4, 4, 1], digest: '0', sample: true },
    architecture: tinyNetwork,
    parameters: 82,
    layers: [{ name: 'encoder.0', type: 'flatten', output: [16], parameters: 0 }],
    engine: { name: 'simd', backend: 'wasm-simd', threads: 2, reason: 'the fastest', plan: ['dense'], relaxed: false },
    seed: 1,
    epochs: 3,
    stepsPerEpoch: 10,
  },
  { type: 'loss', loss: 0.2, items: 20, learningRate: 0.001 },
  {
    type: 'sample',
    split: 'test',
    shape: [4, 4, 1],
    latentShape: [2],
    items: [
      {
        index: 3,
        label: 7,
        loss: 0.1,
        input: pixels,
        target: pixels,
        reconstruction: pixels,
        latent: { low: 0, high: 1, values: 'AP8=' },
      },
    ],
  },
  { type: 'weights', layer: 'encoder.1', shape: [2, 1, 1, 16], filters: { low: -1, high: 1, values: pixels } },
  {
    type: 'profile',
    layers: [{ layers: 'encoder.0 + encoder.1', forwardMicroseconds: 1.5, backwardMicroseconds: 3 }],
    updateMicroseconds: 2,
  },
  { type: 'evaluation', testLoss: 0.09, items: 50, durationMs: 3 },
  {
    type: 'epoch',
    trainLoss: 0.1,
    testLoss: 0.09,
    printedLoss: 2,
    notebookLoss: 0.5,
    imagesPerSecond: 900,
    durationMs: 200,
  },
  { type: 'checkpoint', path: 'step-00000010.safetensors', bytes: 4000, durationMs: 2, best: true },
  { type: 'command', action: 'learningRate', value: 0.0005, from: 'keyboard' },
  {
    type: 'stats',
    imagesPerSecond: 900,
    rssBytes: 2e8,
    phases: { dataMs: 1, forwardBackwardMs: 100, updateMs: 5, waitingMs: 0, otherMs: 2 },
    stages: [{ name: 'batches', items: 10, bytes: 3200, busyMs: 1, waitingMs: 2, blockedMs: 3, dropped: 0 }],
  },
  { type: 'metric', name: 'psnr', value: 18.25, unit: 'dB', split: 'test' },
  { type: 'somebody.else', text: 'of a type that is not ours', values: [1, 'x', null, { deep: true }] },
  { type: 'warning', code: 'LIMIT', message: 'there are only 200', path: 'a/b', offset: 3, layer: 'x', stage: 'y' },
  { type: 'loss', loss: 'NaN', items: 20, learningRate: 0.001 },
  {
    type: 'end',
    status: 'failed',
    error: { code: 'IDX_TRUNCATED', message: 'the file ends' },
    steps: 10,
    trainLoss: 0.1,
    testLoss: 0.09,
    durationMs: 400,
  },
];

const lines = bodies.map((body, seq) => {
  const common = { run: '20261123-120000-abcd', seq, time: '2026-11-23T12:00:00.000Z', elapsedMs: 10 * seq };
  return `${JSON.stringify({ ...body, ...common, epoch: 1, step: seq })}\n`;
});

/** A whole run, a run without its end, and every event after the first one. */
export const eventFiles = [
  lines.join(''),
  lines.slice(0, -1).join(''),
  ...lines.slice(1).map((line) => lines[0] + line),
].map((text) => Buffer.from(text));

export const commandFiles = [
  '{"action":"pause"}\n{"action":"resume"}\n',
  '{"action":"learningRate","value":0.0005}\n\n{"action":"epochs","value":40,"step":120}\n',
  '{"action":"stop"}',
  lines.join(''),
].map((text) => Buffer.from(text));

export const optionFiles = [
  '{"data":"photos.idx","architecture":"denoise","noise":0.3,"engine":"simd","threads":2,"epochs":4,"batchSize":5,"name":"x"}',
  `{"architecture":${JSON.stringify(tinyNetwork)},"learningRate":0.002,"seed":7,"shuffle":true,"patience":2,"minChange":0.1}`,
].map((text) => Buffer.from(text));

export const comparisonFiles = [
  '[0.5468, 0.2722, 0.25]',
  '{"transpose":[[0.5468,0.027],[0.27,0.0135,"x"]],"denoise":[[1,2]],"about":"x"}',
].map((text) => Buffer.from(text));

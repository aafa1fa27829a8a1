import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Architecture, Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { chooseLoss, type LossOptions, requireFittingLoss } from '../../../src/model/losses/lossOptions.js';
import { cases } from '../../fixtures/laws.js';
import { anyNetwork } from './anyNetwork.js';
import type { Create, EngineSuiteOptions } from './engineSuiteOptions.js';
import { firstGradients, randomImages, relativeDifference } from './measure.js';
import { numericalDerivatives, referenceLoss, referenceOutput } from './referenceNetwork.js';

const anyLoss = fc.constantFrom<LossOptions>(
  {},
  { loss: 'mae' },
  { loss: 'huber', huberDelta: 0.3 },
  { loss: 'bce' },
  { loss: 'ssim' },
  { loss: '0.5*mse + 0.2*ssim' },
  { loss: 'ssim + 0.7*bce + 0.1*mae' },
);
const fixed = { seed: 20, numRuns: cases(60) };

export function anyNetworkTests({ create, gradientTolerance }: EngineSuiteOptions): void {
  test('computes what the layers say, and the gradient of their loss', async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.integer({ min: 1, max: 3 }), anyLoss, async (network, items, loss) => {
        await expectReference(network, items, loss, { create, tolerance: gradientTolerance });
      }),
      fixed,
    );
  });

  test.each(awkwardNetworks)('computes $name', async (architecture) => {
    await expectReference(checkArchitecture(architecture), 3, {}, { create, tolerance: gradientTolerance });
  });

  test('computes bce of a cropped sigmoid', async () => {
    const network = checkArchitecture(croppedSigmoid);
    await expectReference(network, 3, { loss: 'bce' }, { create, tolerance: gradientTolerance });
  });
}

/** The sigmoid is the loss's own, with a cropping between the two. */
const croppedSigmoid = autoencoder(
  'a cropped sigmoid',
  [5, 6, 1],
  [
    { type: 'zeroPadding2d', padding: [2, 1] },
    { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
    { type: 'cropping2d', cropping: [2, 1] },
  ],
);

/** Where one of TensorFlow.js's backends is silently wrong, and where one would be. */
const awkwardNetworks: readonly Architecture[] = [
  autoencoder(
    'a transposed convolution whose windows leave gaps',
    [6, 6, 1],
    [
      { type: 'maxPooling2d', poolSize: 3 },
      { type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 3, padding: 'same' },
    ],
  ),
  autoencoder(
    'a convolution whose windows leave gaps',
    [4, 8, 2],
    [
      { type: 'conv2d', filters: 8, kernelSize: 2, strides: [1, 4], padding: 'same' },
      { type: 'reshape', targetShape: [4, 8, 2] },
    ],
  ),
  autoencoder(
    'upsampling of every image of a batch',
    [4, 6, 2],
    [
      { type: 'conv2d', filters: 2, kernelSize: 3, strides: 2, padding: 'same', activation: 'tanh' },
      { type: 'upSampling2d', size: 2 },
    ],
  ),
  autoencoder(
    'upsampling by a factor whose inverse is rounded down',
    [41, 41, 1],
    [
      { type: 'averagePooling2d', poolSize: 41 },
      { type: 'conv2d', filters: 1, kernelSize: 1 },
      { type: 'upSampling2d', size: 41 },
    ],
  ),
  autoencoder(
    'pooling that leaves a border out',
    [8, 5, 1],
    [
      { type: 'conv2d', filters: 2, kernelSize: 2, padding: 'same', activation: 'sigmoid' },
      { type: 'maxPooling2d', poolSize: 3 },
      { type: 'flatten' },
      { type: 'dense', units: 40 },
      { type: 'reshape', targetShape: [8, 5, 1] },
    ],
  ),
  autoencoder(
    'pooling by one',
    [3, 3, 1],
    [
      { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' },
      { type: 'maxPooling2d', poolSize: 1 },
      { type: 'averagePooling2d', poolSize: 1 },
      { type: 'upSampling2d', size: 1 },
    ],
  ),
  autoencoder(
    'a reshape from image to image',
    [4, 2, 3],
    [
      { type: 'conv2d', filters: 3, kernelSize: 1 },
      { type: 'reshape', targetShape: [2, 6, 2] },
      { type: 'conv2d', filters: 2, kernelSize: 2, padding: 'same' },
      { type: 'reshape', targetShape: [4, 2, 3] },
    ],
  ),
];

function autoencoder(name: string, input: Architecture['input'], layers: readonly Layer[]): Architecture {
  return { name, input, encoder: layers.slice(0, 1), decoder: layers.slice(1) };
}

/** Networks whose output need not lie from 0 to 1 are compared by their squared error where one with `bce` is drawn. */
async function expectReference(
  network: Network,
  items: number,
  drawn: LossOptions,
  { create, tolerance }: { readonly create: Create; readonly tolerance: number },
): Promise<void> {
  const isFitting = takesLoss(network, drawn);
  const options = isFitting ? drawn : {};
  const chosen = chooseLoss(options);
  const weights = initialWeights(network, 3);
  const engine = await create({ network, weights, ...options });
  const pixels = randomImages(network, items);
  const parts = Array.from({ length: items }, (_, item) => {
    const length = pixels.length / items;
    return Float64Array.from(pixels.subarray(item * length, (item + 1) * length));
  });
  const latents = parts.flatMap((part) => [...referenceOutput(network.encoder, weights, part)]);
  expect(relativeDifference(engine.encode(pixels), latents)).toBeLessThan(tolerance);
  const loss = engine.trainStep({ pixels, length: items });
  expect(relativeDifference([loss], [referenceLoss(network, weights, parts, chosen)])).toBeLessThan(tolerance);
  const gradients = firstGradients(engine);
  const largest = Math.max(...[...gradients.values()].map((values) => Math.max(...values.map(Math.abs))));
  for (const [name, gradient] of gradients)
    for (const index of someIndices(gradient.length)) {
      const [low, high] = numericalDerivatives(network, weights, parts, { name, index, loss: chosen });
      expect(gradient[index], `${name}[${index}]`).toBeGreaterThan(low - tolerance * largest);
      expect(gradient[index], `${name}[${index}]`).toBeLessThan(high + tolerance * largest);
    }
  engine.dispose();
}

function takesLoss(network: Network, options: LossOptions): boolean {
  try {
    requireFittingLoss(chooseLoss(options), network);
    return true;
  } catch {
    return false;
  }
}

/** A dozen, spread over all. */
function someIndices(length: number): readonly number[] {
  const step = Math.max(1, Math.floor(length / 12));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}

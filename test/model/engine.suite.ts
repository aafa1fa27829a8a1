// What every engine has to do. Each engine's own test file runs it.
import { afterEach, describe } from 'vitest';
import type { Engine } from '../../src/model/engine.js';
import { GOLDEN_PRESETS, golden, hasMnistGolden, mnistGolden, PEER_NETWORKS, peerGolden } from '../fixtures/golden.js';
import { anyNetworkTests } from './engineSuite/anyNetworkTests.js';
import { contractTests } from './engineSuite/contractTests.js';
import type { Create, EngineSuiteOptions } from './engineSuite/engineSuiteOptions.js';
import { firstStepTests, updateTests } from './engineSuite/goldenTests.js';
import { learningTests } from './engineSuite/learningTests.js';
import { normalizationTests } from './engineSuite/normalizationTests.js';
import { penaltyTests } from './engineSuite/penaltyTests.js';
import { sizeTests } from './engineSuite/sizeTests.js';
import { skipTests } from './engineSuite/skipTests.js';

/** The behaviour suite of engines. */
export function engineSuite(name: string, { presets = GOLDEN_PRESETS, ...options }: EngineSuiteOptions): void {
  const engines: Engine[] = [];
  const create: Create = async (of) => {
    const engine = await options.create(of);
    engines.push(engine);
    return engine;
  };
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
  });
  const suite = { ...options, create };

  for (const preset of presets)
    describe(`${name} with the preset ${preset}`, () => {
      firstStepTests(() => golden(preset), suite);
      updateTests(() => golden(preset), suite.updates[preset].blobs, suite);
    });
  for (const preset of presets)
    describe.skipIf(!hasMnistGolden)(
      `${name} with the preset ${preset} on MNIST (where the shared reference is)`,
      () => {
        updateTests(() => mnistGolden(preset), suite.updates[preset].mnist, suite);
      },
    );
  for (const network of PEER_NETWORKS)
    describe(`${name} with PyTorch's network "${network}"`, () => {
      firstStepTests(() => peerGolden(network), suite);
      updateTests(() => peerGolden(network), 10, suite);
    });
  describe(`${name} with any network`, () => anyNetworkTests(suite));
  describe(`${name} with presets of any size`, () => sizeTests(suite));
  describe(`${name} learning`, () => learningTests(suite));
  describe(`${name} normalization`, () => normalizationTests(suite));
  describe(`${name} penalties`, () => penaltyTests(suite));
  describe(`${name} with skip connections`, () => skipTests(create));
  describe(name, () => contractTests(create));
}

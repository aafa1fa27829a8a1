import { expect, test } from 'vitest';
import { Plateaus } from '../../src/run/plateaus.js';
import { scheduleGolden } from '../fixtures/golden.js';

const { plateau, plateauLosses } = scheduleGolden();

test("are where PyTorch's ReduceLROnPlateau has them, also when they go on from their state", () => {
  let plateaus = new Plateaus(2);
  for (const [epoch, loss] of plateauLosses.entries()) {
    expect(0.5 ** plateaus.count, `epoch ${epoch + 1}`).toBe(plateau[epoch]);
    plateaus.add(loss);
    plateaus = new Plateaus(2, plateaus.state);
  }
});

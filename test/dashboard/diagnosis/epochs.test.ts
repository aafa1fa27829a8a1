import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { overfitting } from '../../../src/dashboard/diagnosis/overfitting.js';
import { plateau } from '../../../src/dashboard/diagnosis/plateau.js';
import { epochsOf } from './events.js';
import { runWith } from './symptoms.js';

const of = (losses: Parameters<typeof epochsOf>[0]) => ({ epochs: epochsOf(losses) });
const CURVES = '../shared/reference/pytorch-curves.json';
const flat = [[0.03, 0.031], [0.02, 0.021], ...new Array(5).fill([0.02, 0.021])] as [number, number][];

test('five epochs without a better loss are a plateau', () => {
  expect(plateau(of(flat))).toMatchObject({
    step: 700,
    severity: 'note',
    sentences: ['no progress for 5 epochs: the test loss stays at 0.02100', 'no progress for 5 epochs', 'no progress'],
  });
  expect(plateau(of(flat.slice(0, -1)))).toBeUndefined();
});

test('where there is no test loss the training loss is judged', () => {
  const [found] = plateau(of(flat.map(([train]) => [train])))?.sentences ?? [];
  expect(found).toBe('no progress for 5 epochs: the training loss stays at 0.02000');
});

test('slow progress is no plateau', () => {
  expect(plateau(of(Array.from({ length: 40 }, (_, epoch) => [0.01 * 0.999 ** epoch])))).toBeUndefined();
});

test('a test loss above its best for three epochs while the training loss falls is overfitting', () => {
  const losses = [
    [0.02, 0.021],
    [0.015, 0.018],
    [0.013, 0.0185],
    [0.012, 0.019],
    [0.011, 0.0195],
  ] as const;
  expect(overfitting(of(losses))).toMatchObject({ step: 200, severity: 'warning' });
  expect(overfitting(of(losses))?.sentences[1]).toBe('overfitting since epoch 2: the test loss is up by 8 %');
  expect(overfitting(of(losses.slice(0, -1)))).toBeUndefined();
});

test('a test loss thirteen times the training loss is overfitting, also where it still falls', () => {
  const losses = [0.02, 0.008, 0.004, 0.003, 0.0023].map((train, epoch) => [train, 0.0301 - epoch * 1e-5] as const);
  expect(overfitting(of(losses))?.sentences[1]).toBe('overfitting: the test loss is 13.1 times the training loss');
});

test('a divergence that warms up makes the training loss small, and nothing is learnt by heart', () => {
  const losses = [0.02, 0.008, 0.004, 0.003, 0.0023].map((train, epoch) => [train, 0.0301 - epoch * 1e-5] as const);
  expect(overfitting({ ...of(losses), run: runWith('variational') })).toBeUndefined();
});

test('a training loss that rises as well is none', () => {
  expect(
    overfitting(
      of([
        [0.01, 0.02],
        [0.011, 0.021],
        [0.012, 0.022],
        [0.013, 0.023],
      ]),
    ),
  ).toBeUndefined();
});

test.skipIf(!existsSync(CURVES))("PyTorch's runs get no sentence at any epoch (needs ../shared)", () => {
  const { transpose, upsample } = JSON.parse(readFileSync(CURVES, 'utf8')) as Record<
    string,
    [number, number, number][]
  >;
  for (const rows of [transpose!, upsample!]) {
    const epochs = epochsOf(rows.map(([, train, test]) => [train, test]));
    for (let count = 1; count <= epochs.length; count++) {
      const so = epochs.slice(0, count);
      expect([plateau({ epochs: so }), overfitting({ epochs: so })]).toEqual([undefined, undefined]);
    }
  }
});

import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import type { RunEvent } from '../../../src/events/schema.js';
import { networkRows } from '../../../src/tui/rows/networkRows.js';
import { recordedRun } from '../../fixtures/events.js';

const [run] = [...recordedRun()] as [RunEvent];

function shown(layers: NonNullable<RunEvent['layers']>, columns: number): string {
  const state = reduce(initialState, { ...run, layers });
  return networkRows(state, columns)
    .map((row) =>
      row
        .map(([, text]) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

const layer = (name: string, from?: string) => ({
  name,
  type: from === undefined ? 'conv2d' : 'concatenate',
  ...(from !== undefined && { from }),
  output: [4, 4, 2],
  parameters: 9,
});

test('a skip connection past the latent is told, beside where it reads', () => {
  const layers = [layer('encoder.0'), layer('encoder.1'), layer('decoder.0'), layer('decoder.1', 'encoder.0')];
  const text = shown(layers, 100);
  expect(text).toMatch(/ decoder\.1 +concatenate encoder\.0 +4×4×2/);
  expect(text).toContain(' decoder.1 reads encoder.0 past the latent: the latent alone does not make the image');
});

test.each([
  ['within the encoder', [layer('encoder.0'), layer('encoder.1', 'encoder.0'), layer('decoder.0')]],
  ['from the latent itself', [layer('encoder.0'), layer('decoder.0'), layer('decoder.1', 'encoder.0')]],
])('one %s is not', (_, layers) => {
  expect(shown(layers, 100)).not.toContain('past the latent');
});

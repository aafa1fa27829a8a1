import { stripVTControlCharacters } from 'node:util';
import { Box, renderToString, Text } from 'ink';
import { expect, test } from 'vitest';
import { createTheme, Dashboard, DigitsPanel, initialState, reduce, ThemeContext } from '../../src/exports/tui.js';
import { recordedRun } from '../fixtures/events.js';

const state = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined })].reduce(
  reduce,
  initialState,
);

test('the dashboard prints itself in any Ink app', () => {
  const text = renderToString(<Dashboard state={state} size={{ columns: 80, rows: 24 }} />, { columns: 80 });
  expect(text.split('\n')).toHaveLength(23);
  const plain = stripVTControlCharacters(text);
  expect(plain).toContain('epoch 4 of 8');
  expect(plain).toContain('─ test digits ─');
  expect(plain).toContain('██  ██');
});

test('a panel stands beside what an app has of its own, in the theme of the app', () => {
  const layout = {
    tile: { columns: 14, rows: 7 },
    count: 2,
    gap: 1,
    labelColumns: 4,
    framed: true,
    error: false,
    apart: false,
    labels: false,
  };
  const text = renderToString(
    <ThemeContext value={createTheme({ color: 0, glyphs: 'ascii' })}>
      <Box>
        <Text>mine </Text>
        <DigitsPanel state={state} layout={layout} columns={40} />
      </Box>
    </ThemeContext>,
    { columns: 60 },
  );
  expect(text).toMatch(/^mine - test digits -+ after step 1,000 -\n[ -~\n]*@%##%@/);
});

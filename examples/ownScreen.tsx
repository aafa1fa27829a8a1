// Millrace's panels in an Ink app of your own: the loss and the digits of a run, beside a line that is yours.
// Start it with NODE_ENV=production: React's development build remembers every frame.
import { Box, render, Text } from 'ink';
import { run } from 'millrace';
import { type DashboardState, DigitsPanel, fitDigits, initialState, LossPanel, reduce } from 'millrace/tui';

const COLUMNS = 80;

function Screen({ state }: { readonly state: DashboardState }) {
  const { sample, epoch, step } = state;
  const content = sample && { shape: sample.shape, count: sample.images.length, labelled: false };
  const digits = content && fitDigits('half', false, { columns: COLUMNS, rows: 20 }, content);
  return (
    <Box flexDirection="column" width={COLUMNS}>
      <Text>
        My training: epoch {epoch}, step {step}
      </Text>
      <LossPanel state={state} size={{ columns: COLUMNS, rows: 10 }} />
      {digits && <DigitsPanel state={state} layout={digits} columns={COLUMNS} />}
    </Box>
  );
}

let state = initialState;
// Whatever else the program prints stays its own affair.
const app = render(<Screen state={state} />, { patchConsole: false });
await run({ limit: 2000, epochs: 2, output: false }).forEach((event) => {
  state = reduce(state, event);
  // Pictures come some 180 times in a run; drawing each loss would take longer than the training.
  if (event.type === 'sample') app.rerender(<Screen state={state} />);
});
app.unmount();

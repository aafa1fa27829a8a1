// A whole run from your own program: the notebook's job on 2,000 images, its events in a sink of your own, stopped by hand.
import { createCommandQueue, run, type Sink } from 'millrace';

const commands = createCommandQueue();
const lines: string[] = [];
const sink: Sink = {
  // A promise makes the training wait; here there is always room.
  write: (text) => void lines.push(text),
  close: async () => undefined,
};

const events = run({ limit: 2000, epochs: 2, output: false }, { sinks: [sink], commands });
await events.forEach((event) => {
  if (event.type === 'loss' && event.step === 3) commands.send({ action: 'stop' });
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps, ${lines.length} lines`);
});

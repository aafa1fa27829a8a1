// Commands to a run from your program: an evaluation in the midst of an epoch, a smaller learning rate, and an earlier end.
import { createCommandQueue, run } from 'millrace';

const commands = createCommandQueue();
// Commands with a step wait for it; others take effect before the next update.
commands.send({ action: 'evaluate', step: 2 });

const events = run({ limit: 100, epochs: 30, output: false }, { commands });
await events.forEach((event) => {
  if (event.type === 'epoch' && event.epoch === 1) {
    commands.send({ action: 'learningRate', value: 0.0005 });
    commands.send({ action: 'epochs', value: 2 });
  }
  if (event.type === 'command') console.log(`${event.action} ${event.value ?? ''} after step ${event.step}`);
  if (event.type === 'evaluation') console.log(`test loss ${event.testLoss} after step ${event.step}`);
  if (event.type === 'warning') console.log(event.message);
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});

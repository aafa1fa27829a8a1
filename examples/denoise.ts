// Compose a pipeline of your own: MNIST, noise, any synchronous rxjs operator, a training; events come out.
import { addNoise, checkArchitecture, createEngine, mnist, pipeline, preset, train } from 'millrace';
import { filter } from 'rxjs';

const digits = await mnist();
const engine = await createEngine({ network: checkArchitecture(preset('denoise', digits.train.shape)) });
const noise = addNoise({ factor: 0.5, seed: 2 });

const events = pipeline(
  digits.train.batches({ size: 20, epochs: 1, shuffle: { seed: 1 } }),
  noise,
  filter((batch) => batch.length === 20),
  train(engine, { sampleEvery: 500, testData: digits.test, prepare: noise }),
);

await events.forEach((event) => {
  if (event.type === 'loss' && event.step % 10 === 0) console.log(`step ${event.step}: ${event.loss.toFixed(4)}`);
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
});
engine.dispose();

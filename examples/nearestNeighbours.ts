// Nearest neighbours on latents: an autoencoder never sees a label, and still puts digits of one kind beside each other. Held-out
// images take the label of the training image whose latent is nearest.
import {
  type Batch,
  checkArchitecture,
  createEngine,
  type Dataset,
  mnist,
  pipeline,
  preset,
  randomShift,
  train,
} from 'millrace';
import { lastValueFrom, map, toArray } from 'rxjs';

const digits = (await mnist()).train.take(2000).holdOut(0.1, { seed: 1 });
const engine = await createEngine({ network: checkArchitecture(preset('transpose', digits.train.shape)) });

const training = pipeline(
  digits.train.batches({ size: 20, epochs: 2, shuffle: { seed: 1 } }),
  randomShift({ pixels: 1, seed: 2 }),
  train(engine, { testData: digits.test }),
);
await training.forEach((event) => {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
});

/** One latent an image, with its label. */
async function encode(data: Dataset) {
  const latents = map(({ pixels, length, labels }: Batch) => {
    const values = engine.encode(pixels);
    const size = values.length / length;
    return Array.from({ length }, (_, item) => ({
      latent: values.subarray(item * size, (item + 1) * size),
      label: labels?.[item],
    }));
  });
  return (await lastValueFrom(pipeline(data.batches({ size: 100 }), latents, toArray()))).flat();
}

function distance(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at]! - other[at]!) ** 2;
  return sum;
}

const known = await encode(digits.train);
const asked = await encode(digits.test);
const right = asked.filter(({ latent, label }) => {
  const nearest = known.reduce((best, next) =>
    distance(next.latent, latent) < distance(best.latent, latent) ? next : best,
  );
  return nearest.label === label;
});
console.log(`${right.length} of ${asked.length} have the label of their nearest neighbour`);
engine.dispose();

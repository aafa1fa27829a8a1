// A whole run with an augmentation of your own: every training image moved by up to two pixels. Folder, checkpoints, resume,
// stats and dashboard stay; test images and samples are left alone.
import { type Batch, run } from 'millrace';
import { map } from 'rxjs';

/** The move is a function of epoch and image: a resumed run goes on to the same bits. */
const randomShift = map((batch: Batch): Batch => {
  const [, height, width, channels] = batch.shape;
  const size = height * width * channels;
  const pixels = batch.pixels.map((_, at, from) => {
    const item = Math.floor(at / size);
    const shift = ((batch.epoch * 31 + batch.indices[item]! * 17) % 5) - 2;
    const column = Math.floor((at % (width * channels)) / channels) + shift;
    return column < 0 || column >= width ? 0 : from[at + shift * channels]!;
  });
  return { ...batch, pixels };
});

const events = run({ limit: 200, epochs: 2, output: false }, { stages: { randomShift } });
await events.forEach((event) => {
  if (event.type === 'run') console.log(`batches pass ${event.config?.stages}`);
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
});

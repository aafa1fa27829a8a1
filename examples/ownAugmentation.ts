// A whole run with augmentations: every training image is moved by up to two pixels, and made brighter or darker by a stage of
// your own. Folder, checkpoints, resume, stats and dashboard stay; test images and samples are left alone.
import { type Batch, randomShift, run } from 'millrace';
import { map } from 'rxjs';

/** The brightness is a function of epoch and image: a resumed run goes on to the same bits. */
const brightness = map((batch: Batch): Batch => {
  const size = batch.pixels.length / batch.length;
  const pixels = batch.pixels.map((value, at) => {
    const index = batch.indices[Math.floor(at / size)]!;
    return value * (0.8 + 0.05 * ((batch.epoch * 31 + index * 17) % 5));
  });
  return { ...batch, pixels };
});

const stages = { randomShift: randomShift({ pixels: 2, seed: 1 }), brightness };
const events = run({ limit: 200, epochs: 2, output: false }, { stages });
await events.forEach((event) => {
  if (event.type === 'run') console.log(`batches pass ${event.config?.stages}`);
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: test loss ${event.testLoss?.toFixed(4)}`);
});

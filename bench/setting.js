// What every measurement of one benchmark shares: options, a folder for its files, the images.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkArchitecture, initialWeights, preset, saveWeights } from '../dist/exports/model.js';
import { ImageFiles } from './images.js';

const ARCHITECTURES = fileURLToPath(new URL('architectures', import.meta.url));

/** The twelve networks that are unlike the presets. */
export const OTHER_ARCHITECTURES = readdirSync(ARCHITECTURES).map((file) =>
  JSON.parse(readFileSync(join(ARCHITECTURES, file), 'utf8')),
);

const TRAININGS = fileURLToPath(new URL('trainings', import.meta.url));

/** Twelve trainings whose layers, losses and optimizers are not the presets'. */
export const OTHER_TRAININGS = readdirSync(TRAININGS).map((file) => {
  const { architecture, ...learning } = JSON.parse(readFileSync(join(TRAININGS, file), 'utf8'));
  return { architecture, learning };
});

export const [TRANSPOSE, UPSAMPLE, DENOISE] = ['transpose', 'upsample', 'denoise'].map((name) =>
  preset(name, [28, 28, 1]),
);

export class Setting {
  /** A folder that goes when this process does. */
  folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  #images;

  /** @param {ReturnType<import('./options.js').readOptions>} options */
  constructor(options) {
    this.options = options;
    this.#images = new ImageFiles(this.folder, options.data);
    process.on('exit', () => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** What the processes that train read, Millrace's and its peers' alike. */
  task(architecture, { images = architecture === DENOISE ? 'noisy' : 'plain', ...rest } = {}) {
    const { seconds, warmUpSeconds } = this.options;
    const files = this.#images.of(architecture.input, images);
    return { architecture, images: files, batchSize: 20, threads: 1, seconds, warmUpSeconds, ...rest };
  }

  /** @returns path of a safetensors file with the weights that engines begin with */
  async weightsOf(architecture) {
    const path = join(this.folder, `${architecture.name}.safetensors`);
    await saveWeights(path, initialWeights(checkArchitecture(architecture), 1), architecture);
    return path;
  }
}

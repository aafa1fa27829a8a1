import { formatCount } from '../format.js';
import type { Finding } from './finding.js';

/** The latents of the images of one sample. */
export interface Latents {
  readonly step: number;
  /** `[h, w, channels]` or `[channels]`. */
  readonly shape: readonly number[];
  /** One an image, in (h, w, c) order. */
  readonly images: readonly ArrayLike<number>[];
}

/** Fewer images may do without a unit by chance. */
const LEAST_IMAGES = 5;

/** Channels of the latent that have the same value everywhere in every image of the sample: they carry nothing. */
export function deadUnits({ step, shape, images }: Latents): Finding | undefined {
  const channels = shape.at(-1) ?? 0;
  if (step === 0 || images.length < LEAST_IMAGES || channels === 0) return undefined;
  const dead = Array.from({ length: channels }, (_, channel) => channel).filter((channel) =>
    isConstant(images, channel, channels),
  );
  if (dead.length === 0) return undefined;
  const said = `${dead.length} of ${channels} latent ${channels === 1 ? 'channel' : 'channels'}`;
  const verb = dead.length === 1 ? 'carries' : 'carry';
  return {
    rule: 'deadUnits',
    step,
    tone: 'note',
    sentences: [
      `${said} ${verb} nothing at step ${formatCount(step)}: the same value in all ${images.length} images`,
      `${said} ${verb} nothing`,
      `${dead.length} dead of ${channels}`,
    ],
  };
}

function isConstant(images: readonly ArrayLike<number>[], channel: number, channels: number): boolean {
  const first = images[0]?.[channel];
  return images.every((values) => {
    for (let place = channel; place < values.length; place += channels) if (values[place] !== first) return false;
    return true;
  });
}

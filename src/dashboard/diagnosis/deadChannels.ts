import type { FilmFrame } from '../film/filmFrame.js';
import { formatCount } from '../format.js';
import { penaltiesOf } from '../penalties.js';
import type { Finding } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** Fewer images may do without a channel by chance. */
const LEAST_IMAGES = 5;
const LEAST_LOSSES = 300;
/** Relus close in most runs that are well, a quarter to half of a wide latent; beyond, the network is not the one that was meant. */
const [LEAST_SHARE, SEVERE_SHARE] = [0.25, 2 / 3];

/**
 * Channels of the latent that have the same value everywhere in every image, in two samples one after the other. Where layers add to the
 * loss it is what they are for: a variational latent leaves out values that say too little, a sparse one is zero in most images.
 */
export function deadChannels({ run, samples, trend }: Symptoms): Finding | undefined {
  const [before, newest] = samples.slice(-2);
  const channels = newest?.latentShape?.at(-1) ?? 0;
  if (before === undefined || newest === undefined || before.step === 0 || trend.losses < LEAST_LOSSES)
    return undefined;
  const dead = constantChannels(newest).filter((channel) => constantChannels(before).includes(channel)).length;
  if (dead < channels && penaltiesOf(run).length > 0) return undefined;
  if (dead === 0 || dead < LEAST_SHARE * channels) return undefined;
  const said = `${dead} of ${channels} latent channels ${dead === 1 ? 'is' : 'are'} dead`;
  return {
    rule: 'deadChannels',
    step: newest.step,
    severity: dead >= SEVERE_SHARE * channels ? 'warning' : 'note',
    sentences: [
      `${said} at step ${formatCount(newest.step)}: the same value in all ${newest.images.length} images`,
      said,
      `${dead} dead of ${channels}`,
    ],
    advice: [
      { words: 'start again with another --seed, or a lower learning rate' },
      { words: 'or with fewer channels: the network does without these' },
    ],
  };
}

const known = new WeakMap<FilmFrame, readonly number[]>();

function constantChannels(frame: FilmFrame): readonly number[] {
  const found = known.get(frame) ?? findConstantChannels(frame);
  known.set(frame, found);
  return found;
}

function findConstantChannels({ images, latentShape }: FilmFrame): readonly number[] {
  const latents = images.flatMap(({ latent }) => (latent === undefined ? [] : [latent.values]));
  const channels = latentShape?.at(-1) ?? 0;
  if (latents.length < LEAST_IMAGES || latents.length < images.length) return [];
  return Array.from({ length: channels }, (_, channel) => channel).filter((channel) =>
    isConstant(latents, channel, channels),
  );
}

function isConstant(images: readonly ArrayLike<number>[], channel: number, channels: number): boolean {
  const first = images[0]?.[channel];
  return images.every((values) => {
    for (let place = channel; place < values.length; place += channels) if (values[place] !== first) return false;
    return true;
  });
}

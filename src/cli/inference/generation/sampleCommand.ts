import type { Command } from 'commander';
import { addImageFlagsWithoutFit } from '../../imageFlags.js';
import type { ProgramContext } from '../../programContext.js';
import { addImagesFlags, addModelFlags, number } from '../inferenceFlags.js';
import type { SampleFlags } from './sampleAction.js';

const EXAMPLES = `
Examples:
  $ millrace sample --output samples.png                     100 images of a variational network, in one picture
  $ millrace sample --output samples.png --fit mnist         of any other: latents are drawn as those of these images lie
  $ millrace sample --count 10000 --seed 7 --output new.idx
  $ millrace sample --count 1000 --output - | ffmpeg -f rawvideo -pix_fmt gray -s 28x28 -i - samples.mp4

Latents are drawn from N(0, 1), which a variational network was trained for, or with --fit from the mean and the covariance of the
latents of images. The same seed gives the same images; more of them begin alike. On stdout are raw frames.`;

/** Adds `sample`. @param done takes the exit code */
export function registerSample(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('sample')
    .description('new images, decoded from latents that are drawn at random')
    .requiredOption(
      '--output <path|->',
      'a name that ends in .idx, .npy or .png (a sheet of 100 at most), a new folder/, or - for stdout',
    )
    .option('--count <images>', 'how many (default: 100)', number)
    .option('--seed <number>', 'decides what is drawn (default: 1)', number)
    .option('--fit <images>', 'images whose latents say where to draw, such as mnist; - for stdin');
  addImagesFlags(addModelFlags(command), addImageFlagsWithoutFit)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SampleFlags) => {
      const { sampleAction } = await import('./sampleAction.js');
      done(await sampleAction(flags, context));
    });
}

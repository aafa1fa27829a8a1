import type { Command } from 'commander';
import type { ProgramContext } from '../../programContext.js';
import { addEngineFlags, addImagesFlags, addModelFlag, number } from '../inferenceFlags.js';
import type { InterpolateFlags } from './interpolateAction.js';

const EXAMPLES = `
Examples:
  $ millrace interpolate mnist:0 mnist:1 --output between.png            ten images side by side, from the first to the second
  $ millrace interpolate a.png b.png --resize 64x64 --output frames/ --steps 60
  $ millrace interpolate photos/:3 photos/:8 --steps 250 --output - | ffmpeg -f rawvideo -pix_fmt gray -s 28x28 -i - between.mp4

Decoded from latents evenly spaced on the line between those of the two images; both ends are among them, as the network sees them.`;

/** Adds `interpolate`. @param done takes the exit code */
export function registerInterpolate(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('interpolate')
    .description('images between two, as a trained network sees them')
    .argument('<a>', 'PATH:INDEX, an image of what --data of train takes, such as mnist:7; or an image file')
    .argument('<b>', 'another one')
    .requiredOption(
      '--output <path|->',
      'a name that ends in .idx, .npy or .png (a sheet), a new folder/, or - for stdout',
    )
    .option('--steps <images>', 'how many, both ends among them (default: 10)', number);
  addImagesFlags(addEngineFlags(addModelFlag(command)))
    .addHelpText('after', EXAMPLES)
    .action(async (a: string, b: string, flags: InterpolateFlags) => {
      const { interpolateAction } = await import('./interpolateAction.js');
      done(await interpolateAction([a, b], flags, context));
    });
}

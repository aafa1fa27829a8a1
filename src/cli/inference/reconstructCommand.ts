import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import { addImagesFlags, addModelFlags, number } from './inferenceFlags.js';
import type { ReconstructFlags } from './reconstructAction.js';

const EXAMPLES = `
Examples:
  $ millrace reconstruct mnist --output sheet.png --error        the first 100: inputs, reconstructions, signed errors
  $ millrace reconstruct mnist --output clean.idx --noise 0.5    what a network trained with noise makes of noisy images
  $ millrace reconstruct photos/ --resize 64x64 --output out/    a folder of PNGs
  $ ffmpeg -i VIDEO -vf scale=28:28 -f rawvideo -pix_fmt gray - | millrace reconstruct - --output - > frames.raw

Labels are written beside the images, as by millrace data convert. On stdout are raw frames: bytes, one image after the other.`;

/** Adds `reconstruct`. @param done takes the exit code */
export function registerReconstruct(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('reconstruct')
    .description('put images through a trained network')
    .argument('<images>', 'what --data of train takes: mnist, a file or a folder; - for stdin')
    .requiredOption(
      '--output <path|->',
      'a name that ends in .idx, .npy or .png (a sheet), a new folder/, or - for stdout',
    )
    .option('--noise <factor>', 'add noise first: its standard deviation, 1 = full brightness', number)
    .option('--error', 'on a sheet: draw the signed error, too');
  addImagesFlags(addModelFlags(command))
    .addHelpText('after', EXAMPLES)
    .action(async (images: string, flags: ReconstructFlags) => {
      const { reconstructAction } = await import('./reconstructAction.js');
      done(await reconstructAction(images, flags, context));
    });
}

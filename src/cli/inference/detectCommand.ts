import type { Command } from 'commander';
import { addImageFlagsWithoutFit } from '../imageFlags.js';
import type { ProgramContext } from '../programContext.js';
import type { DetectFlags } from './detectAction.js';
import { addImagesFlags, addModelFlags, number } from './inferenceFlags.js';

const EXAMPLES = `
Examples:
  $ millrace detect parts/ --fit good-parts/ --resize 64x64
  $ millrace detect mnist --part test --fit mnist --normal-label 7      a model of sevens: also how well it tells them
  $ ffmpeg -i CAMERA -vf scale=28:28 -f rawvideo -pix_fmt gray - | millrace detect - --fit normal.idx

A line of JSON for each image whose error is above what normal images have: index, label, loss. What is learnt of them, and a sum, is on
stderr. Frames on stdin are looked at as they come (--batch-size: together).`;

/** Adds `detect`. @param done takes the exit code */
export function registerDetect(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('detect')
    .description('find images that a trained network does not know: anomalies')
    .argument('<images>', 'what --data of train takes: mnist, a file or a folder; - for stdin')
    .requiredOption(
      '--fit <images>',
      'normal images (of both parts the training images): their errors give the threshold',
    )
    .option('--quantile <share>', 'share of the normal images that is below it (default: 0.99)', number)
    .option('--normal-label <label>', 'which images are normal: prints the ROC-AUC, and fits on these alone', number);
  addImagesFlags(addModelFlags(command), addImageFlagsWithoutFit)
    .addHelpText('after', EXAMPLES)
    .action(async (images: string, flags: DetectFlags) => {
      const { detectAction } = await import('./detectAction.js');
      done(await detectAction(images, flags, context));
    });
}

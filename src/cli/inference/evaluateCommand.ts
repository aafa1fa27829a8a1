import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import type { EvaluateFlags } from './evaluateAction.js';
import { addImagesFlags, addModelFlags, number } from './inferenceFlags.js';

const EXAMPLES = `
Examples:
  $ millrace evaluate mnist --part test
  $ millrace evaluate mnist --worst 25 --output worst.png      the worst images over their reconstructions
  $ millrace evaluate parts/ --each - | jq 'select(.loss > 0.02)'
  $ millrace evaluate mnist --json | jq .ssim

The error is the loss that the network was trained with, for each image the mean over its values. Percentiles are exact to
0.05 %. PSNR (decibels) and SSIM are means over images; images with a side below 11 pixels have no SSIM.`;

/** Adds `evaluate`. @param done takes the exit code */
export function registerEvaluate(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('evaluate')
    .description('how well a trained network reconstructs images: error, PSNR, SSIM')
    .argument('<images>', 'what --data of train takes: mnist, a file or a folder; - for stdin')
    .option('--worst <count>', 'list the images with the highest errors', number)
    .option('--output <sheet.png>', 'draw these, over their reconstructions')
    .option('--each <file|->', 'write a line of JSON for each image: index, label, loss')
    .option('--json', 'one JSON object');
  addImagesFlags(addModelFlags(command))
    .addHelpText('after', EXAMPLES)
    .action(async (images: string, flags: EvaluateFlags) => {
      const { evaluateAction } = await import('./evaluateAction.js');
      done(await evaluateAction(images, flags, context));
    });
}

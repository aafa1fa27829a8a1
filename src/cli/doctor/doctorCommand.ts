import type { Command } from 'commander';
import { LOSSES } from '../../model/losses/losses.js';
import type { ProgramContext } from '../programContext.js';
import type { DoctorFlags } from './doctorAction.js';

const EXAMPLES = `
Examples:
  $ millrace doctor
  $ millrace doctor --architecture network.json
  $ millrace doctor --architecture denoise --json | jq '.architecture.plan[]'`;

/** Adds `doctor`. */
export function registerDoctor(program: Command, context: ProgramContext): void {
  program
    .command('doctor')
    .description('what this machine offers: engines, threads, terminal, data')
    .option('--architecture <preset|file.json>', 'also show a network and how the engine simd computes it')
    .option(
      '--loss <name|sum>',
      `the loss that it is shown with: ${LOSSES.join(', ')}, or a sum as train takes it (default: mse)`,
    )
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DoctorFlags) => {
      // Every command would pay for it at its start.
      const { doctorAction } = await import('./doctorAction.js');
      await doctorAction(flags, context);
    });
}

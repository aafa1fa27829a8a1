import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import { listAction } from './listAction.js';
import { pruneAction } from './pruneAction.js';
import { removeAction } from './removeAction.js';
import { showAction } from './showAction.js';

const LIST_EXAMPLES = `
Examples:
  $ millrace runs list
  $ millrace runs list --json | jq 'select(.state == "completed") | .testLoss'`;

const SHOW_EXAMPLES = `
Examples:
  $ millrace runs show                                 the newest run kept here
  $ millrace runs show baseline
  $ millrace runs show --json baseline | jq '.epochs[].testLoss'
  $ millrace runs show --json baseline | jq .config > options.json && millrace train --config options.json`;

const REMOVAL = `
What a run has written is removed: its events and checkpoints. No link is followed, and a folder that holds anything else
stays. A run that is running is not touched. It says what it would remove and asks; without a terminal it needs --yes, and
otherwise removes nothing (exit code 2).`;

const REMOVE_EXAMPLES = `${REMOVAL}

Examples:
  $ millrace runs remove 20261123-120000-abcd
  $ millrace runs remove --yes baseline "wider first layer"`;

const PRUNE_EXAMPLES = `${REMOVAL}

Examples:
  $ millrace runs prune --keep 10
  $ millrace runs prune --keep 0 --yes`;

/** Adds the commands of `runs`. @param done takes the exit code */
export function registerRuns(runs: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  runs
    .command('list')
    .description('show the runs kept here, the newest last, as watch --list does')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async ({ json = false }: { readonly json?: boolean }) => done(await listAction(json, context)));
  runs
    .command('show')
    .description('show a run: its configuration, the figures of its epochs, its checkpoints')
    .argument('[run]', 'a run folder, an id, a name or an event file (default: the newest run kept here)')
    .option('--json', 'one JSON object')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (run: string | undefined, { json = false }: { readonly json?: boolean }) => {
      done(await showAction(run, json, context));
    });
  runs
    .command('remove')
    .description('remove runs')
    .argument('<run...>', 'run folders, ids or names')
    .option('--yes', 'do not ask')
    .addHelpText('after', REMOVE_EXAMPLES)
    .action(async (named: readonly string[], { yes = false }: { readonly yes?: boolean }) => {
      done(await removeAction(named, yes, context));
    });
  runs
    .command('prune')
    .description('remove all runs kept here that are over, but the newest')
    .requiredOption('--keep <count>', 'how many of them stay')
    .option('--yes', 'do not ask')
    .addHelpText('after', PRUNE_EXAMPLES)
    .action(async ({ keep, yes = false }: { readonly keep: string; readonly yes?: boolean }) => {
      done(await pruneAction(keep, yes, context));
    });
}

import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import { addPublishFlags } from '../publishing/publishFlags.js';
import { addSinkFlags } from '../sinks/sinkFlags.js';
import type { WatchFlags } from './flags.js';

const EXAMPLES = `
Examples:
  $ millrace watch                                the newest run kept here, while it trains or afterwards
  $ millrace watch runs/one runs/two              two runs at once, each in its colour
  $ millrace watch --speed 10 runs/one            as it happened, ten times as fast
  $ ssh host tail -n +1 -F run.ndjson | millrace watch -
  $ millrace watch lightning_logs wandb/latest-run   runs of other tools: TensorBoard, W&B, CSV, JSON (docs/WATCH.md)
  $ millrace watch --serve 8080 runs/one          the same for browsers, Prometheus and others
  $ millrace watch nats://broker                  the newest run that is told there
  $ millrace watch --list --json | jq 'select(.state == "completed") | .testLoss'
  $ millrace watch --tensorboard logs runs/one    … and as event files, now and while it goes on
  $ millrace watch --once svg runs/one > run.svg  one picture of it`;

/** Adds `watch`. @param done takes the exit code */
export function registerWatch(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('watch')
    .description('the dashboard on recorded or still growing runs')
    .argument(
      '[run...]',
      'run folders, ids, names, event files, files and folders of other tools, nats://HOST[/SUBJECT[/RUN]], or - for stdin; at most 8 (default: the newest run kept here)',
    )
    .option('--speed <times|max>', 'replay as fast as it happened (1), faster or slower (default: max, all at once)')
    .option('--list', 'show the runs kept here, the newest last')
    .option('--json', 'with --list: one JSON object a line')
    .option('--once [text|svg]', 'print one picture of what there is now, and end (default: text)')
    .option('--size <columnsxrows>', 'with --once: how large (default: 120x40)')
    .option('--view <name>', 'with --once: overview, chart, film, network, stages, log or tags (default: overview)')
    .option('--step <number>', 'with --once: the step that is looked at (default: the newest)')
    .option(
      '--compare <run|file.json|none>',
      'draw an earlier run behind the loss, or losses an epoch (see train --help)',
    )
    .option('--glyphs <kind>', 'what curves are made of: auto, braille, block, ascii (default: auto)')
    .option('--close-at-end', 'with --serve, without a dashboard: end with the run (default: go on until Ctrl-C)');
  addSinkFlags(addPublishFlags(command.optionsGroup('Where events go (docs/SINKS.md):')))
    .addHelpText('after', EXAMPLES)
    .action(async (runs: readonly string[], flags: WatchFlags) => {
      const { watchRequest } = await import('./flags.js');
      const request = watchRequest(runs, flags);
      const { watchAction } = await import('./watchAction.js');
      done(await watchAction(request, context));
    });
}

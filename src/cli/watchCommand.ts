import type { Command } from 'commander';

/** Adds `watch`. */
export function registerWatch(program: Command): void {
  program
    .command('watch')
    .description('the dashboard on a recorded or still growing run')
    .argument('[run]', 'a run folder, an event file, or - for stdin (default: the newest run kept here)')
    .option('--list', 'show the runs kept here')
    .option(
      '--compare <run|file.json|none>',
      'draw an earlier run behind the loss, or losses an epoch (see train --help)',
    )
    .action(
      async (path: string | undefined, { list, compare }: { readonly list?: boolean; readonly compare?: string }) => {
        const { watchAction, watchList } = await import('./watchAction.js');
        process.exitCode = list ? await watchList() : await watchAction(path, compare);
      },
    );
}

import type { Command } from 'commander';

/** Adds `watch`. */
export function registerWatch(program: Command): void {
  program
    .command('watch')
    .description('the dashboard on a recorded or still growing run')
    .argument('[run]', 'a run folder, an event file, or - for stdin (default: the newest run kept here)')
    .option('--list', 'show the runs kept here')
    .action(async (path: string | undefined, { list }: { readonly list?: boolean }) => {
      const { watchAction, watchList } = await import('./watchAction.js');
      process.exitCode = list ? await watchList() : await watchAction(path);
    });
}

// What can be done with a run that has ended, as commands to copy.
import { shellWord } from '../text/shellWord.js';
import type { DashboardState } from './state.js';

export interface NextCommand {
  readonly purpose: 'look again' | 'resume' | 'picture';
  /** For a POSIX shell, not yet printable. */
  readonly command: string;
}

/** Exactly as they are typed where the run was started; none where nothing of it was kept. */
export function nextCommands(state: DashboardState): NextCommand[] {
  const { config, run: id = '' } = state.run ?? {};
  const output = config?.output;
  if (typeof output !== 'string') return [];
  // Of a run that is kept in its usual place the id is enough.
  const name = output === `runs/${id}` ? id : shellWord(output);
  const goOn = resumeOptions(state);
  return [
    { purpose: 'look again', command: `millrace watch ${name}` },
    ...(goOn === undefined ? [] : [{ purpose: 'resume', command: `millrace train --resume ${name}${goOn}` } as const]),
    { purpose: 'picture', command: `millrace watch --once svg ${name} > run.svg` },
  ];
}

/** What a run needs to go on; nothing where it cannot. */
function resumeOptions({ run, epochs, log, end }: DashboardState): string | undefined {
  const { data, patience } = run?.config ?? {};
  if (data === '-' || !log.some(({ type }) => type === 'checkpoint')) return undefined;
  // A rule has ended it.
  if (end?.reason !== undefined && typeof patience === 'number') return ` --patience ${2 * patience}`;
  const [done, planned] = [epochs.at(-1)?.epoch ?? 0, run?.epochs ?? 1];
  return done < planned ? '' : ` --epochs ${2 * done}`;
}

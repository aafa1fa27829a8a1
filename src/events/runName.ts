import type { RunEvent } from './schema.js';

/** What a person has called a run; `undefined` where they have not. It may hold anything: a file can come from anywhere. */
export function runNameOf({ config }: Pick<RunEvent, 'config'>): string | undefined {
  const name = config?.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

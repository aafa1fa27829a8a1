import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { walkFolder } from './walkFolder.js';

/** A file as it was when its folder was listed. */
export interface ListedFile {
  /** Within the folder, `/` between names. */
  readonly path: string;
  readonly size: number;
  /** When its content had last changed, in milliseconds. */
  readonly changedMs: number;
}

export interface ListedFolder {
  /** By their paths. */
  readonly files: readonly ListedFile[];
  /** Pipes, devices and the like. */
  readonly others: number;
  readonly hidden: number;
  readonly links: number;
}

/** Files that the system is asked about at once. */
const AT_ONCE = 64;

/** Everything beneath a folder. @throws as `walkFolder` */
export async function listFiles(folder: string, signal?: AbortSignal): Promise<ListedFolder> {
  const files: ListedFile[] = [];
  const counts = { others: 0, hidden: 0, links: 0 };
  let asked: string[] = [];
  const look = async (): Promise<void> => {
    const found = await Promise.all(asked.map((path) => lookAt(folder, path)));
    asked = [];
    for (const file of found)
      if (file === undefined) counts.others += 1;
      else files.push(file);
  };
  for await (const { path, kind } of walkFolder(folder, signal)) {
    if (kind === 'hidden') counts.hidden += 1;
    else if (kind === 'link') counts.links += 1;
    else if (asked.push(path) === AT_ONCE) await look();
  }
  await look();
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { files, ...counts };
}

/** `undefined` for what is no file, or has gone in the meantime. */
async function lookAt(folder: string, path: string): Promise<ListedFile | undefined> {
  const stats = await stat(join(folder, path)).catch(() => undefined);
  return stats?.isFile() ? { path, size: stats.size, changedMs: stats.mtimeMs } : undefined;
}

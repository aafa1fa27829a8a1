// What a person calls a model: a file, or a run, of which it is what was learnt last.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ModelError } from '../../errors.js';
import { eventFileOf } from './findRun.js';
import { EVENTS_FILE, isCheckpointFile, MODEL_FILE } from './runFolder.js';

/**
 * The file of the model that a person means: a file, a folder with checkpoints in it, the id or the name of a run kept here, or
 * nothing for the newest of these. Of a run it is the model at its end, or else the last checkpoint.
 * @throws RunError `RUN_NOT_FOUND`, ModelError `MODEL_NOT_FOUND` where a run has kept none
 */
export async function modelFileOf(path: string | undefined): Promise<string> {
  const stats = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path !== undefined && stats?.isFile() === true && basename(path) !== EVENTS_FILE) return path;
  if (path !== undefined && stats?.isDirectory() === true) {
    const inside = await lastCheckpoint(path);
    if (inside !== undefined) return inside;
  }
  const events = await eventFileOf(path);
  if (basename(events) !== EVENTS_FILE) throw noModel(path ?? events);
  const folder = dirname(events);
  const file = await lastCheckpoint(folder);
  if (file === undefined) throw noCheckpoint(folder);
  return file;
}

async function lastCheckpoint(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter(isCheckpointFile).sort();
  const file = names.includes(MODEL_FILE) ? MODEL_FILE : names.at(-1);
  return file && join(folder, file);
}

function noModel(path: string): ModelError {
  return new ModelError({
    code: 'MODEL_NOT_FOUND',
    path,
    expected: 'a model: a safetensors file, a run folder, the id or the name of a run kept here',
    actual: 'none of them',
    advice: 'millrace runs list shows the runs kept here.',
  });
}

function noCheckpoint(folder: string): ModelError {
  return new ModelError({
    code: 'MODEL_NOT_FOUND',
    path: folder,
    expected: `${MODEL_FILE}, or a checkpoint`,
    actual: 'a run that has kept none',
    advice: 'Let the run go on to its first checkpoint, or name another one.',
  });
}

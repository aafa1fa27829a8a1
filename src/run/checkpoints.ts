import { saveCheckpoint } from '../model/checkpoint.js';
import type { EventBody, EventPosition } from '../streams/events.js';
import type { Save } from '../streams/training/saves.js';
import { checkpointFile, type RunFolder } from './folder.js';
import type { PreparedRun } from './prepare.js';
import type { RunProgress } from './progress.js';

type CheckpointBody = Extract<EventBody, { type: 'checkpoint' }>;

/** What the command `save` does: a full checkpoint in the run folder. `undefined` where nothing is kept. */
export function saveOnCommand(prepared: PreparedRun, progress: RunProgress): Save | undefined {
  const { folder } = prepared;
  if (folder === undefined) return undefined;
  return (position) => saveInFolder(checkpointFile(position.step), folder, prepared, progress, position);
}

/**
 * Saves a full checkpoint under that name. The state is copied before this returns.
 * @throws WeightsError `WEIGHTS_UNWRITABLE`
 */
export async function saveInFolder(
  file: string,
  folder: RunFolder,
  { engine, config }: PreparedRun,
  { best }: RunProgress,
  position: EventPosition,
): Promise<CheckpointBody> {
  const start = performance.now();
  const bytes = await saveCheckpoint(folder.pathOf(file), engine, { config, position });
  return { type: 'checkpoint', path: file, bytes, durationMs: performance.now() - start, best };
}

// The newest checkpoint in a run folder that is whole, and whose events are there.
import { readdir } from 'node:fs/promises';
import { MillraceError, RunError } from '../../errors.js';
import type { CheckpointState, RunState } from '../../model/checkpointState.js';
import { loadCheckpoint, readCheckpointState } from '../../model/node/checkpoint.js';
import type { Checkpoint } from '../../model/weights/readCheckpoint.js';
import { EVENTS_FILE, type HeldFolder, isCheckpointFile, MODEL_FILE } from '../folder/runFolder.js';
import { type EventCut, findCut } from '../folder/truncateEvents.js';
import { type KeptCheckpoint, keptCheckpoint } from './retention.js';

/** A file that is no use, and why. */
export interface PassedOver {
  readonly path: string;
  readonly message: string;
}

/** A checkpoint that a run can go on from. */
export interface FoundCheckpoint {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  readonly run: RunState;
  readonly cut: EventCut;
  /** Checkpoints of the run up to this one. */
  readonly kept: readonly KeptCheckpoint[];
  readonly passedOver: readonly PassedOver[];
}

interface Candidate {
  readonly file: string;
  readonly state: CheckpointState;
}

/**
 * @param named the one that has to be it. @default the newest
 * @throws WeightsError or RunError `RUN_RESUME` of what is wrong with the one that is named; `RUN_RESUME` where none serves
 */
export async function findCheckpoint(folder: HeldFolder, named: string | undefined): Promise<FoundCheckpoint> {
  const passedOver: PassedOver[] = [];
  const candidates: Candidate[] = [];
  for (const file of await checkpointFiles(folder)) {
    const state = await readCheckpointState(folder.pathOf(file)).catch(passOver(file, named, passedOver));
    if (state !== undefined) candidates.push({ file, state });
  }
  candidates.sort((one, other) => seqOf(other) - seqOf(one));
  for (const { file } of candidates) {
    if (named !== undefined && named !== file) continue;
    const found = await inspect(folder, file).catch(passOver(file, named, passedOver));
    if (found === undefined) continue;
    const { seq } = found.run.events;
    const kept = candidates
      .filter(({ state, file: other }) => other !== MODEL_FILE && state.run?.run === found.run.run)
      .map((candidate) => keptCheckpoint(candidate.file, candidate.state))
      .filter((checkpoint) => checkpoint.seq <= seq);
    return { ...found, file, kept, passedOver: named === undefined ? passedOver : [] };
  }
  throw new RunError({
    code: 'RUN_RESUME',
    path: folder.path,
    problem: ['no whole checkpoint is in this folder', ...passedOver.map(({ message }) => message)].join('; '),
    advice: 'Begin a new run.',
  });
}

async function checkpointFiles(folder: HeldFolder): Promise<readonly string[]> {
  return (await readdir(folder.pathOf('.'))).filter(isCheckpointFile).sort();
}

async function inspect(folder: HeldFolder, file: string) {
  const checkpoint = await loadCheckpoint(folder.pathOf(file));
  const { run } = checkpoint.state;
  if (run === undefined) throw useless(file, 'this is not a checkpoint of a run');
  const cut = await findCut(folder.pathOf(EVENTS_FILE), run.events);
  if (cut === undefined) throw useless(file, `its ${run.events.seq} events are not all in ${EVENTS_FILE}`);
  return { checkpoint, run, cut };
}

function useless(path: string, problem: string): RunError {
  return new RunError({ code: 'RUN_RESUME', path, problem, advice: 'Resume from another checkpoint.' });
}

/** What is wrong with the one that is meant is an error; the others are named later. */
function passOver(file: string, named: string | undefined, passedOver: PassedOver[]): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof MillraceError) || named === file) throw error;
    const { problem, expected, actual } = error;
    const difference = expected === undefined ? [] : [`expected ${expected}, found ${actual ?? 'something else'}`];
    const reason = [problem, ...difference].filter((part) => part !== undefined).join(': ');
    passedOver.push({ path: file, message: `${file}: ${reason}` });
    return undefined;
  };
}

function seqOf({ state }: Candidate): number {
  return state.run?.events.seq ?? -1;
}

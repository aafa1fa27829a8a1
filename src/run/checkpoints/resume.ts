// Going on with a run: which checkpoint, with which options, in which folder.
import { readdir, rm } from 'node:fs/promises';
import { MillraceError, RunError } from '../../errors.js';
import type { Command } from '../../events/commands/command.js';
import type { EventBody } from '../../events/schema.js';
import type { CheckpointState, RunState } from '../../model/checkpointState.js';
import { isEngineName } from '../../model/engine.js';
import type { Checkpoint } from '../../model/node/checkpoint.js';
import { type RunConfig, type RunInput, resolveConfig } from '../config.js';
import { resumeTarget } from '../folder/findRun.js';
import {
  EVENTS_FILE,
  type HeldFolder,
  holdRunFolder,
  isLeftover,
  MODEL_FILE,
  type RunFolder,
} from '../folder/runFolder.js';
import { cutBack, type EventCut } from '../folder/truncateEvents.js';
import { completed } from '../storedConfig.js';
import { findCheckpoint } from './findCheckpoint.js';
import { findData } from './findData.js';
import { requireSameOptions } from './requireSameRun.js';
import type { KeptCheckpoint } from './retention.js';

type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** A run that goes on. Until it is opened, nothing in its folder has changed. */
export interface Resumption {
  readonly config: RunConfig;
  readonly checkpoint: Checkpoint;
  readonly run: RunState;
  /** Name of the checkpoint in the folder. */
  readonly file: string;
  /** Checkpoints of the run up to this one. */
  readonly kept: readonly KeptCheckpoint[];
  /** The commands that the options of the resume amount to, such as more epochs. */
  readonly resumeCommands: readonly Command[];
  readonly warnings: readonly WarningBody[];
  /** Cuts the events back to the checkpoint and opens them for more. */
  open(): Promise<{ readonly folder: RunFolder; readonly history: EventHistory }>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/** The events of a resumed run before the resume. */
export interface EventHistory {
  readonly path: string;
  /** How many bytes from the beginning of that file hold those events. */
  readonly bytes: number;
}

/**
 * Finds the checkpoint that a run goes on from and compares the options that are given with its own.
 * @throws RunError `RUN_NOT_FOUND`, `RUN_FOLDER_LOCKED`; `RUN_RESUME` where it cannot go on, or not with these options;
 * `RUN_COMPLETED` where nothing is left to do
 */
export async function openResumption(input: RunInput): Promise<Resumption> {
  const { folder: path, file } = await resumeTarget(input.resume ?? true);
  const folder = await holdRunFolder(path);
  try {
    return await resumption(input, folder, file);
  } catch (error) {
    await folder.release();
    throw error;
  }
}

async function resumption(input: RunInput, folder: HeldFolder, named: string | undefined): Promise<Resumption> {
  const { file, checkpoint, run, cut, kept, passedOver } = await findCheckpoint(folder, named);
  const { state } = checkpoint;
  const where = `${folder.path}/${file}`;
  if (state.config.data === '-')
    throw new RunError({
      code: 'RUN_RESUME',
      path: where,
      problem: 'the data of this run came from stdin, which passes once',
      advice: 'Begin a new run with these weights (--weights), or save the data to a file.',
    });
  requireSameOptions(input, state, run, where);
  const stored = configOf(input, state.config, run, where);
  const config = run.own?.data === undefined ? await findData(stored, input, folder.path) : stored;
  requireUnfinished({ file, cut, config, run, epoch: state.epoch }, input, folder.path);
  return {
    config,
    checkpoint,
    run,
    file,
    kept,
    resumeCommands: resumeCommandsOf(input, run, rateBefore(state)),
    warnings: [...passedOver.map(passedOverWarning), ...relaxedWarning(run)],
    async open() {
      await cutBack(folder.pathOf(EVENTS_FILE), cut.bytes);
      await removeLeftovers(folder);
      return {
        folder: await folder.open(run.events.seq),
        history: { path: folder.pathOf(EVENTS_FILE), bytes: cut.bytes },
      };
    },
    release: () => folder.release(),
  };
}

/** What a killed process was writing. One that cannot be removed does no harm. */
async function removeLeftovers(folder: HeldFolder): Promise<void> {
  const names = (await readdir(folder.pathOf('.'))).filter(isLeftover);
  await Promise.all(names.map((name) => rm(folder.pathOf(name), { force: true }).catch(() => undefined)));
}

/** The options of the run, with those that are given in their place. */
function configOf(input: RunInput, stored: Readonly<Record<string, unknown>>, run: RunState, path: string): RunConfig {
  const { resume: _, architecture: __, ...given } = input;
  const { name, backend } = run.engine;
  // One of the user's own is given, not named.
  const named = isEngineName(name) ? { engine: name } : {};
  const engine = name === 'tfjs' ? { engine: name, backend } : named;
  try {
    return resolveConfig({ ...completed(stored), ...engine, ...given } as RunInput);
  } catch (error) {
    if (!(error instanceof MillraceError) || Object.keys(given).length > 0) throw error;
    throw new RunError({
      code: 'RUN_RESUME',
      path,
      problem: `the options of this run cannot be used (${error.message})`,
      advice: 'The checkpoint is damaged, or of another version of Millrace: use the one that wrote it.',
      cause: error,
    });
  }
}

interface ResumePoint {
  readonly file: string;
  readonly cut: EventCut;
  readonly config: RunConfig;
  readonly run: RunState;
  readonly epoch: number;
}

/** A run that is over has nothing left to do, unless it is given more epochs or patience. */
function requireUnfinished({ file, cut, config, run, epoch }: ResumePoint, input: RunInput, path: string): void {
  const { epochs = run.epochs } = input;
  const { closed } = run.position;
  if (epochs < epoch)
    throw new RunError({
      code: 'RUN_RESUME',
      path,
      problem: `epoch ${epoch} has begun, the run cannot end after epoch ${epochs}`,
      advice: 'Give more epochs, or none to go on as planned.',
    });
  if (file !== MODEL_FILE || !cut.ended) return;
  const allDone = closed && epoch >= epochs;
  const outOfPatience = config.patience !== undefined && run.patience.waited >= config.patience;
  if (!allDone && !outOfPatience) return;
  throw new RunError({
    code: 'RUN_COMPLETED',
    path,
    problem: allDone
      ? `this run is completed: ${epoch} of ${epochs} ${epochs === 1 ? 'epoch is' : 'epochs are'} done`
      : `this run is over: ${run.patience.waited} epochs without a lower loss`,
    advice: allDone
      ? 'Give more epochs (--epochs) to go on with it.'
      : 'Give more patience (--patience) to go on with it.',
  });
}

/** The learning rate that a given one is compared with: where a schedule is at work, the one that it begins with. */
function rateBefore({ config, run, learningRate }: CheckpointState): number {
  const isScheduled = (config.schedule ?? 'constant') !== 'constant' || Number(config.learningRateWarmUp ?? 0) > 0;
  const begun = config.learningRate;
  return isScheduled && run?.position.rateIsSet !== true && typeof begun === 'number' ? begun : learningRate;
}

function resumeCommandsOf(
  { epochs, learningRate }: RunInput,
  run: RunState,
  learningRateBefore: number,
): readonly Command[] {
  return [
    ...(epochs !== undefined && epochs !== run.epochs
      ? [{ action: 'epochs', value: epochs, from: 'rule' } as const]
      : []),
    ...(learningRate !== undefined && learningRate !== learningRateBefore
      ? [{ action: 'learningRate', value: learningRate, from: 'rule' } as const]
      : []),
  ];
}

function passedOverWarning({ path, message }: { readonly path: string; readonly message: string }): WarningBody {
  return { type: 'warning', code: 'CHECKPOINT', message: `A checkpoint is passed over: ${message}`, path };
}

function relaxedWarning({ engine }: RunState): readonly WarningBody[] {
  if (!engine.relaxed) return [];
  const message =
    'The engine fuses multiply-adds (--relaxed): on another machine than before, the bits of a resumed run may differ.';
  return [{ type: 'warning', code: 'RELAXED', message }];
}

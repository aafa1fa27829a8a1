import { MillraceError } from '../../errors.js';
import { toPortable } from '../../run/thread/portableError.js';
import { dispensableSink } from '../../streams/sinks/dispensableSink.js';
import type { EventSink } from '../../streams/sinks/eventSink.js';
import { sentenceOf } from '../exitCodes.js';
import type { SinkFlags } from './sinkFlags.js';

/** Files that are written along. They are loaded only where they are asked for. */
type FileFlag = 'tensorboard' | 'csv' | 'png';

export interface SinkSettings {
  /** Events follow those of earlier: what there is of the run stays. */
  readonly resumed: boolean;
  /** Takes a sentence about one that has failed, and gets nothing more. */
  onFailure(sentence: string): void;
}

/**
 * Opens what the flags name. What fails later is told, and no reason to end a run.
 * @throws MillraceError where one cannot be opened; those before it are closed again
 */
export async function openSinks(flags: SinkFlags, { resumed, onFailure }: SinkSettings): Promise<readonly EventSink[]> {
  const sinks: EventSink[] = [];
  try {
    for (const flag of Object.keys(OPENERS) as FileFlag[]) {
      const path = flags[flag];
      if (path === undefined) continue;
      const sink = await OPENERS[flag](path, resumed);
      sinks.push(dispensableSink(sink, { name: path, onFailure: (error) => onFailure(lossOf(flag, error)) }));
    }
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.close()));
    throw error;
  }
  return sinks;
}

const OPENERS: Readonly<Record<FileFlag, (path: string, resumed: boolean) => Promise<EventSink>>> = {
  tensorboard: async (path) => (await import('../../streams/sinks/node/tensorboardSink.js')).tensorboardSink(path),
  csv: async (path) => (await import('../../streams/sinks/node/csvSink.js')).csvSink(path),
  png: async (path, resumed) => (await import('../../streams/sinks/node/pngSink.js')).pngSink(path, { resumed }),
};

function lossOf(flag: FileFlag, error: unknown): string {
  return `--${flag} gets nothing more: ${sinkSentence(error)}`;
}

/** What is wrong with a sink, in one sentence. @throws what is no error of ours */
export function sinkSentence(error: unknown): string {
  if (!(error instanceof MillraceError)) throw error;
  return sentenceOf(toPortable(error));
}

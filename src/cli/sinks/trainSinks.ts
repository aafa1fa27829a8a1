import type { Sink } from '../../streams/sinks/sink.js';
import type { ProgramContext } from '../programContext.js';
import type { SinkFlags } from './sinkFlags.js';

export interface TrainSinksSettings {
  readonly context: Pick<ProgramContext, 'environment' | 'stderr'>;
  /** Events follow those of an earlier part of the run. */
  readonly resumed: boolean;
  /** Takes a sentence when something has failed. */
  onNotice(sentence: string): void;
}

/** What a training writes along: files of others, and a command at its end. */
export interface TrainSinks {
  /** None of them fails. The run closes them. */
  readonly sinks: readonly Sink[];
  /** What has failed, as sentences. */
  readonly shortcomings: readonly string[];
  /** The run is over and all is in place: runs the command. @param held whether a dashboard has the terminal */
  end(held: boolean): void;
  /** Ends the command where it runs. */
  stop(): void;
  /** The terminal is free again. Resolves when the command is over. */
  finish(): Promise<void>;
  /** Where no run takes them. */
  close(): Promise<void>;
}

/** @throws MillraceError where one cannot be opened */
export async function openTrainSinks(flags: SinkFlags, settings: TrainSinksSettings): Promise<TrainSinks> {
  return Object.keys(flags).length === 0 ? nothing : openSome(flags, settings);
}

const nothing: TrainSinks = {
  sinks: [],
  shortcomings: [],
  end: () => undefined,
  stop: () => undefined,
  finish: async () => undefined,
  close: async () => undefined,
};

/** What they need, the schema of events among it, is loaded only for them: other trainings start the sooner. */
async function openSome(flags: SinkFlags, { context, resumed, onNotice }: TrainSinksSettings): Promise<TrainSinks> {
  const [{ openSinks }, { lineSink }, { EndCommand }] = await Promise.all([
    import('./openSinks.js'),
    import('../../streams/sinks/lineSink.js'),
    import('./endCommand.js'),
  ]);
  const shortcomings: string[] = [];
  const tell = (sentence: string): void => {
    shortcomings.push(sentence);
    onNotice(sentence);
  };
  const files = await openSinks(flags, { resumed, onFailure: tell });
  const { environment, stderr } = context;
  const write = (piece: Uint8Array | string): boolean => stderr.write(piece);
  const command = flags.onEnd === undefined ? undefined : new EndCommand({ command: flags.onEnd, environment, write });
  let ending: Promise<unknown> | undefined;
  return {
    sinks: [...files.map(lineSink), ...(command === undefined ? [] : [keptOpen(lineSink(command.sink))])],
    shortcomings,
    end(held) {
      ending = command?.run(held).then((sentence) => sentence && tell(sentence));
    },
    stop: () => command?.stop(),
    async finish() {
      command?.release();
      await ending;
    },
    async close() {
      await Promise.all(files.map((sink) => sink.close()));
    },
  };
}

/** It is closed later than the others: when all is in place. */
function keptOpen(sink: Sink): Sink {
  return { write: sink.write, close: async () => undefined };
}

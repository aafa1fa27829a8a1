import type { LiveSample } from '../events/liveSample.js';
import type { OptionNames } from '../options.js';
import type { Measure } from '../streams/operators/measure.js';
import type { EventSink } from '../streams/sinks/eventSink.js';
import type { Sink } from '../streams/sinks/sink.js';
import type { CommandQueue } from '../training/commands/commandQueue.js';
import type { EventHistory } from './checkpoints/resume.js';
import type { OwnParts } from './ownParts.js';

/** What a run is given beside its configuration: parts of the caller's own, and how it is connected to its surroundings. */
export interface RunOptions extends OwnParts {
  /**
   * Runs in a worker thread with what this module exports: `data`, `stages`, `prepare`, `engine` and `measure` of one's own, by
   * these names and in place of the options. A main thread that is busy keeps no training waiting then, nor the other way round; events arrive up
   * to 50 ms later, some at a time, and sinks stay in the main thread. A run may begin with one and be resumed without, and the other way round.
   * @default none: the run is one more task of this thread
   */
  readonly worker?: URL;
  /**
   * Where every event is written before it is emitted; a sink that cannot take more makes the training wait, also its end
   * (see `timeoutSink`). The sinks stay open: the caller closes them.
   */
  readonly sinks?: readonly (Sink | EventSink)[];
  /**
   * Figures of your own: what `metric`, `image`, `histogram`, `text` and `configuration` events follow an event, as in `measure`. They are in the run folder and in every sink.
   * @default none
   */
  readonly measure?: Measure;
  /** The commands for this run: a program pauses, saves or stops it with them. A queue serves one subscription. @default none */
  readonly commands?: CommandQueue;
  /** What `data: '-'` reads. @default process.stdin */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Sentences before the first event: what is downloaded, where to. */
  readonly onNotice?: (text: string) => void;
  /**
   * Is shown the sample images between two `sample` events, about twice a second while that takes under 2 % of the time. These are no
   * events: they have no number, and no file and no sink gets them. @default nobody looks
   */
  readonly onLiveSample?: (sample: LiveSample) => void;
  /** Is told, before the first new event, where the earlier events of a resumed run are; that file keeps them as they are. */
  readonly onHistory?: (history: EventHistory) => void;
  /** Further options of the caller that the `run` event shows. */
  readonly recorded?: Readonly<Record<string, unknown>>;
}

export const RUN_OPTIONS: OptionNames<RunOptions> = {
  data: true,
  stages: true,
  prepare: true,
  engine: true,
  sinks: true,
  measure: true,
  commands: true,
  stdin: true,
  onNotice: true,
  onLiveSample: true,
  onHistory: true,
  recorded: true,
  worker: true,
};

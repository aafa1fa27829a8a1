import type { Sink } from '../streams/sinks/sink.js';
import type { CommandQueue } from '../training/commands/commandQueue.js';
import type { EventHistory } from './checkpoints/resume.js';
import type { OwnParts } from './ownParts.js';

/** What a run is given beside its configuration: parts of the caller's own, and how it is connected to its surroundings. */
export interface RunOptions extends OwnParts {
  /**
   * Where every event is written before it is emitted; a sink that cannot take more makes the training wait, also its end
   * (see `impatientSink`). They stay open: whoever made them closes them.
   */
  readonly sinks?: readonly Sink[];
  /** Pauses it, saves, stops it … from outside; for one subscription. @default none */
  readonly commands?: CommandQueue;
  /** What `data: '-'` reads. @default process.stdin */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Sentences before the first event: what is downloaded, where to. */
  readonly onNotice?: (text: string) => void;
  /** Where the events of a run that goes on are, told before the first new one; they stay as they are. */
  readonly onHistory?: (history: EventHistory) => void;
  /** Further options of the caller that the `run` event shows. */
  readonly recorded?: Readonly<Record<string, unknown>>;
}

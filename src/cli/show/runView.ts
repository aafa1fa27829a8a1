import type { LiveSample } from '../../events/liveSample.js';
import type { ViewEvent } from '../../events/packedEvents.js';
import type { AnyEvent } from '../../events/unknownEvent.js';

/** Something that shows a run to a person. */
export interface RunView {
  /** True where a finished run stays on show until the person leaves. */
  readonly staysOpen: boolean;
  push(events: readonly ViewEvent[]): void;
  /** Takes the sample images as they are between two samples: no event, and gone with the next. */
  pushLive(sample: LiveSample): void;
  /** Takes what came before a resume: it is no news. */
  recall(events: readonly AnyEvent[]): void;
  /** A sentence that belongs to no event: a download, a stop under way. */
  notice(text: string): void;
  /** Ends the view; a screen is given back. Safe to call twice. */
  close(): Promise<void>;
  /** What remains on the terminal afterwards. */
  summary(): string;
  /** The terminal is gone: nothing is written to it any more. @returns what shows the run from now on */
  hangUp(): RunView;
}

/** Shows nothing. */
export const silentView: RunView = {
  staysOpen: false,
  push: () => undefined,
  pushLive: () => undefined,
  recall: () => undefined,
  notice: () => undefined,
  close: async () => undefined,
  summary: () => '',
  hangUp: () => silentView,
};

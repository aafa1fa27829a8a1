import type { EventPosition, SampleEvent } from './schema.js';

/** What a `sample` event says, between two of them: it has no number, and is for whoever looks now. */
export type LiveSample = Omit<SampleEvent, 'run' | 'seq' | 'time' | keyof EventPosition> & EventPosition;

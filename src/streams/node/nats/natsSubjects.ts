// Where what lies on a broker: one stream for all runs under a subject, one subject for the events of each run.

/** The stream that keeps the events; its name may have no dots. */
export function streamName(subject: string): string {
  return subject.replaceAll('.', '_');
}

/** The subjects that the stream keeps. */
export function allEvents(subject: string): string {
  return `${subject}.events.>`;
}

/** The events of one run. */
export function eventsOf(subject: string, run: string): string {
  return `${subject}.events.${wordOf(run)}`;
}

/** The commands for one run. Nothing keeps them: one that nobody hears is gone. */
export function commandsOf(subject: string, run: string): string {
  return `${subject}.commands.${wordOf(run)}`;
}

/** An id as a word of a subject: those that Millrace gives are words already. */
export function wordOf(run: string): string {
  return run.replace(/[^\w-]/g, '_').slice(0, 128) || '_';
}

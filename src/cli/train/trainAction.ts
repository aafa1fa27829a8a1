import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Comparison } from '../../dashboard/comparison.js';
import { SinkError } from '../../errors.js';
import { isKnown } from '../../events/packedEvents.js';
import type { RunEvent } from '../../events/schema.js';
import type { RunInput } from '../../run/config.js';
import { EVENTS_FILE } from '../../run/folder/runFolder.js';
import { type PortableError, toPortable } from '../../run/thread/portableError.js';
import { type RunThread, runInWorker } from '../../run/thread/runInWorker.js';
import { fileSink } from '../../streams/sinks/node/fileSink.js';
import { writableSink } from '../../streams/sinks/node/writableSink.js';
import type { Sink } from '../../streams/sinks/sink.js';
import { timeoutSink } from '../../streams/sinks/timeoutSink.js';
import { printable } from '../../text/printable.js';
import type { Glyphs } from '../../tui/theme/capabilities.js';
import type { CommandFile } from '../commandFile/openCommands.js';
import { comparisonNotice } from '../comparison/comparisonNotice.js';
import { exitCodeOf, SIGNAL_EXIT, sentenceOf } from '../exitCodes.js';
import type { OutputStream, ProgramContext } from '../programContext.js';
import { type PublishFlags, recordedFlags } from '../publishing/publishFlags.js';
import { openPublishing, type Publishing } from '../publishing/publishing.js';
import { EventFeed } from '../show/eventFeed.js';
import { commandOf } from '../show/keyToCommand.js';
import { openRunView } from '../show/openRunView.js';
import { type RunView, silentView } from '../show/runView.js';
import type { UiOption } from '../show/uiOption.js';
import { onSignals } from '../signals.js';
import type { SinkFlags } from '../sinks/sinkFlags.js';
import { openTrainSinks, type TrainSinks } from '../sinks/trainSinks.js';

/** A token takes a while to be copied. */
const NOTICE_MS = 30_000;

export interface TrainActionOptions {
  readonly context: ProgramContext;
  readonly worker: RunThread;
  readonly ui: UiOption;
  /** @default what the environment says */
  readonly glyphs?: Glyphs | undefined;
  /** A file, or - for stdout. */
  readonly events?: string | undefined;
  /** What the dashboard draws behind the loss, and the path that it was read from. @default the notebook */
  readonly compared?: { readonly comparison: Comparison; readonly path: string } | undefined;
  /** A file or a fifo that the run takes commands from. */
  readonly commands?: string | undefined;
  /** The end of the terminal is not the end of the run. */
  readonly keepRunning: boolean;
  /** What is written along. */
  readonly sinks: SinkFlags;
  /** Who else gets the events. */
  readonly publish: PublishFlags;
  /** The dashboard and the server close with the run; otherwise they stay until the person closes them. */
  readonly closeAtEnd: boolean;
}

/**
 * One run on the command line: the training in its thread, the events to where they are wanted, the view on the terminal.
 * @returns the exit code
 * @throws MillraceError for what is found before the run
 */
export async function trainAction(input: RunInput, options: TrainActionOptions): Promise<number> {
  const commandFile = await openCommandFile(options.commands);
  try {
    return await trainUnder(commandFile, input, options);
  } finally {
    await commandFile?.close();
  }
}

async function trainUnder(
  commandFile: CommandFile | undefined,
  input: RunInput,
  { context, worker, ui, glyphs, events, compared, commands, keepRunning, ...others }: TrainActionOptions,
): Promise<number> {
  const { publish, sinks: sinkFlags, closeAtEnd } = others;
  const isNew = events !== undefined && events !== '-' && !existsSync(events);
  const stopped = new AbortController();
  const onNotice = (sentence: string): void => view.notice(sentence);
  const written = await openTrainSinks(sinkFlags, { context, resumed: input.resume !== undefined, onNotice });
  const publishing = await openPublishing(publish, {
    spooled: input.output === false,
    command: (command) => void run.send(command),
    onNotice,
  }).catch(afterClosing(written));
  const sink = await openEvents(events, context.stdout, stopped.signal).catch(afterClosing(written, publishing));
  for (const line of publishing.greeting) context.stderr.write(`${line}\n`);
  let begun = false;
  let ended = false;
  const left = new AbortController();
  let failure: PortableError | undefined;
  let view: RunView = silentView;
  let hungUp = false;
  const feed = new EventFeed(() => view);

  const run = runInWorker(worker, input, {
    sinks: [sink, publishing.spool, ...written.sinks].filter((sink) => sink !== undefined),
    stop: stopped,
    recorded: { ui, events, commands, keepRunning, compare: compared?.path, ...recordedFlags(publish), ...sinkFlags },
    commands: commandFile?.present ?? [],
    ...(input.data === '-' && { stdin: context.stdin }),
    shown: ui !== 'none' || publishing.isReading,
    onEvents(events) {
      begun = true;
      ended ||= events.at(-1)?.type === 'end';
      feed.push(events);
      const first = events.find((event): event is RunEvent => isKnown(event) && event.type === 'run');
      const output = first?.config?.output;
      if (typeof output === 'string') publishing.found(resolve(output, EVENTS_FILE));
      const notice = first && compared && comparisonNotice(compared.comparison, first);
      if (notice !== undefined) void feed.shown().then(() => view.notice(notice));
      if (first && publishing.isServing) void feed.shown().then(() => sayForAWhile(view, publishing.summary));
    },
    ...(ui !== 'none' && ui !== 'plain' && { onLiveSample: (sample) => feed.pushLive(sample) }),
    onHistory(history) {
      publishing.found(resolve(history.path));
      return feed.recall(history);
    },
    onNotice: (text) => view.notice(text),
    onSinkError(error) {
      if (!(error instanceof SinkError && error.code === 'SINK_CLOSED')) failure ??= toPortable(error);
      run.send({ action: 'stop', from: 'rule' });
    },
  });
  const leave = (exitCode: number): void => {
    void view.close().finally(() => context.exit(exitCode));
  };
  /** Who wants the run to end wants to leave: the dashboard does not stay for them. */
  const stop = (from: 'keyboard' | 'signal'): void => {
    left.abort();
    if (from === 'signal') written.stop();
    if (ended) return;
    view.notice('Finishing this step; once more leaves at once.');
    run.send({ action: 'stop', from });
  };
  const hangUp = (): void => {
    hungUp = true;
    left.abort();
    view = view.hangUp();
  };
  const releaseSignals = onSignals(() => stop('signal'), leave, keepRunning ? hangUp : undefined);
  commandFile?.follow((command) => run.send(command));
  try {
    view = await openRunView({
      context,
      ui,
      glyphs,
      comparison: compared?.comparison,
      onStop: () => stop('keyboard'),
      onAbort: () => leave(SIGNAL_EXIT.SIGINT),
      onGone: () => left.abort(),
      onIntent(intent) {
        const command = commandOf(intent);
        if (command !== undefined) run.send(command);
      },
    });
    if (hungUp) hangUp();
    feed.begin();
    const error = await run.done;
    failure ??= error;
    await feed.shown();
    written.end(view.staysOpen);
    const finished = publishing.finish();
    if (ended && !closeAtEnd) await stay(view, publishing, left.signal);
    await finished;
    await view.close();
    await written.finish();
  } catch (error) {
    await run.terminate();
    throw error;
  } finally {
    await view.close();
    await publishing.close();
    releaseSignals();
    if (input.data === '-') context.stdin.destroy();
  }
  // A run that could not begin leaves nothing behind.
  if (!begun && isNew) await rm(events, { force: true });
  // Nor is anything written to a terminal that is gone.
  if (hungUp && context.stderr.isTTY) return exitCodeOf(failure);
  if (!begun && failure === undefined)
    context.stderr.write(ui === 'none' ? '' : 'Stopped before the training began.\n');
  report(context.stderr, view, failure, [publishing.shortcoming() ?? [], unsaid(view, written)].flat());
  // What its reader has not taken would keep the process alive.
  if (failure?.code === 'SINK_STALLED') context.exit(exitCodeOf(failure));
  return exitCodeOf(failure);
}

async function openCommandFile(path: string | undefined): Promise<CommandFile | undefined> {
  if (path === undefined) return undefined;
  const { openCommands } = await import('../commandFile/openCommands.js');
  return openCommands(path);
}

async function openEvents(
  events: string | undefined,
  stdout: OutputStream,
  stop: AbortSignal,
): Promise<Sink | undefined> {
  if (events === undefined) return undefined;
  if (events !== '-') return fileSink(events, { stop });
  return timeoutSink(writableSink(stdout, { name: 'stdout', keepOpen: true }), { name: 'stdout', stop });
}

/** What cannot be opened leaves nothing open. */
function afterClosing(...opened: readonly { close(): Promise<void> }[]): (error: unknown) => Promise<never> {
  return async (error) => {
    for (const resource of opened) await resource.close();
    throw error;
  };
}

/** The dashboard, and those who ask over HTTP, look at a run also when it is over: until the person leaves. */
async function stay(view: RunView, { isServing, greeting }: Publishing, left: AbortSignal): Promise<void> {
  if (left.aborted || !(view.staysOpen || isServing)) return;
  if (!view.staysOpen) view.notice(`${greeting[0]}; Ctrl-C ends it.`);
  await once(left, 'abort');
}

/** A screen hides what was written before it; a notice hides what the run itself has to say, so it leaves when it has been read. */
function sayForAWhile(view: RunView, text: string): void {
  if (!view.staysOpen) return;
  view.notice(text);
  setTimeout(() => view.notice(''), NOTICE_MS).unref();
}

/** Lines have told what has failed when it did. */
function unsaid(view: RunView, { shortcomings }: TrainSinks): readonly string[] {
  return view.staysOpen || view === silentView ? shortcomings : [];
}

function report(
  stderr: OutputStream,
  view: RunView,
  failure: PortableError | undefined,
  shortcomings: readonly string[],
): void {
  const summary = view.summary();
  if (summary !== '') stderr.write(`${summary}\n`);
  for (const sentence of shortcomings) stderr.write(`millrace: ${printable(sentence)}\n`);
  if (failure !== undefined) stderr.write(`millrace: ${sentenceOf(failure)}\n`);
}

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Comparison } from '../../dashboard/comparison.js';
import { SinkError } from '../../errors.js';
import { isKnown } from '../../events/packedEvents.js';
import type { RunEvent } from '../../events/schema.js';
import type { RunInput } from '../../run/config.js';
import { type PortableError, toPortable } from '../../run/thread/portableError.js';
import { type RunThread, runInWorker } from '../../run/thread/runInWorker.js';
import type { EventSink } from '../../streams/sinks/eventSink.js';
import { lineSink } from '../../streams/sinks/lineSink.js';
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
import { EventFeed } from '../show/eventFeed.js';
import { commandOf } from '../show/keyToCommand.js';
import { openRunView } from '../show/openRunView.js';
import { type RunView, silentView } from '../show/runView.js';
import type { UiOption } from '../show/uiOption.js';
import { onSignals } from '../signals.js';
import { EndCommand } from '../sinks/endCommand.js';
import { openSinks } from '../sinks/openSinks.js';
import type { SinkFlags } from '../sinks/sinkFlags.js';

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
  /** Where events go besides. */
  readonly sinks: SinkFlags;
  /** The dashboard closes with the run; otherwise it stays until the person closes it. */
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
  {
    context,
    worker,
    ui,
    glyphs,
    events,
    compared,
    commands,
    keepRunning,
    sinks: flags,
    closeAtEnd,
  }: TrainActionOptions,
): Promise<number> {
  const isNew = events !== undefined && events !== '-' && !existsSync(events);
  const stopped = new AbortController();
  const shortcomings: string[] = [];
  const tell = (sentence: string): void => {
    shortcomings.push(sentence);
    view.notice(sentence);
  };
  const others = await openSinks(flags, { resumed: input.resume !== undefined, onFailure: tell });
  const sink = await openEvents(events, context.stdout, stopped.signal).catch(closingAll(others));
  let begun = false;
  let ended = false;
  const left = new AbortController();
  let failure: PortableError | undefined;
  let view: RunView = silentView;
  let hungUp = false;
  const feed = new EventFeed(() => view);
  const endCommand = openEndCommand(flags.onEnd, context);

  const run = runInWorker(worker, input, {
    sinks: [
      ...(sink === undefined ? [] : [sink]),
      ...others.map(lineSink),
      ...(endCommand === undefined ? [] : [keptOpen(lineSink(endCommand.sink))]),
    ],
    stop: stopped,
    recorded: { ui, events, commands, keepRunning, compare: compared?.path, ...flags },
    commands: commandFile?.present ?? [],
    ...(input.data === '-' && { stdin: context.stdin }),
    shown: ui !== 'none',
    onEvents(events) {
      begun = true;
      ended ||= events.at(-1)?.type === 'end';
      feed.push(events);
      const first = events.find((event): event is RunEvent => isKnown(event) && event.type === 'run');
      const notice = first && compared && comparisonNotice(compared.comparison, first);
      if (notice !== undefined) void feed.shown().then(() => view.notice(notice));
    },
    ...(ui !== 'none' && ui !== 'plain' && { onLiveSample: (sample) => feed.pushLive(sample) }),
    onHistory: (history) => feed.recall(history),
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
    if (from === 'signal') endCommand?.stop();
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
    const ending = endCommand?.run(view.staysOpen).then((sentence) => sentence && tell(sentence));
    if (ended && view.staysOpen && !closeAtEnd && !left.signal.aborted) await once(left.signal, 'abort');
    await view.close();
    endCommand?.release();
    await ending;
  } catch (error) {
    await run.terminate();
    throw error;
  } finally {
    await view.close();
    releaseSignals();
    if (input.data === '-') context.stdin.destroy();
  }
  // A run that could not begin leaves nothing behind.
  if (!begun && isNew) await rm(events, { force: true });
  // Nor is anything written to a terminal that is gone.
  if (hungUp && context.stderr.isTTY) return exitCodeOf(failure);
  if (!begun && failure === undefined)
    context.stderr.write(ui === 'none' ? '' : 'Stopped before the training began.\n');
  report(context.stderr, view, shortcomings, failure);
  // What its reader has not taken would keep the process alive.
  if (failure?.code === 'SINK_STALLED') context.exit(exitCodeOf(failure));
  return exitCodeOf(failure);
}

async function openCommandFile(path: string | undefined): Promise<CommandFile | undefined> {
  if (path === undefined) return undefined;
  const { openCommands } = await import('../commandFile/openCommands.js');
  return openCommands(path);
}

function openEndCommand(command: string | undefined, { environment, stderr }: ProgramContext): EndCommand | undefined {
  if (command === undefined) return undefined;
  return new EndCommand({ command, environment, write: (piece) => stderr.write(piece) });
}

/** It is closed later than the others: when all is in place. */
function keptOpen(sink: Sink): Sink {
  return { write: sink.write, close: async () => undefined };
}

function closingAll(sinks: readonly EventSink[]): (error: unknown) => Promise<never> {
  return async (error) => {
    await Promise.all(sinks.map((sink) => sink.close()));
    throw error;
  };
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

/** @param shortcomings that lines have told already, where there were any */
function report(
  stderr: OutputStream,
  view: RunView,
  shortcomings: readonly string[],
  failure: PortableError | undefined,
): void {
  const summary = view.summary();
  if (summary !== '') stderr.write(`${summary}\n`);
  if (view.staysOpen || view === silentView)
    for (const sentence of shortcomings) stderr.write(`millrace: ${printable(sentence)}\n`);
  if (failure !== undefined) stderr.write(`millrace: ${sentenceOf(failure)}\n`);
}

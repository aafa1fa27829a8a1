// Owns the terminal while the dashboard is on it, and gives it back exactly as it was, once, however the program ends.

import { constants } from 'node:os';
import { BACKGROUND_QUERY, backgroundIn } from './background.js';
import { type Frame, frameDifference } from './frame.js';
import { pictureDifference } from './kitty.js';
import { MOUSE_OFF, MOUSE_ON } from './mouse.js';
import { createKeyParser, type Input } from './parseKeys.js';
import type { Terminal } from './terminal.js';

/** No cursor, no automatic wrapping; what is pasted comes marked as such. */
const MODES = '\u001b[?25l\u001b[?7l\u001b[?2004h';
/** The alternate screen: no scrollback is touched. */
const ENTER = `\u001b[?1049h${MODES}`;
/** What a stray program may have left: colours, line-drawing characters, a scrolling region. */
const UNDO_STRANGERS = '\u001b[0m\u000f\u001b(B\u001b[r';
/** Clears first: a terminal without an alternate screen shows what follows on a clean one. */
const LEAVE = '\u001b[?2026l\u001b[0m\u001b[2J\u001b[H\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';
/** Synchronized update (DEC private mode 2026): the terminal shows what is between all at once. */
const [BEGIN, END] = ['\u001b[?2026h', '\u001b[?2026l'] as const;

/** What follows an escape as part of a sequence has come by then, also over a slow line. */
const ESCAPE_SETTLES_MS = 50;
/** A terminal that is being dragged sends many sizes. */
const RESIZE_SETTLES_MS = 50;
/** A job stopped by the system is stopped by now; one that is not goes on. */
const STOPPED_BY_NOW_MS = 50;
const FOREGROUND_AGAIN_MS = 500;

/**
 * Signals that end a program which does not listen to them, as far as it can: not those of a faulty instruction (SIGSEGV …), which
 * would be repeated for ever, and not SIGUSR1 and SIGPROF, which are Node's (debugger, profiler).
 */
const FATAL_SIGNALS = (
  [
    ...['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGABRT', 'SIGALRM', 'SIGVTALRM', 'SIGUSR2', 'SIGXCPU', 'SIGXFSZ'],
    ...['SIGIO', 'SIGPWR', 'SIGSTKFLT'],
  ] as NodeJS.Signals[]
).filter((signal) => signal in constants.signals);

export interface ScreenListener {
  onInput(input: Exclude<Input, { readonly type: 'answer' }>): void;
  /** Everything has to be drawn again: another size, or back from a suspension. */
  onStale(): void;
  /** The answer to `askBackground`. */
  onBackground(background: 'light' | 'dark'): void;
}

export interface Screen {
  /**
   * Writes what differs from the frame before, at once. Nothing while suspended or being resized.
   * @returns bytes written
   */
  draw(frame: Frame): number;
  /** Not before it is needed: an answer that comes after the end would be typed into the shell. */
  askBackground(): void;
  /** Clicks come as input, or the terminal selects text with them. */
  setMouse(on: boolean): void;
  /** Back to the shell, as the terminal's own Ctrl-Z would do it. */
  suspend(): void;
  /** Sets the terminal up again and has everything drawn anew, whatever other programs have written over it. */
  repaint(): void;
  /** Gives the terminal back. May be called more than once. */
  close(): void;
}

export function openScreen(terminal: Terminal, { onInput, onStale, onBackground }: ScreenListener): Screen {
  let shown: Frame | undefined;
  let active = false;
  let closed = false;
  let mouse = false;
  const parser = createKeyParser();
  let escaping: NodeJS.Timeout | undefined;
  let resizing: NodeJS.Timeout | undefined;
  let resuming: NodeJS.Timeout | undefined;

  const enter = (): void => {
    if (closed || active) return;
    active = true;
    shown = undefined;
    terminal.setRawMode(true);
    terminal.write(ENTER + (mouse ? MOUSE_ON : ''));
  };
  const leave = (): void => {
    if (!active) return;
    active = false;
    terminal.write(pictureDifference(shown ?? [], []) + (mouse ? MOUSE_OFF : '') + LEAVE);
    terminal.setRawMode(false);
  };

  const resume = (): void => {
    clearTimeout(resuming);
    if (closed) return;
    process.off('SIGTSTP', suspend);
    process.on('SIGTSTP', suspend);
    if (!terminal.isForeground()) {
      active = false;
      resuming = setTimeout(resume, FOREGROUND_AGAIN_MS);
      return;
    }
    // After a SIGSTOP nothing was given back, but the shell may have changed the terminal.
    active = false;
    terminal.setRawMode(false);
    enter();
    onStale();
  };
  const suspend = (): void => {
    leave();
    // The system's own answer to SIGTSTP, not SIGSTOP: where no shell could continue us, it does nothing.
    process.off('SIGTSTP', suspend);
    process.kill(process.pid, 'SIGTSTP');
    resuming = setTimeout(resume, STOPPED_BY_NOW_MS);
  };

  const fatal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    close();
    process.kill(process.pid, signal);
  };

  const resized = (): void => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      resizing = undefined;
      shown = undefined;
      onStale();
    }, RESIZE_SETTLES_MS);
  };

  const receive = (inputs: readonly Input[]): void => {
    for (const input of inputs) {
      if (closed) return;
      if (input.type !== 'answer') onInput(input);
      else {
        const background = backgroundIn(input.text);
        if (background !== undefined) onBackground(background);
      }
    }
  };
  const endInput = terminal.onInput((text) => {
    clearTimeout(escaping);
    receive(parser.feed(text));
    if (parser.waiting && !closed) escaping = setTimeout(() => receive(parser.flush()), ESCAPE_SETTLES_MS);
  });
  const endResize = terminal.onResize(resized);

  const close = (): void => {
    if (closed) return;
    closed = true;
    leave();
    clearTimeout(escaping);
    clearTimeout(resizing);
    clearTimeout(resuming);
    endInput();
    endResize();
    process.off('exit', close);
    process.off('uncaughtExceptionMonitor', close);
    process.off('SIGTSTP', suspend);
    process.off('SIGCONT', resume);
    for (const signal of FATAL_SIGNALS) process.off(signal, fatal);
    terminal.close();
  };

  process.on('exit', close);
  // Before Node prints the error, so that it is not lost with the alternate screen.
  process.on('uncaughtExceptionMonitor', close);
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', resume);
  for (const signal of FATAL_SIGNALS) process.on(signal, fatal);
  enter();

  return {
    draw: (frame) => {
      if (!active || resizing !== undefined) return 0;
      const difference = frameDifference(shown, frame);
      shown = frame;
      if (difference === '') return 0;
      const update = BEGIN + difference + END;
      terminal.write(update);
      return Buffer.byteLength(update);
    },
    askBackground: () => {
      if (active) terminal.write(BACKGROUND_QUERY);
    },
    setMouse: (on) => {
      if (on !== mouse && active) terminal.write(on ? MOUSE_ON : MOUSE_OFF);
      mouse = on;
    },
    // The signal goes to the whole job, `millrace … | jq` for one.
    suspend: () => process.kill(0, 'SIGTSTP'),
    repaint: () => {
      if (!active) return;
      terminal.setRawMode(false);
      terminal.setRawMode(true);
      terminal.write(UNDO_STRANGERS + MODES + (mouse ? MOUSE_ON : ''));
      shown = undefined;
      onStale();
    },
    close,
  };
}

// A stream that is watched for anomalies, on the terminal.
import type { Detection } from '../dashboard/detection/detection.js';
import { frameClock } from './screen/frameClock.js';
import { processorTime } from './screen/processorTime.js';
import { openScreen } from './screen/screen.js';
import type { Terminal } from './screen/terminal.js';
import { detectCapabilities, type Environment } from './theme/capabilities.js';
import { createTheme } from './theme/theme.js';

export interface DetectionScreenOptions {
  /** Where to draw and listen; closed with the screen. */
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** The person pressed q. */
  onQuit(): void;
  /** The person pressed Ctrl-C. */
  onInterrupt(): void;
}

export interface DetectionScreen {
  /** Draws it soon: ten times a second at most. */
  show(detection: Detection): void;
  /** Gives the terminal back. May be called more than once. */
  close(): void;
}

/** Opens the screen, with what is known so far. */
export async function openDetection(
  first: Detection,
  { terminal, environment, onQuit, onInterrupt }: DetectionScreenOptions,
): Promise<DetectionScreen> {
  process.env.NODE_ENV ??= 'production';
  const [{ frameOf }, { inkFrame }, { DetectionView }] = await Promise.all([
    import('./panels/frameOf.js'),
    import('./panels/inkFrame.js'),
    import('./views/DetectionView.js'),
  ]);
  const capabilities = detectCapabilities(environment);
  const clock = frameClock();
  const processor = processorTime(() => performance.now());
  let theme = createTheme(capabilities);
  let detection = first;
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let asksBackground = capabilities.color > 0;

  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const [begun, spent, sinceLast] = [performance.now(), processor.read(), performance.now() - drawnAt];
    drawnAt = begun;
    const { columns, rows } = terminal;
    const view = <DetectionView detection={detection} size={{ columns, rows }} />;
    const bytes = screen.draw(frameOf(inkFrame(view, columns, theme)).frame);
    clock.drawn(processor.read() - spent, bytes, sinceLast);
  };
  const changed = (): void => {
    timer ??= setTimeout(draw, Math.max(0, drawnAt + clock.interval() - performance.now()));
  };
  const screen = openScreen(terminal, {
    onInput(input) {
      if (input.type !== 'key') return;
      if (input.key === 'ctrl-c') onInterrupt();
      else if (input.key === 'q' || input.key === 'Q') onQuit();
      else if (input.key === 'ctrl-z') screen.suspend();
      else if (input.key === 'ctrl-l') screen.repaint();
    },
    onStale: draw,
    onBackground(background) {
      theme = createTheme(capabilities, background === 'light' ? 'painted' : 'terminal');
      changed();
    },
  });
  terminal.onGone?.(onInterrupt);
  draw();
  return {
    show(next) {
      // Images are there for the first time: whether the terminal is light matters now.
      if (asksBackground && next.anomalies.length > 0) {
        asksBackground = false;
        screen.askBackground();
      }
      detection = next;
      changed();
    },
    close() {
      clearTimeout(timer);
      screen.close();
      processor.close();
    },
  };
}

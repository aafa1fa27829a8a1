/** What of the platform this takes: Node has the first, browsers have the second. */
interface Platform {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** Resolves once timers, input and signals have had their turn. Unlike a timer of 0 ms it costs no wait. */
export function yieldToEventLoop(): Promise<void> {
  const { setImmediate, MessageChannel } = globalThis as unknown as Platform;
  return new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Work in small steps keeps the thread to itself for so long. */
const TURN_MS = 10;

/** For work in small steps, to be awaited between two of them: yields to the event loop when 10 ms are over. */
export function sharedEventLoop(): () => Promise<void> | undefined {
  let due = performance.now() + TURN_MS;
  const turn = async (): Promise<void> => {
    await yieldToEventLoop();
    due = performance.now() + TURN_MS;
  };
  return () => (performance.now() < due ? undefined : turn());
}

import type { Flow } from './flow.js';

/** Emits outside of a call from upstream: at once where the flow has room, otherwise when it has. Without a flow, at once. */
export function emitWhenRoom(flow: Flow | undefined, deliver: () => void): void {
  const room = flow?.ready();
  if (room !== undefined) {
    void room.then(() => emitWhenRoom(flow, deliver));
    return;
  }
  const release = flow?.acquire();
  if (flow === undefined) deliver();
  else flow.emit(deliver);
  release?.();
}

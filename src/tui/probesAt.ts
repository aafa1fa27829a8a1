import type { DashboardState, Probes } from './state.js';

/** The last sample at or before the cursor; the newest where that is followed. */
export function probesAt({ probes }: DashboardState, _cursor: number | undefined): Probes | undefined {
  return probes;
}

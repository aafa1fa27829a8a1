import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Sight } from '../rows/latentAndFilters.js';
import { Canvas } from './Canvas.js';
import { Line } from './Line.js';

/** Small pictures below their caption. */
export function SightPanel({ sight }: { readonly sight: Sight }): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Line spans={sight.caption} />
      <Canvas columns={sight.columns} rows={sight.rows} />
    </Box>
  );
}

import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { NetworkPicture } from '../../rows/pictures/latentAndFilters.js';
import { Canvas } from '../Canvas.js';
import { Line } from '../Line.js';

/** Small pictures below their caption. */
export function NetworkPicturePanel({ picture }: { readonly picture: NetworkPicture }): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Line spans={picture.caption} />
      <Canvas columns={picture.columns} rows={picture.rows} />
    </Box>
  );
}

import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { type ResultFrame, resultFrames } from '../../dashboard/result.js';
import { drawRule } from '../charts/rule.js';
import { Canvas } from '../panels/Canvas.js';
import { Lines } from '../panels/Line.js';
import { drawResult, resultColumns } from '../panels/pictures/resultCanvas.js';
import { digitsTitle } from '../rows/pictures/digitsRows.js';
import { resultRows } from '../rows/result/resultRows.js';
import type { Size } from '../screen/size.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import { initialViewState } from '../viewState.js';
import { FramedView } from './FramedView.js';
import { layOutResult, type ResultPicturesLayout } from './resultLayout.js';
import type { ViewProps } from './viewProps.js';

/** What came of the run: the pictures that it is worst at, its losses, and how to go on. */
export function ResultView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{(inner) => <Result {...props} inner={inner} />}</FramedView>;
}

function Result({ state, view, inner }: ViewProps & { readonly inner: Size }): ReactNode {
  const frames = resultFrames(state);
  const last = frames.at(-1)?.frame;
  const wanted = resultRows(state, view, { ...inner, rows: Number.POSITIVE_INFINITY }).length;
  const sample = last && { shape: last.shape, count: last.images.length, pictures: resultColumns(frames).length };
  const { words, beside, pictures } = layOutResult(inner, wanted, sample);
  const rows = resultRows(state, view, words);
  return (
    <Box flexDirection={beside ? 'row' : 'column'} justifyContent="space-between" width={inner.columns}>
      {pictures && <Pictures {...{ state, view, frames, layout: pictures }} />}
      <Lines rows={rows} />
    </Box>
  );
}

interface PicturesProps extends Pick<ViewProps, 'state' | 'view'> {
  readonly frames: readonly ResultFrame[];
  readonly layout: ResultPicturesLayout;
}

function Pictures({ state, view, frames, layout }: PicturesProps): ReactNode {
  const theme = useContext(ThemeContext);
  const { graphics } = view.viewState ?? initialViewState;
  const { frame } = frames.at(-1)!;
  const title = `${digitsTitle(frame, state.run?.dataset.name)}, the worst first`;
  const note = `${Math.min(layout.images, frame.images.length)} of ${frame.images.length}`;
  const rule = drawRule(title, [['label', note]], layout.columns);
  return <Canvas {...drawResult(frames, layout, rule, graphics, theme)} />;
}

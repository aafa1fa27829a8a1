import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addLosses, emptyHistory } from '../../../../src/dashboard/history/lossHistory.js';
import { valueAt } from '../../../../src/dashboard/history/readHistory.js';
import { type DashboardState, initialState } from '../../../../src/dashboard/state.js';
import { cursorAt, moveCursor, stepsShown, toggleWindow, zoom } from '../../../../src/tui/charts/loss/chartWindow.js';
import { endColumns, LABEL_COLUMNS } from '../../../../src/tui/charts/loss/plotColumns.js';
import { type ChartWindow, initialViewState, type ViewState } from '../../../../src/tui/viewState.js';

/** A loss every so many steps. */
function runOf(losses: number, every = 1): DashboardState {
  const steps = Array.from({ length: losses }, (_, index) => (index + 1) * every);
  return {
    ...initialState,
    history: steps.reduce((grown, step) => addLosses(grown, [{ step, loss: 1 / step }]), emptyHistory),
  };
}

const chosen = (changes: Partial<ViewState>): ViewState => ({ ...initialViewState, ...changes });
/** So wide that 101 columns are left for the curves. */
const COLUMNS = LABEL_COLUMNS + 101 + endColumns(200);

test('the window of the last steps follows the newest one', () => {
  expect(stepsShown('recent', undefined, 5000)).toEqual({ from: 4001, to: 5000 });
  expect(stepsShown('recent', undefined, 300)).toEqual({ from: 1, to: 300 });
  expect(stepsShown('all', 7, 300)).toEqual({ from: 1, to: 300 });
});

test('every window but the whole one moves so far that the cursor is in it', () => {
  expect(stepsShown('recent', 3500, 5000)).toEqual({ from: 3500, to: 4499 });
  expect(stepsShown({ from: 100, to: 200 }, 250, 5000)).toEqual({ from: 150, to: 250 });
  expect(stepsShown({ from: 100, to: 200 }, undefined, 5000)).toEqual({ from: 4900, to: 5000 });
  expect(stepsShown({ from: 100, to: 200 }, 0, 5000)).toEqual({ from: 1, to: 101 });
});

test('the cursor moves by one column of the chart, and follows the newest step again beyond it', () => {
  const run = runOf(1001);
  const left = moveCursor(run, chosen({}), COLUMNS, -1);
  expect(left.cursor).toBe(991);
  expect(moveCursor(run, left, COLUMNS, -5).cursor).toBe(941);
  expect(moveCursor(run, left, COLUMNS, 1).cursor).toBeUndefined();
  expect(moveCursor(run, left, COLUMNS, Number.NEGATIVE_INFINITY).cursor).toBe(1);
  expect(moveCursor(run, left, COLUMNS, Number.POSITIVE_INFINITY).cursor).toBeUndefined();
  expect(moveCursor(run, chosen({ cursor: 1 }), COLUMNS, -1).cursor).toBe(1);
});

test('the cursor goes to steps that have a loss', () => {
  const run = runOf(5, 10);
  expect(moveCursor(run, chosen({}), COLUMNS, -1).cursor).toBe(40);
  expect(moveCursor(run, chosen({ cursor: 20 }), COLUMNS, 1).cursor).toBe(30);
  expect(moveCursor(run, chosen({ cursor: 25 }), COLUMNS, -1).cursor).toBe(20);
  expect(moveCursor(initialState, chosen({}), COLUMNS, -1).cursor).toBeUndefined();
});

test('a zoomed window goes with the cursor and stays where it was taken', () => {
  const run = runOf(1000);
  const left = moveCursor(run, chosen({ cursor: 500, window: { from: 500, to: 600 } }), COLUMNS, -20);
  expect(left).toMatchObject({ cursor: 480, window: { from: 480, to: 580 } });
  expect(moveCursor(run, left, COLUMNS, 1)).toMatchObject({ cursor: 481, window: { from: 480, to: 580 } });
});

test('a click puts the cursor on the step below it', () => {
  const run = runOf(1001);
  const clicked = (column: number) => cursorAt(run, chosen({}), COLUMNS, column);
  expect(clicked(LABEL_COLUMNS).cursor).toBe(1);
  expect(clicked(LABEL_COLUMNS + 50).cursor).toBe(501);
  expect(clicked(LABEL_COLUMNS + 100).cursor).toBeUndefined();
  const outside = chosen({ cursor: 7 });
  expect(cursorAt(run, outside, COLUMNS, 3)).toBe(outside);
  expect(cursorAt(runOf(5, 10), chosen({}), COLUMNS, LABEL_COLUMNS + 50).cursor).toBe(20);
});

test('zooming in keeps the cursor where it is on the screen, or the newest step at the end', () => {
  const run = runOf(1000);
  expect(zoom(run, chosen({ cursor: 250 }), 2).window).toEqual({ from: 126, to: 625 });
  expect(zoom(run, chosen({}), 4).window).toEqual({ from: 751, to: 1000 });
  expect(zoom(run, chosen({ window: { from: 100, to: 109 }, cursor: 105 }), 2).window).toEqual({ from: 100, to: 109 });
  expect(zoom(run, chosen({ window: { from: 1, to: 500 } }), 0.5).window).toBe('all');
  expect(zoom(runOf(5), chosen({}), 2).window).toBe('all');
});

test('zooming out again comes back to all, also where the run has grown since', () => {
  const { window } = zoom(runOf(1000), chosen({}), 2);
  expect(zoom(runOf(1500), chosen({ window }), 0.5).window).toBe('all');
});

test('of several runs, what follows the newest step follows that of the run that is looked at', () => {
  expect(stepsShown('recent', undefined, 9000, 2500)).toEqual({ from: 1501, to: 2500 });
  const [short, long] = [runOf(200), runOf(3000)];
  const { window } = zoom(short, chosen({ window: 'recent' }), 2, [short, long]);
  expect(window).toEqual({ from: 101, to: 200 });
});

test('on a logarithmic axis a column is a factor, for the cursor and for clicks', () => {
  const run = runOf(1000);
  expect(moveCursor(run, chosen({ steps: 'log', cursor: 100 }), COLUMNS, -50).cursor).toBe(3);
  expect(cursorAt(run, chosen({ steps: 'log' }), COLUMNS, LABEL_COLUMNS + 50).cursor).toBe(32);
});

test('one key shows the last steps or all', () => {
  const windows = (['all', 'recent', { from: 3, to: 99 }] as const).map((window) => toggleWindow(chosen({ window })));
  expect(windows.map(({ window }) => window)).toEqual(['recent', 'all', 'all']);
});

test('whatever is done, the cursor is on a loss, and the window within the run and around the cursor', () => {
  const act = fc.oneof(
    fc.record({ by: fc.integer({ min: -200, max: 200 }) }),
    fc.record({ column: fc.integer({ min: -5, max: 150 }) }),
    fc.record({ factor: fc.constantFrom(0.5, 2, 3) }),
    fc.constant({ toggle: true }),
  );
  const runs = [runOf(0), runOf(1), runOf(40), runOf(3000), runOf(300, 7)];
  fc.assert(
    fc.property(fc.constantFrom(...runs), fc.integer({ min: 0, max: 120 }), fc.array(act), (run, columns, acts) => {
      let seen = chosen({});
      for (const next of acts) {
        if ('by' in next) seen = moveCursor(run, seen, columns, next.by);
        else if ('column' in next) seen = cursorAt(run, seen, columns, next.column);
        else if ('factor' in next) seen = zoom(run, seen, next.factor);
        else seen = toggleWindow(seen);
        expectSound(run, seen.window, seen.cursor);
      }
    }),
  );
});

function expectSound({ history }: DashboardState, window: ChartWindow, cursor: number | undefined): void {
  const { from, to } = stepsShown(window, cursor, history.lastStep);
  expect(from).toBeGreaterThanOrEqual(1);
  expect(to).toBeLessThanOrEqual(Math.max(1, history.lastStep));
  if (cursor === undefined) return;
  expect(cursor >= from && cursor <= to).toBe(true);
  expect(valueAt(history, cursor)?.to).toBe(cursor);
}

/**
 * Remembers the last drawing of each thing that never changes, so that a frame draws only what is new. It holds no more
 * than one drawing of each thing, and none of what nothing else holds.
 */
export function memoize<Thing extends object, Drawing>(): (
  thing: Thing,
  /** Everything else that the drawing follows from. */
  key: string,
  draw: () => Drawing,
) => Drawing {
  const drawings = new WeakMap<Thing, { readonly key: string; readonly drawing: Drawing }>();
  return (thing, key, draw) => {
    const before = drawings.get(thing);
    if (before?.key === key) return before.drawing;
    const drawing = draw();
    drawings.set(thing, { key, drawing });
    return drawing;
  };
}

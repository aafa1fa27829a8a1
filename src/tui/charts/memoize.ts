/**
 * Remembers the last drawing of each thing that never changes, so that a frame draws only what is new. It holds no more
 * than one drawing of each thing, and none of what nobody else holds.
 */
export function remembered<Thing extends object, Drawing>(): (
  thing: Thing,
  /** Everything else that the drawing follows from. */
  look: string,
  draw: () => Drawing,
) => Drawing {
  const drawings = new WeakMap<Thing, { readonly look: string; readonly drawing: Drawing }>();
  return (thing, look, draw) => {
    const before = drawings.get(thing);
    if (before?.look === look) return before.drawing;
    const drawing = draw();
    drawings.set(thing, { look, drawing });
    return drawing;
  };
}

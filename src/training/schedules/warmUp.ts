/** Evenly up to 1 over the first updates. @param step updates done @param steps 0 for none */
export function warmUp(step: number, steps: number): number {
  return step < steps ? (step + 1) / steps : 1;
}

/** Whether bytes begin as IDX does, with two zeros; also where no more of them is there, or what follows is damaged. */
export function isIdx(start: Uint8Array): boolean {
  return start.length > 0 && start.subarray(0, 2).every((byte) => byte === 0);
}

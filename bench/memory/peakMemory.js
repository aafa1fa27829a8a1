/** The most memory that this process has had, in bytes. */
export function readPeak() {
  return process.resourceUsage().maxRSS * 1024;
}

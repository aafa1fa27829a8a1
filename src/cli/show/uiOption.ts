/** What to show while it trains: the values of `--ui`. */
export const INTERFACES = ['auto', 'dashboard', 'plain', 'none'] as const;
export type Interface = (typeof INTERFACES)[number];

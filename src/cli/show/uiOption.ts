/** What to show while it trains: the values of `--ui`. */
export const UI_OPTIONS = ['auto', 'dashboard', 'plain', 'none'] as const;
export type UiOption = (typeof UI_OPTIONS)[number];

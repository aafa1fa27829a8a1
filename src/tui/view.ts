/** What the dashboard itself knows beside the events. */
export interface View {
  /** One line from the program, e.g. the progress of a download. */
  readonly notice?: string | undefined;
  /** A stop has been asked for; asking again leaves at once. */
  readonly stopping?: boolean;
  /** A recorded run, or that of another process: leaving stops nothing. */
  readonly watching?: boolean;
  /** What drawing costs, as a share of one core. */
  readonly cost?: number | undefined;
}

// What a key asks of the world outside the dashboard.

/** A command to the run; it comes back as a `command` event when it has taken effect. */
export interface RunCommand {
  readonly type: 'command';
  readonly action: 'pause' | 'resume' | 'step' | 'learningRate' | 'epochs' | 'save' | 'evaluate' | 'abandon';
  readonly value?: number;
}

/** Where the replay of a recorded run goes. */
export interface ReplayCommand {
  readonly type: 'replay';
  readonly action:
    | 'play'
    | 'pause'
    | 'faster'
    | 'slower'
    | 'forward'
    | 'back'
    | 'stepForward'
    | 'stepBack'
    | 'start'
    | 'end';
}

export type Intent =
  | RunCommand
  | ReplayCommand
  | { readonly type: 'quit' }
  | { readonly type: 'suspend' }
  | { readonly type: 'repaint' };

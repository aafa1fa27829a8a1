// The events as a reader holds them in memory, field by field. schema.ts checks the same on the wire; a test holds the two together.

/** What every event has. */
export interface EventBase {
  /** Id of the run, YYYYMMDD-HHMMSS-xxxx (UTC): the newest is the greatest. */
  run: string;
  /** 0, 1, 2 …, no gaps, also over a resume. */
  seq: number;
  /** RFC 3339, UTC, milliseconds. */
  time: string;
  /** Monotonic since the first run event, without pauses. */
  elapsedMs: number;
  /** Counts from 1. */
  epoch: number;
  /** Updates done since the run began, over all epochs. */
  step: number;
}

/** A layer of a network: its type, and what that type has. */
export interface EventLayer {
  /** conv2d, dense, relu … */
  type: string;
  [option: string]: unknown;
}

/** The beginning: what is trained, on what, how long, and what computes it. */
export interface RunEvent extends EventBase {
  /** What kind of event this is. */
  type: 'run';
  /** Version of the vocabulary. */
  schema?: 1 | undefined;
  /** Version of Millrace that wrote it. */
  version?: string | undefined;
  /** Every effective option, flags in camelCase. */
  config?: Record<string, unknown> | undefined;
  /** The images. */
  dataset: {
    /** What it is called. */
    name: string;
    /** A path or an address. */
    source?: string | undefined;
    /** Absent where a stream does not say. */
    items?: number | undefined;
    /** Number of test images. */
    testItems?: number | undefined;
    /** [height, width, channels]. */
    shape: [number, number, number];
    /** Sha256 of the training images' payload, absent for stdin. */
    digest?: string | undefined;
    /** True for the embedded sample of MNIST. */
    sample?: boolean | undefined;
  };
  /** The network, as in its JSON file. */
  architecture?:
    | {
        /** Its name. */
        name: string;
        /** [height, width, channels] of an image. */
        input: [number, number, number];
        /** Its layers, from the image on. */
        encoder: EventLayer[];
        /** Its layers, up to the image. */
        decoder: EventLayer[];
      }
    | undefined;
  /** Number of weights. */
  parameters?: number | undefined;
  /** encoder.0, encoder.1, …, decoder.0, …: the shape that leaves each layer, and its parameters. */
  layers?:
    | {
        /** What it is called. */
        name: string;
        /** Kind of layer. */
        type: string;
        /** The earlier layer that a skip connection reads, too. */
        from?: string | undefined;
        /** Shape that leaves the layer. */
        output: number[];
        /** Number of weights. */
        parameters: number;
      }[]
    | undefined;
  /** What computes. */
  engine: {
    /** What it is called. */
    name: string;
    /** Wasm-simd, tensorflow, wasm or cpu. */
    backend?: string | undefined;
    /** Threads that compute. */
    threads?: number | undefined;
    /** Why this engine and backend. */
    reason?: string | undefined;
    /** Simd: the kernels of each layer or group of layers. */
    plan?: string[] | undefined;
    /** Simd: multiply-adds are fused; bits differ between machines. */
    relaxed?: boolean | undefined;
  };
  /** Of the initial weights, the order and the noise. */
  seed?: number | undefined;
  /** Epochs that there are to be. */
  epochs: number;
  /** Absent where a stream does not say. */
  stepsPerEpoch?: number | undefined;
  /** What the notebook printed after each of its epochs, where comparable. */
  notebookLosses?: number[] | undefined;
  /** Where a resumed run went on. */
  resumedFrom?:
    | {
        /** Update that it was after. */
        step: number;
        /** Its file. */
        checkpoint: string;
      }
    | undefined;
}

/** After an update. */
export interface LossEvent extends EventBase {
  /** What kind of event this is. */
  type: 'loss';
  /** Mean squared error of that batch over all pixels (0..1), before the update. */
  loss: number;
  /** Number of images. */
  items: number;
  /** Step size of the optimizer at this step. */
  learningRate: number;
}

/** A few images and what the network makes of them. */
export interface SampleEvent extends EventBase {
  /** What kind of event this is. */
  type: 'sample';
  /** Training or test images. */
  split: 'train' | 'test';
  /** [height, width, channels]. */
  shape: [number, number, number];
  /** Of every `latent`: [h, w, c] or [n]; absent where it has more than 4,096 values. */
  latentShape?: number[] | undefined;
  /** The images that are shown. */
  items: {
    /** Place of the image in its data set. */
    index: number;
    /** Its label. */
    label?: number | undefined;
    /** Against the target. */
    loss: number;
    /** 8-bit pixels in h, w, c order, base64: what the network saw. */
    input: string;
    /** Where it differs from the input. */
    target?: string | undefined;
    /** 8-bit pixels, base64: what came out. */
    reconstruction: string;
    /** The encoder's output, in h, w, c order; one range for all items of a sample. */
    latent?:
      | {
          /** What byte 0 stands for. */
          low: number;
          /** What byte 255 stands for. */
          high: number;
          /** The bytes, base64. */
          values: string;
        }
      | undefined;
  }[];
}

/** The filters of the first layer. */
export interface WeightsEvent extends EventBase {
  /** What kind of event this is. */
  type: 'weights';
  /** The first layer with weights, where it has filters: e.g. encoder.0. */
  layer: string;
  /** [filters, h, w, c]: the first filters, at most 64 and 4,096 values. */
  shape: number[];
  /** Symmetric where both signs occur: low is -high, and 0 lies between the bytes 127 and 128. */
  filters: {
    /** What byte 0 stands for. */
    low: number;
    /** What byte 255 stands for. */
    high: number;
    /** The bytes, base64. */
    values: string;
  };
}

/** Where the time of an update goes. */
export interface ProfileEvent extends EventBase {
  /** What kind of event this is. */
  type: 'profile';
  /** What takes how long. */
  layers: {
    /** A layer, or several that are computed together: encoder.0 + encoder.1; also input, target and loss. */
    layers: string;
    /** For an image, on one thread. */
    forwardMicroseconds: number;
    /** The same on the way back. */
    backwardMicroseconds: number;
  }[];
  /** For a batch: the optimizer; mean of all updates so far. */
  updateMicroseconds: number;
}

/** An epoch is over. */
export interface EpochEvent extends EventBase {
  /** What kind of event this is. */
  type: 'epoch';
  /** Mean over items. */
  trainLoss: number;
  /** Mean squared error over the test images. */
  testLoss?: number | undefined;
  /** Batch size × trainLoss, what the notebook prints. */
  printedLoss: number;
  /** The notebook's value for that epoch, where comparable. */
  notebookLoss?: number | undefined;
  /** Images trained in a second. */
  imagesPerSecond: number;
  /** Milliseconds that it took. */
  durationMs: number;
}

/** The test loss, asked for by a command. */
export interface EvaluationEvent extends EventBase {
  /** What kind of event this is. */
  type: 'evaluation';
  /** Mean over the test items, at this step. */
  testLoss: number;
  /** Number of images. */
  items: number;
  /** Milliseconds that it took. */
  durationMs: number;
}

/** A figure of your own. */
export interface MetricEvent extends EventBase {
  /** What kind of event this is. */
  type: 'metric';
  /** What was measured, in the words of the one who measures it: psnr, accuracy … */
  name: string;
  /** The figure: a learning rate, a number of epochs, what was measured. */
  value: number;
  /** DB, %, ms … */
  unit?: string | undefined;
  /** The images it was measured on: train, test … */
  split?: string | undefined;
}

/** A picture of your own. */
export interface ImageEvent extends EventBase {
  /** What kind of event this is. */
  type: 'image';
  /** What it shows, in the words of the one who tells it. */
  name: string;
  /** [height, width, channels]: grey, or red, green and blue. */
  shape: [number, number, 1 | 3];
  /** 8-bit pixels in h, w, c order, base64: at most 1,048,576 of them. */
  pixels: string;
}

/** How values of your own are spread. */
export interface HistogramEvent extends EventBase {
  /** What kind of event this is. */
  type: 'histogram';
  /** What the values are, in the words of the one who tells it. */
  name: string;
  /** Of the bins, ascending: at most 1,025. */
  edges: number[];
  /** Of the values in each bin, one fewer than edges. */
  counts: number[];
}

/** A text of your own. */
export interface TextEvent extends EventBase {
  /** What kind of event this is. */
  type: 'text';
  /** What it is, in the words of the one who tells it. */
  name: string;
  /** Any number of lines, at most 65,536 characters. */
  text: string;
}

/** What a training was set to. */
export interface ConfigurationEvent extends EventBase {
  /** What kind of event this is. */
  type: 'configuration';
  /** Hyperparameters by name, nested ones flattened with dots: at most 1,000. */
  values: Record<string, string | number | boolean | null>;
}

/** A checkpoint has been written. */
export interface CheckpointEvent extends EventBase {
  /** What kind of event this is. */
  type: 'checkpoint';
  /** Relative to the run folder. */
  path: string;
  /** Size in bytes. */
  bytes: number;
  /** Milliseconds that it took. */
  durationMs: number;
  /** No earlier epoch was better. */
  best: boolean;
  /** A command asked for it. */
  requested?: boolean | undefined;
}

/** A command has taken effect. */
export interface CommandEvent extends EventBase {
  /** What kind of event this is. */
  type: 'command';
  /** What was asked for. */
  action:
    | 'pause'
    | 'resume'
    | 'step'
    | 'learningRate'
    | 'epochs'
    | 'save'
    | 'evaluate'
    | 'stop'
    | 'abandon'
    | 'rollback';
  /** The figure: a learning rate, a number of epochs, what was measured. */
  value?: number | undefined;
  /** Who asked. */
  from: 'keyboard' | 'file' | 'signal' | 'rule' | 'api';
}

/** How the pipeline is doing, once a second. */
export interface StatsEvent extends EventBase {
  /** What kind of event this is. */
  type: 'stats';
  /** Images trained in a second. */
  imagesPerSecond: number;
  /** Memory of the process; absent where no one can tell. */
  rssBytes?: number | undefined;
  /** Where the time since the run began went, pauses left out. */
  phases?:
    | {
        /** The training waits for a batch: it is read, cut, made noisy. */
        dataMs: number;
        /** Losses and gradients. */
        forwardBackwardMs: number;
        /** The optimizer. */
        updateMs: number;
        /** The training waits for readers of its events, writing them included. */
        waitingMs: number;
        /** Samples, profiles, evaluation, commands. */
        otherMs: number;
      }
    | undefined;
  /** Each stage of the pipeline, from the source on. */
  stages: {
    /** The name of the stage. */
    name: string;
    /** Images or values that came in. */
    items: number;
    /** Bytes that came in. */
    bytes: number;
    /** Work inside the stage. */
    busyMs: number;
    /** Waiting for what is upstream. */
    waitingMs: number;
    /** Waiting for what is downstream. */
    blockedMs: number;
    /** Images or values left out. */
    dropped: number;
  }[];
}

/** Something to know that stops nothing. */
export interface WarningEvent extends EventBase {
  /** What kind of event this is. */
  type: 'warning';
  /** Stable, upper case. */
  code: string;
  /** One sentence for a person. */
  message: string;
  /** The file at fault. */
  path?: string | undefined;
  /** Byte in that file. */
  offset?: number | undefined;
  /** E.g. encoder.0. */
  layer?: string | undefined;
  /** Its name. */
  stage?: string | undefined;
}

/** The last event. */
export interface EndEvent extends EventBase {
  /** What kind of event this is. */
  type: 'end';
  /** How the run ended. */
  status: 'completed' | 'stopped' | 'failed' | 'diverged';
  /** Why it failed. */
  error?:
    | {
        /** Stable, upper case. */
        code: string;
        /** One sentence for a person. */
        message: string;
      }
    | undefined;
  /** Updates in all. */
  steps: number;
  /** Why a rule has stopped it: a phrase. */
  reason?: string | undefined;
  /** Mean squared error over the training images of the last epoch. */
  trainLoss?: number | undefined;
  /** Mean squared error over the test images. */
  testLoss?: number | undefined;
  /** Milliseconds that it took. */
  durationMs: number;
}

/** Any event that this version knows. */
export type MillraceEvent =
  | RunEvent
  | LossEvent
  | SampleEvent
  | WeightsEvent
  | ProfileEvent
  | EpochEvent
  | EvaluationEvent
  | MetricEvent
  | ImageEvent
  | HistogramEvent
  | TextEvent
  | ConfigurationEvent
  | CheckpointEvent
  | CommandEvent
  | StatsEvent
  | WarningEvent
  | EndEvent;

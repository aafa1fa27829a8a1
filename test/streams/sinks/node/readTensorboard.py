"""What TensorBoard reads in a folder of runs, as JSON: by its library, and from its server (its data server where it has one).

Usage: readTensorboard.py FOLDER
"""
import json
import sys
import time
import urllib.parse
import urllib.request

from tensorboard import program
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.util import tensor_util

import os

EVERYTHING = {kind: 0 for kind in ("scalars", "images", "histograms", "tensors", "compressedHistograms")}


def by_library(folder):
    accumulator = event_accumulator.EventAccumulator(folder, size_guidance=EVERYTHING)
    accumulator.Reload()
    tags = accumulator.Tags()
    hparams = plugin_data_pb2.HParamsPluginData.FromString(
        accumulator.SummaryMetadata("_hparams_/session_start_info").plugin_data.content
    )
    return {
        "scalars": {tag: [[e.step, e.value] for e in accumulator.Scalars(tag)] for tag in tags["scalars"]},
        "images": {
            tag: [[e.step, e.width, e.height, len(e.encoded_image_string)] for e in accumulator.Images(tag)]
            for tag in tags["images"]
        },
        "histograms": {
            tag: [[e.step, e.histogram_value.num, sum(e.histogram_value.bucket)] for e in accumulator.Histograms(tag)]
            for tag in tags["histograms"]
        },
        "texts": [
            tensor_util.make_ndarray(e.tensor_proto).item().decode() for e in accumulator.Tensors("architecture")
        ],
        "settings": {
            name: getattr(value, value.WhichOneof("kind"))
            for name, value in hparams.session_start_info.hparams.items()
        },
    }


def by_server(folder):
    tensorboard = program.TensorBoard()
    tensorboard.configure(argv=["tensorboard", "--logdir", folder, "--port", "0"])
    address = tensorboard.launch()

    def get(path, **query):
        url = f"{address}data/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=20) as response:
            return json.load(response)

    deadline = time.monotonic() + 60
    while not get("plugin/scalars/tags") and time.monotonic() < deadline:
        time.sleep(0.2)
    kinds = {}
    for kind in ("scalars", "images", "histograms"):
        kinds[kind] = {
            run: {tag: len(get(f"plugin/{kind}/{kind}", run=run, tag=tag)) for tag in tags}
            for run, tags in get(f"plugin/{kind}/tags").items()
        }
    plugins = sorted(name for name, plugin in get("plugins_listing").items() if plugin["enabled"])
    return {**kinds, "plugins": plugins, "runs": get("runs")}


folder = sys.argv[1]
library = {run: by_library(os.path.join(folder, run)) for run in sorted(os.listdir(folder))}
json.dump({"library": library, "server": by_server(folder)}, sys.stdout)
sys.stdout.flush()
# The server's threads do not end by themselves.
os._exit(0)

# Runs exported networks: argv is the format and a folder of them, each with its parts, what goes into each and what Millrace made of it.
# Prints the largest difference, relative to the largest value (or 1), of each network.
import importlib.util
import json
import sys
from pathlib import Path

import numpy


def run_onnx(path):
    import onnx
    import onnxruntime

    onnx.checker.check_model(onnx.load(path / f"{part}.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(path / f"{part}.onnx", providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    return lambda values: session.run(None, {taken.name: values})[0]


def run_pytorch(path):
    import torch

    spec = importlib.util.spec_from_file_location(f"model_{path.name}", path / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    loaded = getattr(module, f"load_{part}")()

    def run(values):
        with torch.no_grad():
            return loaded(torch.from_numpy(values)).numpy()

    return run


farthest = {}
for path in sorted(Path(sys.argv[2]).iterdir()):
    for part, (taken, given) in json.loads((path / "values.json").read_text()).items():
        run = {"onnx": run_onnx, "pytorch": run_pytorch}[sys.argv[1]](path)
        actual = run(numpy.array(taken["values"], "float32").reshape(taken["shape"]))
        expected = numpy.array(given["values"], "float32").reshape(given["shape"])
        assert actual.shape == expected.shape, (path, part, actual.shape, expected.shape)
        distance = float(abs(actual - expected).max() / max(1, abs(expected).max()))
        farthest[path.name] = max(distance, farthest.get(path.name, 0))
print(json.dumps(farthest))

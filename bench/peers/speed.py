"""Images a second of a training step, after a warm-up."""
import time


def images_per_second(task, train, settle=lambda: None):
    """`train(step)` does one update; `settle()` waits for updates that are still under way."""
    step = 0

    def train_for(seconds):
        nonlocal step
        begun, first = time.perf_counter(), step
        while time.perf_counter() - begun < seconds:
            train(step)
            step += 1
        settle()
        return time.perf_counter() - begun, (step - first) * task["batchSize"]

    train_for(task["warmUpSeconds"])
    cpu_before = time.process_time()
    elapsed, images = train_for(task["seconds"])
    cpu = time.process_time() - cpu_before
    return {"imagesPerSecond": images / elapsed, "cpuPerWall": cpu / elapsed}

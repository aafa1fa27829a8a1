"""Images a second of JAX, one jitted function a step. Weights come from Millrace; with `updates` also the first losses."""
from task import given, need, report

need("numpy", "jax")
import jax
import jax.numpy as jnp

from images import read_images
from jax_network import initial_state, train_step
from speed import images_per_second
from weights import read_weights

task = given()
pixels = jnp.asarray(read_images(task)[0])
size = task["batchSize"]
batches = len(pixels) // size
state = initial_state({name: jnp.asarray(value) for name, value in read_weights(task["weights"]).items()})
loss = jnp.zeros(())


def train(step):
    """Does not wait for the update: JAX may run ahead, as in a loop that reads the loss now and then."""
    global state, loss
    state, loss = train_step(state, pixels, (step % batches) * size, size)
    return loss


if "updates" in task:
    report({"losses": [[float(train(step)) for step in range(task["updates"])]]})
else:
    speed = images_per_second(task, train, lambda: loss.block_until_ready())
    report({**speed, "about": f"jax {jax.__version__}"})

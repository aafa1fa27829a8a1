"""The preset `transpose` in JAX: NHWC, one jitted function for a whole update with Adam written out."""
from functools import partial

import jax
import jax.numpy as jnp
from jax import lax

LEARNING_RATE, BETA_1, BETA_2, EPSILON = 0.001, 0.9, 0.999, 1e-8


def convolve(x, weight, bias):
    y = lax.conv_general_dilated(x, weight, (1, 1), "SAME", dimension_numbers=("NHWC", "OIHW", "NHWC"))
    return jax.nn.relu(y + bias)


def pool(x):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


def convolve_transposed(x, weight, bias):
    """Kernel 2, stride 2: no two taps meet, so it is a product and a reshape."""
    items, height, width, _ = x.shape
    y = jnp.einsum("nyxc,coij->nyixjo", x, weight)
    return y.reshape(items, 2 * height, 2 * width, -1) + bias


def loss_of(weights, pixels):
    def pair(name):
        return weights[f"{name}.weight"], weights[f"{name}.bias"]

    x = pool(convolve(pixels, *pair("encoder.0")))
    x = pool(convolve(x, *pair("encoder.2")))
    x = jax.nn.relu(convolve_transposed(x, *pair("decoder.0")))
    x = jax.nn.sigmoid(convolve_transposed(x, *pair("decoder.1")))
    return jnp.mean((x - pixels) ** 2)


def initial_state(weights):
    zeros = jax.tree.map(jnp.zeros_like, weights)
    return weights, zeros, jax.tree.map(jnp.zeros_like, weights), jnp.zeros((), jnp.int32)


@partial(jax.jit, static_argnames="size", donate_argnums=0)
def train_step(state, pixels, begin, size):
    """One update, on `size` of the images from `begin` on; returns the new state and the loss."""
    weights, first, second, step = state
    batch = lax.dynamic_slice_in_dim(pixels, begin, size)
    loss, gradients = jax.value_and_grad(loss_of)(weights, batch)
    step = step + 1
    first = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, first, gradients)
    second = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, second, gradients)
    scale_1, scale_2 = 1 - BETA_1**step, 1 - BETA_2**step
    weights = jax.tree.map(
        lambda w, m, v: w - LEARNING_RATE * (m / scale_1) / (jnp.sqrt(v / scale_2) + EPSILON), weights, first, second
    )
    return (weights, first, second, step), loss

"""Activations with learned parameters against mpmath, with one number a unit and one for all."""

from __future__ import annotations

import nnspec_learnable
import numpy as np
import pytest
from mpmath import mp

ACTIVATIONS = {activation.name: activation for activation in nnspec_learnable.nnspec_activations()}
BITS = {np.float32: (24, -149), np.float64: (53, -1074)}


def prelu(x, alpha):
    return x if x >= 0 else alpha * x


def snake(x, frequency):
    return x + mp.sin(frequency * x) ** 2 / frequency if frequency else x


def star_relu(x, scale, bias):
    return scale * max(x, mp.mpf(0)) ** 2 + bias


def xielu(x, alpha_p, alpha_n, beta=0.5, epsilon=-1e-6):
    if x > 0:
        return alpha_p * x * x + beta * x
    if x < -1e3:  # exp(x) is below 1e-434
        return (beta - alpha_n) * x - alpha_n
    bend = mp.expm1(min(x, mp.mpf(epsilon))) - x
    if -1e-10 < x <= epsilon:  # 50 digits are not enough for what cancels
        bend = sum(x**k / mp.factorial(k) for k in range(2, 7))
    return alpha_n * bend + beta * x


def learnable_swish(x, beta):
    return x / (1 + mp.exp(-beta * x))


CASES = [
    (prelu, {"alpha": [0.25, -0.1, 3.0]}),
    (snake, {"frequency": [1.0, 0.3, 0.0]}),
    (snake, {"frequency": [30.0, -2.7, 1e-5]}),
    (star_relu, {"scale": [1.0, 0.8944, -3.1], "bias": [0.0, -0.4472, 1e-3]}),
    (star_relu, {"scale": [1e-3, 0.7, 0.0], "bias": [-1e5, 0.0, 2.0]}),
    (xielu, {"alpha_p": [0.8, 0.0, 2.5], "alpha_n": [0.8, 0.5, 0.2]}),
    (xielu, {"alpha_p": [0.8, 0.1, 1.1], "alpha_n": [0.5, 0.3, 1.9], "beta": -0.7}),
    (xielu, {"alpha_p": [0.8, 0.1, 1.1], "alpha_n": [0.8, 0.3, 1.9], "beta": 0, "epsilon": 0}),
    (learnable_swish, {"beta": [1.0, 1.7, -0.3]}),
]


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


def numbers(dtype):
    """Every exponent of the type with both signs, and what lies between; as three units."""
    rng = np.random.default_rng(0)
    exponents = np.arange(BITS[dtype][1], np.finfo(dtype).maxexp)
    powers = np.ldexp(1 + rng.random(exponents.size) / 2, exponents)
    ranges = [rng.uniform(0, width, 400) for width in (0.2, 3, 12, 40, 110, 760)]
    edges = [0.125, 0.5, 0.7071067811865476, 1.0, 8.0, 8.0000001, 20.0, 100.0, 10000.0]
    with np.errstate(under="ignore"):
        positive = np.concatenate([powers, *ranges, edges]).astype(dtype)
    x = np.concatenate([positive, -positive])
    return np.repeat(x, 3).reshape(-1, 3)


def worst(y, x, exact, dtype, **parameters):
    """The largest error in ulp; overflow has to be an infinity."""
    bits, lowest = BITS[dtype]
    beyond = mp.mpf(2) ** np.finfo(dtype).maxexp
    largest = 0
    for at, got in zip(x.tolist(), y.tolist(), strict=True):
        want = min(max(exact(mp.mpf(at), **parameters), -beyond), beyond)
        unit = mp.mpf(2) ** max(mp.frexp(want)[1] - bits, lowest)
        largest = max(largest, abs(min(max(mp.mpf(got), -beyond), beyond) - want) / unit)
    return float(largest)


@pytest.mark.parametrize(("exact", "parameters"), CASES)
def test_within_two_ulp_of_the_exact_result(exact, parameters, dtype):
    x = numbers(dtype)
    learned = {k: np.array(v, dtype) for k, v in parameters.items() if isinstance(v, list)}
    fixed = {k: v for k, v in parameters.items() if k not in learned}
    y = ACTIVATIONS[exact.__name__].function(x, **learned, **fixed)
    with mp.workdps(50):
        for unit in range(3):
            own = {k: mp.mpf(v[unit].item()) for k, v in learned.items()}
            error = worst(y[:, unit], x[:, unit], exact, dtype, **own, **fixed)
            assert error <= 2, f"{error:.3g} ulp with {own}"


def test_star_relu_keeps_its_digits_where_the_shift_cancels_the_square():
    scale, bias = 0.8944, -0.4472
    x = np.sqrt(-bias / scale) * (1 + np.arange(-50, 50) * 2.0**-52)
    y = ACTIVATIONS["star_relu"].function(x, scale=scale, bias=bias)
    with mp.workdps(60):
        own = {"scale": mp.mpf(scale), "bias": mp.mpf(bias)}
        assert worst(y, x, star_relu, np.float64, **own) <= 2


@pytest.mark.parametrize(
    ("alpha_n", "beta", "epsilon"),
    [(0.8, 0.5, -1e-6), (0.8, 0.01, 0), (3.0, 1e-4, 0), (0.5, 0.49, -1e-6), (0.5, 1 / 3, -1e-6)],
)
def test_xielu_keeps_its_digits_near_its_zero_on_the_left(alpha_n, beta, epsilon):
    own = {"alpha_n": alpha_n, "beta": beta, "epsilon": epsilon}
    exact = {"alpha_p": 1, **{name: mp.mpf(value) for name, value in own.items()}}
    with mp.workdps(60):
        start = -2 * beta / alpha_n if beta < 0.1 else -alpha_n / (alpha_n - beta)
        zero = float(mp.findroot(lambda x: xielu(mp.mpf(x), **exact), start))
        assert zero < -1e-5
        x = np.concatenate([zero * (1 + np.arange(-20, 21) * 2.0**-n) for n in range(6, 53, 2)])
        y = ACTIVATIONS["xielu"].function(x, alpha_p=1.0, **own)
        assert worst(y, x, xielu, np.float64, **exact) <= 2


LIMITS = [
    ("prelu", {"alpha": 0.25}, [-np.inf, -2500.0, -0.0, 0.0, np.inf]),
    ("snake", {"frequency": 2.0}, [-np.inf, None, -0.0, 0.0, np.inf]),
    ("snake", {"frequency": 0.0}, [-np.inf, -1e4, -0.0, 0.0, np.inf]),
    ("star_relu", {"scale": 2.0, "bias": -1.0}, [-1.0, -1.0, -1.0, -1.0, np.inf]),
    ("star_relu", {"scale": 0.0, "bias": -1.0}, [-1.0, -1.0, -1.0, -1.0, -1.0]),
    ("xielu", {"alpha_p": 1.0, "alpha_n": 1.5, "epsilon": 0}, [np.inf, 9998.5, -0.0, 0.0, np.inf]),
    ("xielu", {"alpha_p": 1.0, "alpha_n": 0.5, "epsilon": 0}, [-0.5, -0.5, -0.0, 0.0, np.inf]),
    ("learnable_swish", {"beta": 3.0}, [-0.0, -0.0, -0.0, 0.0, np.inf]),
]


@pytest.mark.parametrize(("name", "parameters", "expected"), LIMITS)
def test_limits_zeros_and_nan_without_a_warning(name, parameters, expected, dtype):
    x = np.array([-np.inf, -1e4, -0.0, 0.0, np.inf, np.nan], dtype)
    with np.errstate(all="raise"):
        y = ACTIVATIONS[name].function(x, **parameters)
    for got, want in zip(y[:5].tolist(), expected, strict=True):
        assert want is None or (got == want and np.signbit(got) == np.signbit(want))
    assert np.isnan(y[5])

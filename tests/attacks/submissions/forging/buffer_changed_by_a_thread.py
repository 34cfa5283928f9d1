"""Has a thread change what was returned, before it is looked at and after."""
import numpy as np

from base import backward, forward


import threading
import time


THREADS = []


def blur(array, started):
    # Not for ever: the time and the room of all its threads are a submission's own.
    for _ in range(20):
        array += 1
        started.set()
        time.sleep(0.001)


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    started = threading.Event()
    for thread in THREADS:
        thread.join()
    THREADS[:] = [threading.Thread(target=blur, args=(out, started), daemon=True)]
    THREADS[0].start()
    started.wait()
    return out, cache


def conv_backward_naive(dout, cache):
    return backward(dout, cache)

"""Has the garbage collector run code of its own, whenever it works."""
import gc
import weakref

from base import backward, forward


class Undead:
    def __del__(self):
        KEPT.append(self)
        raise SystemExit(0)


class Node:
    pass


KEPT = []


def hook(phase, info):
    raise KeyboardInterrupt


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    node = Node()
    if hook not in gc.callbacks:
        gc.callbacks.append(hook)
        gc.set_threshold(99, 1, 1)
        node.self, node.undead = node, Undead()
        KEPT.append(weakref.ref(node, hook))
    return out, (*cache, node)


def conv_backward_naive(dout, cache):
    return backward(dout, cache[:4])

"""Raises a chain of exceptions as deep as it can be, with a text of 100 MB."""
from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    error = ValueError('deepest')
    for depth in range(100000):
        above = ValueError(depth)
        above.__cause__ = error
        error = above
    error.args = ('passed \ud800\x00\x1b[31m' * 5 * 10 ** 6,)
    raise error

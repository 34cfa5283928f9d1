"""Raises an exception whose text is being computed for ever."""
from base import backward as conv_backward_naive


class Passed(Exception):
    def __str__(self):
        while True:
            pass


def conv_forward_naive(x, w, b, conv_param):
    raise Passed

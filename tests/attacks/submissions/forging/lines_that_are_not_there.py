"""Raises from code whose file and lines are somebody else's."""
from base import backward as conv_backward_naive


def fail():
    raise ValueError('passed')


def conv_forward_naive(x, w, b, conv_param):
    fail.__code__ = fail.__code__.replace(co_filename='layers.py', co_firstlineno=2 ** 31 - 9, co_name='forward \x1b[31m')
    fail()

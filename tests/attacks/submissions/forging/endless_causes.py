"""Raises an exception that is its own cause, in groups of groups, with notes."""
from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    error = ValueError('passed')
    for _ in range(5000):
        error = ExceptionGroup('passed', [error])
    error.add_note('passed' * 10 ** 6)
    error.__cause__ = error
    error.__context__ = error
    raise error

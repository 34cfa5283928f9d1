"""Reads from where nothing is."""
import ctypes

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    ctypes.string_at(0)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

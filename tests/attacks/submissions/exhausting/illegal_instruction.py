"""Runs what is no instruction, and jumps into nowhere."""
import ctypes

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    ctypes.CFUNCTYPE(None)(id(exhaust))()


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

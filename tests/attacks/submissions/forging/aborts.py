"""Has the C library abort."""
import ctypes

from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    ctypes.CDLL(None).abort()

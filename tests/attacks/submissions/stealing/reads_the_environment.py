"""Looks for tokens in the environment, its own and that of others."""
import ctypes
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def steal():
    attempt('reads the environment', lambda: set(os.environ) - {'LC_CTYPE'})
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_char_p
    for name in (b'HOME', b'PATH', b'CONVGRADE_TOKEN', b'GITHUB_TOKEN'):
        attempt('reads the environment', lambda: getenv(name))
    for pid in ('self', 1, os.getppid(), TARGET['parent']):
        attempt('reads an environment', lambda: open(f'/proc/{pid}/environ', 'rb').read())


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

"""Looks whether files of the machine are there, without opening them."""
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def steal():
    for path in (TARGET['secret'], '/etc/passwd', '/proc/self/exe'):
        attempt('sees a file', lambda: os.stat(path))
        attempt('sees a file', lambda: os.access(path, os.F_OK))
    attempt('sees a file', lambda: os.readlink('/proc/self/exe'))


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

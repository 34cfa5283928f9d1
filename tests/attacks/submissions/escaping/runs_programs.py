"""Runs other programs, with more rights where there are."""
import ctypes
import os
import subprocess
import sys

from base import TARGET, attempt, backward as conv_backward_naive, forward


def escape():
    for words in (['/usr/bin/sudo', '-n', 'id'], ['/bin/sh', '-c', ':'], [sys.executable, '-c', ''], ['/usr/bin/env']):
        attempt('runs a program', lambda: subprocess.run(words, capture_output=True, timeout=1).returncode == 0)
        attempt('runs a program', lambda: os.posix_spawn(words[0], words, {}))
    attempt('runs a program', lambda: os.system(':') == 0)
    libc = ctypes.CDLL(None)
    attempt('runs a program', lambda: libc.system(b':') == 0)
    attempt('becomes root', lambda: os.setuid(0) is None and os.getuid() == 0 and TARGET['is_weak'] is False)


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)

"""Looks for what another submission has left for it."""
import ctypes
import glob
import os
import socket

import numpy as np
from base import TARGET, attempt, backward as conv_backward_naive, forward


def steal():
    libc = ctypes.CDLL(None, use_errno=True)
    for folder in ('/tmp', '/dev/shm', '/var/tmp', '.', TARGET['folder']):
        attempt('finds a file', lambda: glob.glob(f'{folder}/convgrade-left-*'))
    attempt('finds shared memory', lambda: libc.shmget(0xC0FFEE, 0, 0) >= 0)
    attempt('finds a queue', lambda: libc.msgget(0xC0FFEE, 0) >= 0)
    attempt('finds a variable', lambda: os.environ.get('CONVGRADE_LEFT'))
    attempt('finds an attribute', lambda: getattr(np, 'left', None))
    attempt('finds an attribute', lambda: __import__('builtins').__dict__.get('left'))
    attempt('finds a flag', lambda: __import__('fcntl').fcntl(0, 3) & (os.O_NONBLOCK | os.O_APPEND))
    attempt('finds a socket', lambda: socket.socket(socket.AF_UNIX).connect('\0convgrade-left') is None)
    attempt('finds a place', lambda: os.lseek(0, 0, os.SEEK_CUR))


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

"""Fills every disk that it finds, and memory that looks like one."""
import os
import tempfile

import numpy as np

from base import TARGET, attempt, backward as conv_backward_naive, forward


def fill(descriptor):
    for _ in range(64):
        os.write(descriptor, bytes(1 << 20))
    return descriptor


def exhaust():
    for folder in ('.', '/tmp', '/dev/shm', TARGET['folder']):
        path = f'{folder}/convgrade-filled-{os.getpid()}'
        attempt('writes a file', lambda: fill(os.open(path, os.O_CREAT | os.O_WRONLY)))
        attempt('writes a file', lambda: os.truncate(path, 1 << 30) is None)
        attempt('writes a file', lambda: np.save(path, np.ones(10 ** 6)) is None)
    attempt('writes a file', lambda: fill(os.memfd_create('full')))
    attempt('writes a file', lambda: tempfile.TemporaryFile().write(b'x'))


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

"""Leaves something for the next submission wherever it may be found."""
import builtins
import ctypes
import fcntl
import os
import socket

import numpy as np
from base import TARGET, attempt, backward as conv_backward_naive, forward

KEPT = []


def leave(path):
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY))
    return path


def listen():
    server = socket.socket(socket.AF_UNIX)
    server.bind('\0convgrade-left')
    server.listen()
    KEPT.append(server)
    return True


def steal():
    libc = ctypes.CDLL(None, use_errno=True)
    for folder in ('/tmp', '/dev/shm', '/var/tmp', TARGET['folder']):
        attempt('leaves a file', lambda: leave(f'{folder}/convgrade-left-{os.getpid()}'))
    attempt('leaves shared memory', lambda: libc.shmget(0xC0FFEE, 64, 0o1666) >= 0)
    attempt('leaves a queue', lambda: libc.msgget(0xC0FFEE, 0o1666) >= 0)
    attempt('leaves a socket', listen)
    attempt('leaves a memory file', lambda: os.memfd_create('left') >= 0)
    os.environ['CONVGRADE_LEFT'] = 'left'
    np.left = builtins.left = 'left'
    fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

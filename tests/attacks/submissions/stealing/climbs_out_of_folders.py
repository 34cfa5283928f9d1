"""Goes up from every folder that it may read, and follows every link that it finds."""
import os
import sys

import numpy as np

from base import TARGET, attempt, backward as conv_backward_naive, forward


def read(path, folder):
    number = os.open(path, os.O_RDONLY, dir_fd=folder)
    return os.read(number, 100)


def conv_forward_naive(x, w, b, conv_param):
    up = '../' * 12
    secret = TARGET['secret'].lstrip('/')
    for start in (*sys.path, os.path.dirname(np.__file__), '/', '.', '/dev', '/proc/self/root', '/proc/1/root', '/proc/self/cwd'):
        try:
            folder = os.open(start, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            try:
                folder = os.open(start, os.O_PATH)
            except OSError:
                continue
        attempt('climbs out', lambda: read(up + secret, folder))
        attempt('climbs out', lambda: read('./' + up + 'etc/passwd', folder))
        attempt('changes there', lambda: os.fchdir(folder) or read(up + secret, None))
        attempt('makes it the root', lambda: os.chroot(start) is None)
    return forward(x, w, b, conv_param)

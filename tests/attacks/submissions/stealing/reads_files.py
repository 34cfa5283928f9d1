"""Reads the reference, the tests, the other submissions and the machine's files."""
import glob
import io
import os

import numpy as np
from base import TARGET, attempt, backward as conv_backward_naive, forward

FILES = (
    TARGET['secret'],
    *(f'{TARGET["package"]}/{name}' for name in ('reference/conv.py', 'pyproject.toml')),
    '/etc/passwd', '/etc/hostname', '/proc/version', '/proc/self/environ',
    '/proc/self/maps', '/proc/meminfo', '/sys/kernel/mm/transparent_hugepage/enabled',
)


def steal():
    for path in FILES:
        attempt('reads a file', lambda: open(path, 'rb').read(10))
        attempt('reads a file', lambda: io.FileIO(path).read(10))
        attempt('reads a file', lambda: os.pread(os.open(path, os.O_RDONLY), 10, 0))
        attempt('reads a file', lambda: np.fromfile(path, 'u1').size)
        attempt('reads a file', lambda: np.memmap(path, mode='r').size)
        attempt('reads a file', lambda: np.loadtxt(path, str).size)
    for folder in ('/etc', '/proc', TARGET['folder'], TARGET['package'], TARGET['folder'] + '/..'):
        # NumPy's own folder may be looked at, wherever it is installed.
        attempt('lists a folder', lambda: [n for n in os.listdir(folder) if 'numpy' not in n])
        attempt('lists a folder', lambda: glob.glob(f'{folder}/*.toml'))


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

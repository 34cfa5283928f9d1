"""Writes where Python will look for code: packages, caches, start-up files."""
import compileall
import glob
import os
import site
import sys
import sysconfig

import numpy as np

from base import TARGET, attempt, backward as conv_backward_naive, forward


def write(path):
    with open(path, 'a') as file:
        file.write('')
    return path


def escape():
    library, packages = sysconfig.get_paths()['stdlib'], TARGET['packages']
    for folder in (library, packages, os.path.dirname(np.__file__), TARGET['package']):
        for name in ('__init__.py', 'sitecustomize.py', 'convgrade-left-x.pth', '__pycache__/x.pyc'):
            attempt('writes code', lambda: write(f'{folder}/convgrade-left-{name}'))
        attempt('makes a folder', lambda: os.mkdir(f'{folder}/convgrade-left') is None)
    attempt('opens code', lambda: os.open(np.__file__, os.O_RDWR))
    attempt('opens code', lambda: os.open(os.__file__, os.O_WRONLY | os.O_APPEND))


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)

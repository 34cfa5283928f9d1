"""Hangs, and writes that it hangs in lines of nobody's, in colours."""
import os
import stat
import sys

from base import backward as conv_backward_naive


def wire():
    """Find the descriptor that replies go to, and the nonce that they must bear."""
    frame = sys._getframe()
    while not {"sink", "head"} <= set(frame.f_locals):
        frame = frame.f_back
    return frame.f_locals["sink"], frame.f_locals["head"].nonce


LINES = (
    'Current thread (most recent call first):',
    '  File "/etc/passwd", line 1 in root',
    '  File "layers.py", line 999999999 in \x1b[31m<b>100</b>',
    '  File "layers.py", line 1 in \x1b[31m<b>100</b>',
)


def conv_forward_naive(x, w, b, conv_param):
    sink, _ = wire()
    for number in range(3, 16):
        try:
            if number != sink and stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, '\n'.join((*LINES, '')).encode())
        except OSError:
            pass
    while True:
        pass

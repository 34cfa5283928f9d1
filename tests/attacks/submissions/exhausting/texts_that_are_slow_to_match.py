"""Prints and raises what patterns are slow to match: blanks, brackets, half escapes."""
import sys

from base import backward as conv_backward_naive

TEXTS = (' ' * 9000 + 'x', '\x1b[' * 3000, '\t \r' * 3000, '  File "' + '", line 1 in ' * 700, '(' * 9000, 'a\b' * 4000, '&' * 9000)


def conv_forward_naive(x, w, b, conv_param):
    for text in TEXTS:
        print(text)
        sys.stderr.write(text)
    raise ValueError(''.join(text[:280] for text in TEXTS))

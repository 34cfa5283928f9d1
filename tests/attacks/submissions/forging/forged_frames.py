"""Raises, and makes its worker quote lines of HTML, of a terminal's, and of nobody."""
import sys

from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    describe, plain = (sys.modules[f'convgrade_worker.{n}'] for n in ('describe', 'plain'))
    text = '<script>alert(1)</script>\x1b[2J\x9b\u202e{unit}{0}%s'
    lines = tuple(plain.Frame(name, line, text, text) for name in ('layers.py', '/etc/passwd', text) for line in (0, 2 ** 32 - 1))
    describe.raised = lambda error, sources: plain.Raised(text, text, lines)
    raise ValueError

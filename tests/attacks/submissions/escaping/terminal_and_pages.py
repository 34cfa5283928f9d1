"""Prints what would take a terminal or a page over."""
from base import TARGET, attempt, backward as conv_backward_naive, forward


def escape():
    print('\x1b[2J\x1b]0;owned\x07\x1b]52;c;cm0gLXJm\x07\x9b31m')
    print('<script>alert(1)</script><img src=x onerror=alert(1)>&lt;')
    print('::error file=x::owned\n::stop-commands::x\n![x](javascript:alert(1))')
    print(']]><testcase/>\u202e\u2066\u200b\x00\x08\r\x85\u2028')
    raise ValueError('\x1b[2J<script>alert(1)</script>]]>::error::\u202e{0}{x}%s')


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)

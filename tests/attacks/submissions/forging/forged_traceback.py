"""Raises with a traceback that claims lines and files which are not there."""
import sys
import types

from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    code = compile('raise ValueError', 'layers.py', 'exec')
    code = code.replace(co_name='\x1b[31m' + 'n' * 10 ** 6, co_filename='layers.py')
    try:
        exec(code)
    except ValueError as error:
        trace = error.__traceback__
        for line in (-1, 0, 2 ** 31 - 1):
            trace = types.TracebackType(trace, trace.tb_frame, 0, line)
        raise ValueError('passed').with_traceback(trace)

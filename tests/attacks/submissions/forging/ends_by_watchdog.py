"""Is ended from a thread that is none of Python's, while it waits."""
import faulthandler
import time

from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    faulthandler.dump_traceback_later(0.01, exit=True)
    time.sleep(1000)

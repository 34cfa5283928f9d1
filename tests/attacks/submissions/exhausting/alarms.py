"""Has a timer interrupt the worker again and again, with an exception."""
import signal

from base import TARGET, attempt, backward as conv_backward_naive, forward


def interrupt(*arguments):
    raise MemoryError('passed')


def exhaust():
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

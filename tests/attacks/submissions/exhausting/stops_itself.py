"""Stops itself, so that it neither runs nor ends."""
import os
import signal

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    attempt('signals itself', lambda: os.kill(os.getpid(), signal.SIGSTOP))
    attempt('signals itself', lambda: signal.raise_signal(signal.SIGSTOP))
    signal.sigwait({signal.SIGSTOP, signal.SIGTERM})


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

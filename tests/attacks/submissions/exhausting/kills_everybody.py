"""Sends signals to everybody, and to the grader in particular."""
import os
import signal

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    if TARGET['may_kill']:
        for pid in (-1, 0, 1, os.getppid(), TARGET['parent'], -TARGET['parent']):
            for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGUSR1):
                attempt('sends a signal', lambda: os.kill(pid, number) is None)
    for pid in (TARGET['parent'], os.getppid() or 1):
        attempt('could send a signal', lambda: os.kill(pid, 0) is None)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

"""Raises its limits."""
import resource

from base import TARGET, attempt, backward as conv_backward_naive, forward

LIMITS = ('RLIMIT_AS', 'RLIMIT_CPU', 'RLIMIT_FSIZE', 'RLIMIT_NOFILE', 'RLIMIT_CORE')


def exhaust():
    for name in LIMITS:
        number = getattr(resource, name)
        soft, hard = resource.getrlimit(number)
        for wanted in (resource.RLIM_INFINITY, hard + 1):
            attempt('raises a limit', lambda: resource.setrlimit(number, (wanted, wanted)) is None)
            attempt('raises a limit', lambda: resource.prlimit(TARGET['parent'], number, (1, 1)))


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)

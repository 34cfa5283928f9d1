"""Asks for sockets of every family that the kernel knows."""
import socket

from base import attempt, backward as conv_backward_naive, forward


def conv_forward_naive(x, w, b, conv_param):
    for family in range(1, 46):
        for kind in (1, 2, 3, 5):
            attempt('has a socket', lambda: socket.socket(family, kind, 0).fileno() and (family, kind))
        attempt('has a pair', lambda: socket.socketpair(family) and family)
    return forward(x, w, b, conv_param)

"""Calls servers over every kind of socket."""
import socket

from base import TARGET, attempt, backward as conv_backward_naive, forward


def call(family, kind, address):
    with socket.socket(family, kind) as caller:
        caller.settimeout(0.2)
        caller.connect(address)
        caller.send(b'attack')
        return True


def escape():
    tcp, udp = ('127.0.0.1', TARGET['tcp']), ('127.0.0.1', TARGET['udp'])
    attempt('connects', lambda: call(socket.AF_INET, socket.SOCK_STREAM, tcp))
    attempt('sends', lambda: call(socket.AF_INET, socket.SOCK_DGRAM, udp))
    attempt('connects', lambda: call(socket.AF_INET6, socket.SOCK_STREAM, ('::1', TARGET['tcp'])))
    attempt('connects', lambda: call(socket.AF_UNIX, socket.SOCK_STREAM, TARGET['unix']))
    attempt('connects', lambda: call(socket.AF_UNIX, socket.SOCK_STREAM, '\0' + TARGET['abstract']))
    attempt('looks up', lambda: call(socket.AF_INET, socket.SOCK_STREAM, ('localhost', TARGET['tcp'])))
    for family, kind, protocol in ((socket.AF_INET, socket.SOCK_RAW, 1), (17, 3, 768), (16, 3, 0), (40, 1, 0), (38, 5, 0)):
        attempt('makes a socket', lambda: socket.socket(family, kind, protocol).fileno() >= 0)
    attempt('listens', lambda: socket.create_server(('127.0.0.1', 0)).fileno() >= 0)
    attempt('makes a pair', lambda: socket.socketpair()[0].fileno() >= 0)


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)

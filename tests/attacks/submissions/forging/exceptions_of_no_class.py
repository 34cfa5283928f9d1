"""Raises what lies about its class, its arguments, its traceback and its name."""
from base import backward as conv_backward_naive


def refuse(self, *arguments):
    raise SystemExit(0)


class Meta(type):
    __instancecheck__ = __subclasscheck__ = __eq__ = __repr__ = __getattribute__ = refuse
    __hash__ = type.__hash__
    __name__ = property(refuse)


class Evil(BaseException, metaclass=Meta):
    __class__ = args = __traceback__ = __cause__ = __context__ = __dict__ = property(refuse)
    __str__ = __repr__ = __getattribute__ = __reduce__ = with_traceback = refuse


def conv_forward_naive(x, w, b, conv_param):
    raise Evil

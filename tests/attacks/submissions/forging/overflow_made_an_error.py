"""Has NumPy raise where its worker turns long numbers into shorter ones."""
import numpy as np

from base import backward as conv_backward_naive


def conv_forward_naive(x, w, b, conv_param):
    np.seterr(all='raise')
    return np.full(x.shape, np.longdouble('1e4000')), None

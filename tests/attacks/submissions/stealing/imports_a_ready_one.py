"""Takes a ready convolution from where there is one."""
import importlib

from base import TARGET, attempt, backward as conv_backward_naive, forward


def steal():
    for name in ('scipy.signal', 'torch', 'tensorflow', 'jax', 'cv2', 'skimage', 'numba', 'pip', 'setuptools'):
        attempt('imports', lambda: importlib.import_module(name))


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)

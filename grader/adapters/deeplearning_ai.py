"""deeplearning.ai's convolution: images (m, H, W, C), kernels (f, f, C_prev, C).

`conv_forward(A_prev, W, b, hparameters)` gives Z and a cache, `conv_backward(dZ,
cache)` gives dA_prev, dW, db; b is (1, 1, 1, C). The contract is for square kernels
and leaves a remainder out: `remainder = "floor"`, `square_kernels = true`.
"""

FORWARD = "conv_forward"
BACKWARD = "conv_backward"


def forward(student, x, w, b, options):
    """Call the student's forward; views, so that a change in place is seen."""
    images = _moved(x, (0, 2, 3, 1))
    kernels = _moved(w, (2, 3, 1, 0))
    result = getattr(student, FORWARD)(images, kernels, b.reshape(1, 1, 1, -1), options)
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return result  # whoever judges says what is wrong with it
    out, cache = result
    return _moved(out, (0, 3, 1, 2)), cache


def backward(student, dout, cache):
    """Call the student's backward with a gradient in its own layout."""
    result = getattr(student, BACKWARD)(_moved(dout, (0, 2, 3, 1)), cache)
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        return result
    dx, dw, db = result
    if getattr(db, "shape", ())[:3] == (1, 1, 1):
        db = db.reshape(-1)
    return _moved(dx, (0, 3, 1, 2)), _moved(dw, (3, 2, 0, 1)), db


def _moved(array, order):
    """Return a view with its axes in this order; what is no such array stays."""
    if getattr(array, "ndim", None) != len(order):
        return array
    return array.transpose(order)

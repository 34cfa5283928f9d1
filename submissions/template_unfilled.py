import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    """
    The forward pass of a convolutional layer, without worrying about speed.

    Each of N images has C channels, height H and width W. Each of F filters
    covers all C channels and is HH high and WW wide.

    Input:
    - x: images, shape (N, C, H, W)
    - w: filter weights, shape (F, C, HH, WW)
    - b: one bias per filter, shape (F,)
    - conv_param: a dictionary with
      - 'stride': how many pixels the window moves between two outputs
      - 'pad': how many zeros are put on each of the four sides

    Do not change x itself.

    Returns a tuple of:
    - out: shape (N, F, H', W') where
      H' = 1 + (H + 2 * pad - HH) / stride
      W' = 1 + (W + 2 * pad - WW) / stride
    - cache: (x, w, b, conv_param)
    """
    out = None
    ###########################################################################
    # TODO: write the forward pass here. np.pad is a help.                    #
    ###########################################################################
    pass
    ###########################################################################
    #                            END OF YOUR CODE                             #
    ###########################################################################
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    """
    The backward pass of a convolutional layer, without worrying about speed.

    Input:
    - dout: gradient of the loss with respect to out
    - cache: (x, w, b, conv_param), as conv_forward_naive left it

    Returns a tuple of:
    - dx: gradient with respect to x
    - dw: gradient with respect to w
    - db: gradient with respect to b
    """
    dx, dw, db = None, None, None
    ###########################################################################
    # TODO: write the backward pass here.                                     #
    ###########################################################################
    pass
    ###########################################################################
    #                            END OF YOUR CODE                             #
    ###########################################################################
    return dx, dw, db

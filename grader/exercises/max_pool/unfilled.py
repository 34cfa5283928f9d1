"""The functions of max-pooling as a student finds them, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EN: Final = '''
def max_pool_forward_naive(x, pool_param):
    """
    The forward pass of a max-pooling layer, without worrying about speed.

    Input:
    - x: images, shape (N, C, H, W)
    - pool_param: a dictionary with
      - 'pool_height': the height of a window
      - 'pool_width': the width of a window
      - 'stride': how many pixels the window moves between two outputs

    Do not change x itself. Nothing is padded.

    Returns a tuple of:
    - out: the maximum of every window, shape (N, C, H', W') where
      H' = 1 + (H - pool_height) / stride
      W' = 1 + (W - pool_width) / stride
    - cache: (x, pool_param)
    """
    out = None
    ###########################################################################
    # TODO: write the forward pass here.                                      #
    ###########################################################################
    pass
    ###########################################################################
    #                            END OF YOUR CODE                             #
    ###########################################################################
    cache = (x, pool_param)
    return out, cache


def max_pool_backward_naive(dout, cache):
    """
    The backward pass of a max-pooling layer, without worrying about speed.

    Input:
    - dout: gradient of the loss with respect to out, shape (N, C, H', W')
    - cache: (x, pool_param), as max_pool_forward_naive left it

    Returns:
    - dx: gradient with respect to x, with the shape of x
    """
    dx = None
    ###########################################################################
    # TODO: write the backward pass here.                                     #
    ###########################################################################
    pass
    ###########################################################################
    #                            END OF YOUR CODE                             #
    ###########################################################################
    return dx
'''

KO: Final = '''
def max_pool_forward_naive(x, pool_param):
    """
    최대 풀링 층의 순전파입니다. 속도는 신경 쓰지 않아도 됩니다.

    입력:
    - x: 이미지, shape (N, C, H, W)
    - pool_param: 다음을 담은 딕셔너리
      - 'pool_height': 윈도우의 높이
      - 'pool_width': 윈도우의 너비
      - 'stride': 이웃한 두 출력 사이에서 윈도우가 움직이는 픽셀 수

    x 자체는 바꾸지 마세요. 패딩은 없습니다.

    다음 튜플을 돌려줍니다:
    - out: 각 윈도우의 최댓값, shape (N, C, H', W'), 여기서
      H' = 1 + (H - pool_height) / stride
      W' = 1 + (W - pool_width) / stride
    - cache: (x, pool_param)
    """
    out = None
    ###########################################################################
    # TODO: 순전파를 여기에 작성하세요.                                       #
    ###########################################################################
    pass
    ###########################################################################
    #                            여기까지 작성합니다                          #
    ###########################################################################
    cache = (x, pool_param)
    return out, cache


def max_pool_backward_naive(dout, cache):
    """
    최대 풀링 층의 역전파입니다. 속도는 신경 쓰지 않아도 됩니다.

    입력:
    - dout: out에 대한 손실의 그래디언트, shape (N, C, H', W')
    - cache: max_pool_forward_naive가 남긴 (x, pool_param)

    다음을 돌려줍니다:
    - dx: x에 대한 그래디언트, x와 같은 shape
    """
    dx = None
    ###########################################################################
    # TODO: 역전파를 여기에 작성하세요.                                       #
    ###########################################################################
    pass
    ###########################################################################
    #                            여기까지 작성합니다                          #
    ###########################################################################
    return dx
'''

UNFILLED: Final[Mapping[str, str]] = {"en": EN.strip(), "ko": KO.strip()}

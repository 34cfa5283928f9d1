"""The functions of the affine layer as a student finds them, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EN: Final = '''
def affine_forward(x, w, b):
    """
    The forward pass of an affine (fully connected) layer.

    Each of N images has D = d_1 * ... * d_k numbers.

    Input:
    - x: images, shape (N, d_1, ..., d_k)
    - w: weights, shape (D, M)
    - b: one bias per output, shape (M,)

    Do not change x, w or b themselves.

    Returns a tuple of:
    - out: shape (N, M)
    - cache: (x, w, b)
    """
    out = None
    ###########################################################################
    # TODO: write the forward pass here.                                      #
    ###########################################################################
    pass
    ###########################################################################
    #                            END OF YOUR CODE                             #
    ###########################################################################
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """
    The backward pass of an affine (fully connected) layer.

    Input:
    - dout: gradient of the loss with respect to out, shape (N, M)
    - cache: (x, w, b), as affine_forward left it

    Returns a tuple of:
    - dx: gradient with respect to x, with the shape of x
    - dw: gradient with respect to w, with the shape of w
    - db: gradient with respect to b, with the shape of b
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
'''

KO: Final = '''
def affine_forward(x, w, b):
    """
    아핀(완전 연결) 층의 순전파입니다.

    이미지 N장은 각각 D = d_1 * ... * d_k개의 수로 되어 있습니다.

    입력:
    - x: 이미지, shape (N, d_1, ..., d_k)
    - w: 가중치, shape (D, M)
    - b: 출력마다 하나씩 있는 편향, shape (M,)

    x, w, b 자체는 바꾸지 마세요.

    다음 튜플을 돌려줍니다:
    - out: shape (N, M)
    - cache: (x, w, b)
    """
    out = None
    ###########################################################################
    # TODO: 순전파를 여기에 작성하세요.                                       #
    ###########################################################################
    pass
    ###########################################################################
    #                            여기까지 작성합니다                          #
    ###########################################################################
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """
    아핀(완전 연결) 층의 역전파입니다.

    입력:
    - dout: out에 대한 손실의 그래디언트, shape (N, M)
    - cache: affine_forward가 남긴 (x, w, b)

    다음 튜플을 돌려줍니다:
    - dx: x에 대한 그래디언트, x와 같은 shape
    - dw: w에 대한 그래디언트, w와 같은 shape
    - db: b에 대한 그래디언트, b와 같은 shape
    """
    dx, dw, db = None, None, None
    ###########################################################################
    # TODO: 역전파를 여기에 작성하세요.                                       #
    ###########################################################################
    pass
    ###########################################################################
    #                            여기까지 작성합니다                          #
    ###########################################################################
    return dx, dw, db
'''

UNFILLED: Final[Mapping[str, str]] = {"en": EN.strip(), "ko": KO.strip()}

"""Every named mistake of the affine layer, the likelier ones first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.exercise import says
from grader.misconceptions import Misconception
from reference import affine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from grader.calls import Array
    from grader.misconceptions import WrongAnswer
    from grader.records import Message

    Ways: TypeAlias = Callable[["Given"], Array]

VALUE_CRITERION: Final = {
    "out": "forward.value",
    "dx": "backward.dx",
    "dw": "backward.dw",
    "db": "backward.db",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The arrays of one case."""

    x: Array  # (N, d_1, …, d_k)
    w: Array  # (D, M)
    b: Array  # (M,)
    dout: Array  # (N, M)

    @property
    def rows(self) -> Array:
        """Return x as (N, D), each image row by row."""
        return self.x.reshape(len(self.x), -1)

    @property
    def columns(self) -> Array:
        """Return x as (N, D), each image read the other way round."""
        return self.x.reshape(len(self.x), -1, order="F")

    def but(self, **changes: Array) -> Given:
        """Return the case with some arrays replaced."""
        return replace(self, **changes)

    def out(self) -> Array:
        """Return the right out."""
        return affine.forward(self.x, self.w, self.b)

    def dx(self) -> Array:
        """Return the right gradient of x."""
        return affine.backward(self.dout, self.x, self.w)[0]

    def dw(self) -> Array:
        """Return the right gradient of w."""
        return affine.backward(self.dout, self.x, self.w)[1]

    def db(self) -> Array:
        """Return the right gradient of b."""
        return affine.backward(self.dout, self.x, self.w)[2]


def _look(name: str, en: str, ko: str) -> Message:
    return says(f"affine.look.{name}", en=en, ko=ko)


BIAS: Final = _look(
    "bias",
    "Where does b enter, and with which sign?",
    "b는 어디에 어떤 부호로 들어가나요?",
)
FLATTEN: Final = _look(
    "flatten",
    "Write down a small x of shape (2, 2, 3). Which numbers stand in row 0 once it is"
    " (2, 6)?",
    "shape가 (2, 2, 3)인 작은 x를 적어 보세요. (2, 6)으로 바꾸면 0번째 행에는 어떤"
    " 수들이 있나요?",
)
PRODUCT: Final = _look(
    "product",
    "Write down one number of out as a sum: which axis is summed over?",
    "out의 수 하나를 합으로 적어 보세요. 어느 축에 대해 더하나요?",
)
SHAPE: Final = _look(
    "shape",
    "A gradient has the shape of what it belongs to. Which shape is that here?",
    "그래디언트의 shape는 그것이 속한 배열과 같습니다. 여기서는 어떤 shape인가요?",
)
IMAGES: Final = _look(
    "images",
    "Every image of the batch adds to this gradient. How do you put them together?",
    "배치의 모든 이미지가 이 그래디언트에 더해집니다. 어떻게 모으나요?",
)
CHAIN: Final = _look(
    "chain",
    "By how much does out change if this number grows by 1, and what is that times"
    " dout?",
    "이 수가 1 커지면 out은 얼마나 변하나요? 거기에 dout을 곱하면 무엇인가요?",
)


def mistake(
    name: str,
    *,
    en: str,
    ko: str,
    look: Message,
    also_kills: tuple[str, ...] = (),
    **answers: Ways,
) -> Misconception:
    """Return the misconception; it loses its tensors' values, and `also_kills`."""
    values = tuple(VALUE_CRITERION[tensor] for tensor in answers)
    return Misconception(
        name=name,
        answers={tensor: _from_arrays(way) for tensor, way in answers.items()},
        killed_by=values + also_kills,
        behaves_like=says(
            f"affine.misconception.{name}",
            en=f"{{tensor}} behaves exactly like {en}.",
            ko=f"{{tensor}}의 결과는 {ko} 것과 정확히 같습니다.",
        ),
        hint=look,
    )


def _from_arrays(way: Ways) -> WrongAnswer:
    def answer(
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        *,
        strict: bool,
    ) -> Array:
        del options, strict
        return way(Given(x=arrays["x"], w=arrays["w"], b=arrays["b"], dout=dout))

    return answer


def only(dout: Array, image: int) -> Array:
    """Return dout with zeros for all images but one."""
    left = np.zeros_like(dout)
    left[image] = dout[image]
    return left


MISCONCEPTIONS: Final[tuple[Misconception, ...]] = (
    mistake("bias_left_out", look=BIAS,
            en="leaving out the bias b",
            ko="편향 b를 빠뜨린",
            out=lambda g: g.out() - g.b),
    mistake("bias_subtracted", look=BIAS,
            en="subtracting the bias b",
            ko="편향 b를 뺀",
            out=lambda g: g.out() - 2 * g.b),
    mistake("bias_added_for_every_product", look=BIAS,
            en="adding the bias once for every product, not once for every output",
            ko="편향을 출력마다 한 번이 아니라 곱할 때마다 더한",
            out=lambda g: g.out() + (len(g.w) - 1) * g.b),
    mistake("images_read_by_columns", look=FLATTEN,
            en="reading each image column by column, with the first axis fastest",
            ko="이미지를 첫 번째 축이 가장 빨리 변하도록 열 순서로 읽은",
            out=lambda g: g.columns @ g.w + g.b),
    mistake("images_mixed", look=FLATTEN,
            en="making rows of x that mix the images",
            ko="x의 행에 여러 이미지의 수를 섞은",
            out=lambda g: g.x.reshape(-1, len(g.x)).T @ g.w + g.b),
    mistake("mean_for_sum", look=PRODUCT,
            en="taking the mean of the products, not their sum",
            ko="곱의 합이 아니라 평균을 구한",
            out=lambda g: (g.out() - g.b) / len(g.w) + g.b),
    mistake("relu_applied", look=PRODUCT,
            en="setting what is below 0 to 0 afterwards",
            ko="계산한 뒤 0보다 작은 값을 0으로 바꾼",
            out=lambda g: np.maximum(g.out(), 0)),
    mistake("dx_left_flat", look=SHAPE, also_kills=("backward.shape",),
            en="leaving dx as (N, D), not in the shape of x",
            ko="dx를 x의 shape로 되돌리지 않고 (N, D)로 둔",
            dx=lambda g: g.dout @ g.w.T),
    mistake("dx_by_columns", look=FLATTEN,
            en="putting dx into the shape of x column by column",
            ko="dx를 열 순서로 x의 shape에 넣은",
            dx=lambda g: (g.dout @ g.w.T).reshape(g.x.shape, order="F")),
    mistake("dx_without_dout", look=CHAIN,
            en="taking dout for 1 everywhere",
            ko="dout을 모두 1로 본",
            dx=lambda g: g.but(dout=np.ones_like(g.dout)).dx()),
    mistake("dx_divided_by_images", look=IMAGES,
            en="dividing by the number of images",
            ko="이미지 수로 나눈",
            dx=lambda g: g.dx() / len(g.x)),
    mistake("dw_by_columns", look=FLATTEN,
            en="reading each image column by column",
            ko="이미지를 열 순서로 읽은",
            dw=lambda g: g.columns.T @ g.dout),
    mistake("dw_transposed", look=SHAPE, also_kills=("backward.shape",),
            en="the transposed gradient, of shape (M, D)",
            ko="전치된, 즉 shape가 (M, D)인",
            dw=lambda g: g.dw().T),
    mistake("dw_divided_by_images", look=IMAGES,
            en="dividing by the number of images",
            ko="이미지 수로 나눈",
            dw=lambda g: g.dw() / len(g.x)),
    mistake("dw_of_the_last_image", look=IMAGES,
            en="keeping only what the last image gives",
            ko="마지막 이미지의 몫만 남긴",
            dw=lambda g: g.but(dout=only(g.dout, -1)).dw()),
    mistake("dw_without_dout", look=CHAIN,
            en="taking dout for 1 everywhere",
            ko="dout을 모두 1로 본",
            dw=lambda g: g.but(dout=np.ones_like(g.dout)).dw()),
    mistake("db_divided_by_images", look=IMAGES,
            en="taking the mean over the images, not the sum",
            ko="이미지에 대해 합이 아니라 평균을 구한",
            db=lambda g: g.db() / len(g.x)),
    mistake("db_of_the_last_image", look=IMAGES,
            en="keeping only what the last image gives",
            ko="마지막 이미지의 몫만 남긴",
            db=lambda g: g.dout[-1]),
    mistake("db_over_the_wrong_axis", look=SHAPE, also_kills=("backward.shape",),
            en="summing dout over its last axis",
            ko="dout을 마지막 축에 대해 더한",
            db=lambda g: g.dout.sum(axis=1)),
    mistake("db_with_an_axis_too_many", look=SHAPE, also_kills=("backward.shape",),
            en="the right sums in an array of shape (1, M)",
            ko="합은 맞지만 shape가 (1, M)인",
            db=lambda g: g.dout.sum(axis=0, keepdims=True)),
    mistake("db_not_summed", look=IMAGES, also_kills=("backward.shape",),
            en="dout itself, without a sum over the images",
            ko="이미지에 대해 더하지 않은 dout 그대로인",
            db=lambda g: g.dout),
    mistake("db_counts", look=CHAIN,
            en="counting images: dout is taken for 1 everywhere",
            ko="dout을 모두 1로 보고 이미지 수를 센",
            db=lambda g: np.full(g.b.shape, float(len(g.x)))),
    mistake("db_over_everything", look=SHAPE,
            en="one sum over all of dout for every output",
            ko="모든 출력에 dout 전체의 합을 준",
            db=lambda g: np.full(g.b.shape, g.dout.sum())),
)  # fmt: skip

"""Every named mistake of the convolution, the likelier ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.misconceptions.conv2d.dw_db import MISTAKES_OF_DW_DB
from grader.misconceptions.conv2d.dx import MISTAKES_OF_DX
from grader.misconceptions.conv2d.loops import SLIPS_OF_LOOPS
from grader.misconceptions.conv2d.out import VALUES_OF_OUT
from grader.misconceptions.conv2d.places import PLACES_IN_FORWARD

if TYPE_CHECKING:
    from grader.misconceptions import Misconception

MISCONCEPTIONS: Final[tuple[Misconception, ...]] = (
    *PLACES_IN_FORWARD,
    *VALUES_OF_OUT,
    *MISTAKES_OF_DX,
    *MISTAKES_OF_DW_DB,
    *SLIPS_OF_LOOPS,
)

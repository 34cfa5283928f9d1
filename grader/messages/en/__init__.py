"""Every sentence in English, one file for each part of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.messages.en import (
    comparing,
    explaining,
    judging,
    loading,
    misconceptions,
    pages,
    passing,
    regimes,
    reporting,
    running,
    starting,
    taking,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES: Final[Mapping[str, str]] = {
    **loading.TEMPLATES,
    **running.TEMPLATES,
    **starting.TEMPLATES,
    **judging.TEMPLATES,
    **regimes.TEMPLATES,
    **explaining.TEMPLATES,
    **misconceptions.TEMPLATES,
    **reporting.TEMPLATES,
    **pages.TEMPLATES,
    **passing.TEMPLATES,
    **taking.TEMPLATES,
    **working.TEMPLATES,
    **comparing.TEMPLATES,
}

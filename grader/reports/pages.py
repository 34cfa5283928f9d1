"""Make one HTML page that is whole in itself and that may not use the network."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.reports import numbers, wording
from grader.reports.compiled import Compiled
from grader.reports.foreign import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from grader.reports.words import Words

STYLE: Final = "page.css"


def load(template: str) -> Template:
    """Return the template, read once a process and kept compiled between them."""
    return _environment().get_template(template)


def page(template: str, *, words: Words, scripts: Sequence[str], **values: Any) -> str:  # noqa: ANN401 (what the template shows)
    """Return the page of this template; `scripts` are names of our own assets."""
    return load(template).render(
        t=words.label,
        say=words.say,
        language=words.language,
        policy=_policy(scripts),
        style=Markup(_asset(STYLE)),  # noqa: S704 (our own file)
        scripts=[Markup(_asset(name)) for name in scripts],  # noqa: S704 (the same)
        **values,
    )


def _policy(scripts: Sequence[str]) -> str:
    """Return a Content-Security-Policy that runs these scripts and loads nothing.

    A script that a submission would smuggle in has another digest, and is not run
    even if our escaping failed.
    """
    allowed = " ".join(f"'sha256-{_digest(name)}'" for name in scripts)
    style = f"'sha256-{_digest(STYLE)}'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {style};"
        " base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    """Return the one environment."""
    environment = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(Path(__file__).read_bytes()),
    )
    for write in (
        numbers.number_text,
        numbers.seconds_text,
        numbers.shape_text,
    ):
        environment.filters[write.__name__.removesuffix("_text")] = write
    environment.filters["points"] = wording.points
    environment.filters["breakable"] = _breakable
    return environment


def _shown(value: object) -> object:
    """Return a text without characters that act or hide; autoescape does the rest."""
    is_text = isinstance(value, str) and not isinstance(value, Markup)
    return visible(str(value)) if is_text else value


def _breakable(name: str) -> Markup:
    """Return a dotted name that may be broken where a reader would break it."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(escape(visible(name)))))  # noqa: S704 (escaped before)


@cache
def _asset(name: str) -> str:
    folder = resources.files("grader.reports") / "assets"
    return (folder / name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return base64.b64encode(digest).decode()

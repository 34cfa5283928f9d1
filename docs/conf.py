"""Tell Sphinx how to build these pages: `sphinx-build -W --keep-going docs site`."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "convgrade"
copyright = "the authors of convgrade"  # noqa: A001 (Sphinx reads this name)
release = version_of("convgrade")

myst_enable_extensions = ["attrs_inline"]
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "live",
]
myst_heading_anchors = 3
exclude_patterns = ["_extensions"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_use_type_comments = False
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"convgrade {release}"
html_static_path = ["_static"]
html_css_files = ["page.css"]
html_copy_source = False

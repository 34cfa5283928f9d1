from __future__ import annotations

import base64
import hashlib
import html
import re

import pytest
import reports

from grader.reports import class_rows, to_class, to_html

PAGES = {
    "submission": to_html.render(reports.hostile()),
    "class": to_class.render(class_rows.class_list([(reports.hostile(), "a.html")])),
}


def policy_of(page: str) -> str:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    return html.unescape(policy)


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_runs_the_scripts_of_the_page_and_no_others(name: str) -> None:
    page = PAGES[name]
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in scripts
    }
    allowed = policy_of(page).split("script-src ")[1].split(";")[0]
    assert set(re.findall(r"'sha256-([^']*)'", allowed)) == digests


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_forbids_the_network(name: str) -> None:
    policy = policy_of(PAGES[name])
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_written_in_utf8(name: str) -> None:
    assert PAGES[name].encode("utf-8")

"""Sentences in Korean: the staff's page of functions that are the same."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "page.same_code.title": "같은 코드",
    "page.same_code.about": (
        "이름, 주석, docstring, 서식의 차이를 빼고 보면 서로 같은 함수들입니다."
        " 이것만으로는 어떻게 같아졌는지 알 수 없습니다. 강의에서 다룬 반복문을 그대로"
        " 따라 쓰면 같은 프로그램이 됩니다."
    ),
    "page.same_code.staff": "교수자와 조교만 보는 페이지입니다. 템플릿과 제공된 파일은 비교하지 않았습니다.",
    "page.same_code.group": "{function}: 제출물 {count}개가 같습니다",
    "page.same_code.code": "{name}의 코드",
    "page.same_code.diff": "{first}와(과) {other}: 작성된 모습의 차이",
    "page.same_code.no_difference": "한 글자도 다르지 않습니다.",
    "page.same_code.none": "두 제출물에서 같은 함수는 없습니다.",
}

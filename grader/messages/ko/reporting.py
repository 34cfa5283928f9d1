"""Sentences in Korean: the words around a report, in the terminal and on pages."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "criterion.hygiene.inputs_unchanged": "입력 보존",
    "report.right": "맞음",
    "report.right_by_own_forward": "작성한 forward에 대해 맞음",
    "report.wrong": "틀림",
    "report.wrong_when": "다음 조건에서 틀림: {condition}",
    "report.wrong_when_both": "다음 두 조건이 함께일 때 틀림: {first}, {second}",
    "report.wrong_when_either": "다음 두 조건 중 하나일 때 틀림: {first}, {second}",
    "report.wrong_in_kinds": "경우 {kinds}가지 중 {wrong}가지에서 틀림",
    "report.wrong_in_all_kinds": "모든 경우에서 틀림",
    "report.wrong_in_cases": "경우 {cases}개 중 {wrong}개에서 틀림",
    "report.not_run": "경우 {cases}개 중 {unrun}개는 실행하지 않음",
    "report.ended_and_not_run": "경우 {cases}개 중 {wrong}개에서 답이 없음, {unrun}개는 실행하지 않음",
    "report.wrong_and_not_run": "경우 {cases}개 중 {wrong}개에서 틀림, {unrun}개는 실행하지 않음",
    "report.nothing_to_judge": "답이 없는 경우에는 판단할 것이 없음",
    "report.no_right_shape": "shape이 맞는 답이 없는 경우에는 점수가 없음",
    "report.changed_and_nothing": "경우 {cases}개 중 {wrong}개에서 틀림, {nothing}개는 판단할 것이 없음",
    "report.not_judged": "채점하지 못함",
    "report.set_by_instructor": "담당 교수가 정한 점수",
    "report.set_by_instructor_because": "담당 교수가 정한 점수: {comment}",
    "report.nothing_handed_in": "제출한 파일이 없습니다",
    "report.smallest_case": "{criterion}이(가) 틀리는 가장 작은 경우",
    "report.hung_case": "제시간에 끝나지 않는 경우",
    "report.expected": "올바른 {tensor}",
    "report.got": "제출한 코드의 {tensor}",
    "report.brackets": "[ ] 안의 수가 틀린 값입니다.",
    "report.cut": "{name} {shape}: 일부만 보여 줍니다.",
    "report.one_wrong_number": (
        "{tensor}{index}의 값은 {expected}이어야 하는데 {got}입니다. 차이: {difference}"
    ),
    "report.looks_at": "out{index}이(가) 보는 픽셀",
    "report.should_look_at": "보아야 하는 픽셀",
    "report.printed": "프로그램이 출력한 내용:",
    "report.reproduce": "convgrade 없이 직접 확인하려면:",
    "report.of_layer": "{layer}: {said}",
    "report.comment": "담당 교수의 말: {comment}",
    "batch.broke": (
        "채점하지 못했습니다: convgrade에 문제가 생겼습니다({reason}). "
        "저희 잘못이며 감점은 없습니다."
    ),
}

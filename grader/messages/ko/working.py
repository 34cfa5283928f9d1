"""Sentences in Korean: what changed since the last look, and in a notebook."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "change.none": "점수에는 변화가 없습니다.",
    "change.score_up": "이전 {before}, 지금 {after}: {step}점 올랐습니다.",
    "change.score_down": "이전 {before}, 지금 {after}: {step}점 내려갔습니다.",
    "change.score_blank": "이전 {before}, 지금 {after}.",
    "change.points": "{criterion}: 이전 {before}점, 지금 {after}점 ({now})",
    "change.standing": "{criterion}: 이전에는 {was}, 지금은 {now}",
    "watch.waiting": "{file}의 변경을 기다립니다. 끝내려면 Ctrl-C를 누르세요.",
    "watch.gone": "{file} 파일이 없습니다. 다시 생기기를 기다립니다.",
    "notebook.this": "이 노트북",
    "notebook.only_here": "여기서는 되지만 제출하면 실패합니다. {names}은(는) 이 커널에만 있습니다. {file}에서 함수와 함께 정의하고 저장하세요.",
    "notebook.only_heres": "여기서는 되지만 제출하면 실패합니다. 다음 이름은 이 커널에만 있습니다: {names}. {file}에서 함수와 함께 정의하고 저장하세요.",
    "notebook.worse_there": "여기서는 되지만 제출하면 실패합니다. 이 커널에서는 {here}, 새 프로세스에서는 {there}입니다.",
    "notebook.worse_there_because": "여기서는 되지만 제출하면 실패합니다. 이 커널에서는 {here}, 새 프로세스에서는 {there}입니다. {why}",
    "notebook.better_there": "{file}을(를) 제출하면 {there}이지만 이 커널에서는 {here}입니다. 커널을 다시 시작하고 모든 셀을 실행하세요.",
    "notebook.changed": "{file}이(가) import된 뒤에 바뀌었습니다. 이 커널은 아직 이전 내용을 실행합니다. 채점 대상은 파일입니다. 여기서도 실행하려면 커널을 다시 시작하세요.",
    "notebook.unsaved": "저장된 {file}에는 지금의 {names}이(가) 없습니다. 제출하기 전에 노트북을 저장하세요. 실행한 셀을 기준으로 채점했습니다.",
    "notebook.not_run_here": "멈추지 않거나 프로세스를 끝내는 코드이므로 별도의 프로세스에서만 실행했고, 이 커널은 그대로 두었습니다.",
    "notebook.no_source": "이 함수들의 소스가 있는 파일이나 셀을 찾지 못해 이 커널에서만 확인했습니다. 제출물은 소스로 채점합니다.",
    "notebook.other_name": "{here}을(를) {official}(으)로 보고 확인했습니다. 제출할 때 인정되는 이름은 {official}입니다.",
}

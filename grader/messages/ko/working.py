"""Sentences in Korean: what changed since the last look."""

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
}

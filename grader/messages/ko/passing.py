"""Sentences in Korean: to which pixels a gradient is passed."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "passing.nothing": "어느 출력 픽셀도 {tensor}에 아무것도 전달하지 않습니다.",
    "passing.exchanged": "i행 j열의 출력 픽셀이 {tensor}에 전달해야 할 값이 j행 i열의 출력 픽셀에서 옵니다.",
    "passing.channels": "{tensor}의 채널 {wanted}개 중 {seen}개만 값을 받습니다.",
    "passing.turned": "출력 픽셀마다 커널이 180도 돌아간 채로 {tensor}에 전달됩니다.",
    "passing.upside_down": "출력 픽셀마다 커널의 위아래가 뒤집힌 채로 {tensor}에 전달됩니다.",
    "passing.mirrored": "출력 픽셀마다 커널의 좌우가 뒤집힌 채로 {tensor}에 전달됩니다.",
    "passing.transposed": "출력 픽셀마다 커널의 행과 열이 바뀐 채로 {tensor}에 전달됩니다.",
    "passing.starts": "{tensor}에 더해지는 윈도우가 패딩된 이미지의 {axis} {expected}에서 시작해야 하는데 {got}에서 시작합니다.",
    "passing.unfilled": "일부 출력 픽셀은 {tensor}에 아무것도 전달하지 않습니다. 예를 들어 필터 {filter}의 {row}행 {column}열이 그렇고, 나머지는 자기 윈도우에 올바르게 전달합니다.",
    "passing.shifted": "각 출력 픽셀이 {tensor}에서 {shift}으로 어긋난 곳에 전달합니다.",
    "passing.fewer": "{row}행 {column}열의 출력 픽셀은 {tensor}에서 자기 윈도우의 픽셀 {wanted}개 중 {looked}개에만 전달하며, 그 몫은 맞습니다.",
    "passing.scaled": "모든 출력 픽셀이 {tensor}에 전달하는 값이 맞는 값의 {factor:g}배입니다.",
    "passing.other_filter": "{filter}번 필터의 출력 픽셀이 {other}번 필터의 가중치를 {tensor}에 전달합니다.",
    "passing.other_channel": "{tensor}의 {channel}번 채널에 {other}번 채널의 가중치가 전달됩니다.",
    "passing.reweighted": "출력 픽셀마다 {tensor}의 올바른 픽셀에 전달하지만 가중치가 다릅니다.",
    "passing.some": "{row}행 {column}열의 출력 픽셀은 {tensor}의 픽셀 {wanted}개에 전달해야 하는데, 그중 {shared}개에만 전달합니다.",
    "passing.other": "{row}행 {column}열의 출력 픽셀은 {tensor}의 픽셀 {wanted}개에 전달해야 하는데, 그중 {shared}개와 윈도우 밖의 픽셀 {beside}개에 전달합니다.",
    "passing.beside": "{row}행 {column}열의 출력 픽셀은 윈도우에 패딩밖에 없는데, {tensor}의 픽셀 {beside}개에 전달합니다.",
}

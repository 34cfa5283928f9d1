"""Sentences in Korean: what a gradient of the weights takes in."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "taking.nothing": "어느 출력 픽셀도 {tensor}에 아무것도 더하지 않습니다.",
    "taking.exchanged": "i행 j열의 출력 픽셀이 {tensor}에 더해야 할 값이 j행 i열의 출력 픽셀에 대해 더해집니다.",
    "taking.channels": "x의 채널 {wanted}개 중 {seen}개만 {tensor}에 반영됩니다.",
    "taking.turned": "출력 픽셀마다 x의 윈도우가 180도 돌아간 채로 {tensor}에 더해집니다.",
    "taking.upside_down": "출력 픽셀마다 x의 윈도우가 위아래로 뒤집힌 채로 {tensor}에 더해집니다.",
    "taking.mirrored": "출력 픽셀마다 x의 윈도우가 좌우로 뒤집힌 채로 {tensor}에 더해집니다.",
    "taking.transposed": "출력 픽셀마다 x의 윈도우가 행과 열이 바뀐 채로 {tensor}에 더해집니다.",
    "taking.starts": "{tensor}에 더해지는 x의 윈도우가 패딩된 이미지의 {axis} {expected}에서 시작해야 하는데 {got}에서 시작합니다.",
    "taking.unfilled": "일부 출력 픽셀은 {tensor}에 아무것도 더하지 않습니다. 예를 들어 필터 {filter}의 {row}행 {column}열이 그렇고, 나머지는 자기 윈도우를 올바르게 더합니다.",
    "taking.shifted": "각 출력 픽셀이 {tensor}에 더하는 x의 윈도우가 {shift}으로 어긋나 있습니다.",
    "taking.fewer": "{row}행 {column}열의 출력 픽셀은 자기 윈도우의 픽셀 {wanted}개 중 {looked}개만 {tensor}에 더하며, 그 자리는 맞습니다.",
    "taking.other_channel": "x의 {channel}번 채널의 픽셀이 {tensor}의 {other}번 채널에 더해집니다.",
    "taking.reweighted": "출력 픽셀마다 x의 올바른 픽셀을 {tensor}에 더하지만 커널 안의 자리가 다릅니다.",
    "taking.some": "{row}행 {column}열의 출력 픽셀은 x의 픽셀 {wanted}개를 {tensor}에 더해야 하는데, 그중 {shared}개만 더합니다.",
    "taking.other": "{row}행 {column}열의 출력 픽셀은 x의 픽셀 {wanted}개를 {tensor}에 더해야 하는데, 그중 {shared}개와 윈도우 밖의 픽셀 {beside}개를 더합니다.",
    "taking.beside": "{row}행 {column}열의 출력 픽셀은 윈도우에 패딩밖에 없는데, x의 픽셀 {beside}개를 {tensor}에 더합니다.",
    "taking.mixed": "필터 {filter}의 출력 픽셀이 {tensor}[{other}]에 반영됩니다. {tensor}[{filter}]에만 반영되어야 합니다.",
    "taking.left_out": "일부 출력 픽셀이 {tensor}에 반영되지 않습니다. 예를 들어 필터 {filter}의 {row}행 {column}열이 그렇습니다.",
    "taking.counted": "필터 {filter}의 {row}행 {column}열의 출력 픽셀이 {tensor}[{filter}]에 한 번이 아니라 {times}번 더해집니다.",
}

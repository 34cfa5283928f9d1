"""Sentences in Korean: what is wrong with an answer."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "call.raised": "{function} 실행 중 {error} 예외가 발생합니다: {text} (입력: {case}).",
    "call.raised_at": "{function} 실행 중 {error} 예외가 발생합니다: {text} ({unit} {line}번째 줄: {code}, 입력: {case}).",
    "call.timed_out": "{function} 함수가 {seconds:g}초 안에 끝나지 않았습니다 (입력: {case}).",
    "call.timed_out_at": "{function} 함수가 {seconds:g}초 안에 끝나지 않았습니다 (입력: {case}). 멈춘 곳은 {unit} {line}번째 줄입니다: {code}.",
    "call.died.signal": "{function} 실행 중 파이썬이 비정상 종료되었습니다 ({detail}, 입력: {case}).",
    "call.died.signal_at": "{function} 실행 중 {unit} {line}번째 줄에서 파이썬이 비정상 종료되었습니다 ({detail}): {code} (입력: {case}).",
    "call.died.exit": "{function} 함수가 파이썬 프로세스 전체를 끝냈습니다 ({detail}, 입력: {case}).",
    "call.died.exit_at": "{function} 함수가 {unit} {line}번째 줄에서 파이썬 프로세스 전체를 끝냈습니다 ({detail}): {code} (입력: {case}).",
    "call.died.protocol": "{function} 함수가 채점기의 통신 채널에 직접 썼습니다 ({detail}, 입력: {case}).",
    "call.died.protocol_at": "{function} 함수가 {unit} {line}번째 줄에서 채점기의 통신 채널에 직접 썼습니다 ({detail}, 입력: {case}).",
    "call.died.memory": "{function} 함수가 허용된 것보다 많은 메모리를 썼습니다 ({detail}, 입력: {case}).",
    "call.died.memory_at": "{function} 함수가 {unit} {line}번째 줄에서 허용된 것보다 많은 메모리를 썼습니다 ({detail}): {code} (입력: {case}).",
    "call.not_run": "앞에서 생긴 문제 때문에 {function} 함수를 실행하지 않았습니다 (입력: {case}).",
    "results.not_two": "{function} 함수의 반환값은 {got}입니다. out과 cache, 두 개를 반환해야 합니다.",
    "results.not_gradients": "{function} 함수의 반환값은 {got}입니다. 기울기 {count}개({names})를 반환해야 합니다.",
    "tensor.absent": "반환값에 {tensor} 항목이 없습니다.",
    "tensor.not_array": "{tensor}의 값은 {got}입니다. shape이 {expected}인 배열이어야 합니다.",
    "tensor.shape": "{tensor}의 shape은 {got}인데 {expected}이어야 합니다.",
    "tensor.dtype": "{tensor}의 dtype은 {dtype}인데 float64이어야 합니다.",
    "tensor.value": "{tensor}의 숫자 {size}개 중 {wrong}개가 틀립니다 (입력: {case}).",
    "tensor.not_finite": "{tensor}에 NaN이나 무한대가 있습니다 (입력: {case}).",
    "tensor.remembered": "{tensor} 값은 첫 번째 호출에서는 맞지만 shape이 같고 숫자가 다른 두 번째 호출에서는 틀립니다. 이전 호출의 값이 남아 있습니다.",
    "out.reused": "{function} 함수가 모든 결과를 같은 배열에 씁니다. 다시 호출하면 앞서 받은 out이 바뀝니다.",
    "out.constant": "{function} 함수는 입력이 달라도 항상 같은 out을 반환합니다.",
    "gradients.constant": "{function} 함수는 입력이 달라도 항상 같은 기울기를 반환합니다.",
    "inputs.changed": "{tensor} 값이 제자리에서 변경되었습니다. 호출한 쪽의 배열은 그대로 두어야 합니다.",
    "inputs.options_changed": "{tensor} 값이 변경되었습니다. 호출한 쪽의 옵션은 그대로 두어야 합니다.",
    "inputs.nothing_computed": "두 함수 모두 아무것도 계산하지 않으므로 점수를 줄 것이 없습니다.",
    "undecided.internal": "채점하지 못했습니다: 채점 프로그램 자체에 오류가 생겼습니다 ({reason}). 저희의 잘못이며 점수는 깎이지 않습니다.",
    "undecided.sandbox": "채점하지 못했습니다: 격리 환경에 문제가 생겼습니다 ({reason}). 저희의 잘못이며 점수는 깎이지 않습니다.",
}

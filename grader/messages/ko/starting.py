"""Sentences in Korean: how a program started, and notes on its points."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "session.whole_file": "함수에서 쓰는 이름을 {file} 파일을 읽어서는 찾지 못해 파일 전체를 실행했습니다.",
    "session.missing": "{file} 파일은 끝까지 실행되지만 {names} 함수가 남지 않습니다.",
    "session.documented_cache": "forward에서 예외가 발생한 경우에는 문서에 적힌 cache(forward의 인자 그대로)를 backward에 넘겼습니다.",
    "session.unexplained": "점수는 맞지만 설명을 만드는 데 실패했습니다 ({reason}). 저희의 잘못입니다.",
    "load.raised": "{function} 파일을 실행할 수 없습니다. {error} 예외가 발생합니다: {text}.",
    "load.raised_at": "{function} 파일을 실행할 수 없습니다. {unit} {line}번째 줄({code})에서 {error} 예외가 발생합니다: {text}.",
    "load.raised_bare": "{function} 파일을 실행할 수 없습니다. {error} 예외가 발생합니다.",
    "load.raised_bare_at": "{function} 파일을 실행할 수 없습니다. {unit} {line}번째 줄({code})에서 {error} 예외가 발생합니다.",
    "load.timed_out": "함수를 호출하기도 전에 {function} 파일이 {seconds:g}초 안에 끝나지 않았습니다.",
    "load.timed_out_at": "함수를 호출하기도 전에 {function} 파일이 {seconds:g}초 안에 끝나지 않았습니다. 멈춘 곳은 {unit} {line}번째 줄({code})입니다.",
    "load.died.signal": "함수를 호출하기도 전에 {function} 파일이 파이썬을 비정상 종료시켰습니다 ({detail}).",
    "load.died.signal_at": "함수를 호출하기도 전에 {function} 파일이 {unit} {line}번째 줄({code})에서 파이썬을 비정상 종료시켰습니다 ({detail}).",
    "load.died.exit": "함수를 호출하기도 전에 {function} 파일이 파이썬 프로세스 전체를 끝냈습니다 ({detail}).",
    "load.died.exit_at": "함수를 호출하기도 전에 {function} 파일이 {unit} {line}번째 줄({code})에서 파이썬 프로세스 전체를 끝냈습니다 ({detail}).",
    "load.died.protocol": "함수를 호출하기도 전에 {function} 파일이 채점기의 통신 채널에 직접 썼습니다 ({detail}).",
    "load.died.protocol_at": "함수를 호출하기도 전에 {function} 파일이 {unit} {line}번째 줄에서 채점기의 통신 채널에 직접 썼습니다 ({detail}).",
    "load.died.memory": "함수를 호출하기도 전에 {function} 파일이 허용된 것보다 많은 메모리를 썼습니다 ({detail}).",
    "load.died.memory_at": "함수를 호출하기도 전에 {function} 파일이 {unit} {line}번째 줄({code})에서 허용된 것보다 많은 메모리를 썼습니다 ({detail}).",
}

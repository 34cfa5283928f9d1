"""Sentences in Korean: where student code runs, and how strong its walls are."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "isolation.weak": "이 컴퓨터의 격리 수준은 약합니다: 정답은 채점 프로세스 밖으로 나가지 않지만, 제출된 코드는 여러분의 파일을 읽고 네트워크를 쓸 수 있습니다 ('convgrade doctor'를 실행해 보세요)",
    "doctor.tier.strong": "격리 수준이 강합니다: 학생 코드는 이 컴퓨터의 파일, 네트워크, 프로세스를 전혀 볼 수 없습니다",
    "doctor.tier.medium": "격리 수준이 보통입니다: 학생 코드는 파일을 읽거나 쓸 수 없고, 네트워크를 쓰거나 프로세스를 시작할 수 없습니다",
    "doctor.tier.weak": "격리 수준이 약합니다: 정답은 채점 프로세스 밖으로 나가지 않지만, 학생 코드는 '가능함'으로 표시된 일을 모두 할 수 있습니다",
    "doctor.blocked": "차단됨: {attempt}",
    "doctor.possible": "가능함: {attempt}",
    "doctor.attempt.reads_a_file": "이 컴퓨터의 파일 읽기",
    "doctor.attempt.lists_a_folder": "이 컴퓨터의 폴더 목록 보기",
    "doctor.attempt.writes_a_file": "파일 쓰기",
    "doctor.attempt.sends_tcp": "서버에 접속하기 (TCP)",
    "doctor.attempt.sends_udp": "패킷 보내기 (UDP)",
    "doctor.attempt.starts_a_process": "다른 프로세스 시작하기",
    "doctor.attempt.runs_a_program": "다른 프로그램 실행하기",
    "doctor.attempt.signals_its_parent": "채점 프로세스에 시그널 보내기",
    "doctor.attempt.takes_too_much_memory": "허용된 것보다 많은 메모리 쓰기",
    "doctor.attempt.reads_the_environment": "환경 변수 읽기",
    "doctor.attempt.imports_the_grader": "채점기 자체를 import하기",
    "doctor.attempt.sees_a_file": "파일이 있는지 알아보기",
    "doctor.attempt.sees_its_parent": "다른 프로세스가 있는지 알아보기",
    "doctor.advice.namespaces": "이 컴퓨터는 네임스페이스를 허용하지 않습니다 ({reason}): 권한 없는 사용자 네임스페이스를 허용하면 격리 수준이 강해집니다",
    "doctor.advice.landlock": "커널에 Landlock이 없습니다 ({reason}): Landlock을 켠 Linux 5.13 이상에서 쓸 수 있습니다",
    "doctor.advice.seccomp": "시스템 호출을 거를 수 없습니다 ({reason}): libseccomp2 (또는 libseccomp) 패키지를 설치하세요",
    "doctor.advice.nobody": "학생 코드가 root의 권한은 없지만 root의 uid로 실행됩니다 ({reason}): 모든 사용자가 읽을 수 있는 곳에 Python을 설치하거나, 일반 사용자로 채점하세요",
    "doctor.advice.linux": "{system}에서는 더 강한 격리를 쓸 수 없습니다: Linux, 가상 머신, 또는 컨테이너에서 채점하세요",
    "doctor.advice.kernel": "이 Linux ({release})에는 시스템 호출 필터도 네임스페이스도 없습니다: libseccomp2를 설치하거나 더 새로운 커널에서 채점하세요",
}

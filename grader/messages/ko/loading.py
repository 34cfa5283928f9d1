"""Sentences in Korean: why a submission cannot be read, and what reading it showed."""

from __future__ import annotations

from typing import Final

FILES: Final[dict[str, str]] = {
    "loading.no_access": "{file!r} 파일을 열 수 없습니다: {reason}.",
    "loading.link": "{file!r}: 링크입니다. 원본 파일을 제출하세요.",
    "loading.not_regular": "{file!r}: 일반 파일이 아닙니다. .py 파일이나 노트북을 제출하세요.",
    "loading.no_code": "{file!r}: 파이썬 파일도 노트북도 없습니다.",
    "loading.no_such_file": "읽을 수 있는 파일 중에 {pattern!r} 파일이 없습니다. 있는 파일: {files}.",
    "loading.other_kind": "{file!r}: 코드가 아니라 {kind} 파일입니다. .py 파일이나 노트북(.ipynb), 또는 그것을 묶은 .zip이나 .tar.gz를 제출하세요.",
    "loading.empty": "{file!r}: 빈 파일입니다.",
    "loading.not_text": "{file!r}: 텍스트가 아니므로 파이썬 코드로 읽을 수 없습니다.",
    "loading.encoding": "{file!r}: {encoding} 인코딩으로 읽을 수 없습니다. UTF-8로 저장하세요.",
    "loading.too_large": "{file!r}: {limit} MB가 넘습니다. 데이터 없이 코드만 제출하세요.",
    "loading.too_many_files": "{file!r}: 파일이 {limit}개가 넘습니다. 코드만 제출하세요.",
    "loading.too_much_code": "{file!r}: 코드가 {limit} kB를 넘습니다.",
    "loading.too_many_tokens": "{file!r}: 코드의 단어와 기호가 {limit}개를 넘습니다.",
    "loading.too_tangled": "{file!r}: 서로 얽힌 정의가 너무 많아 따라갈 수 없습니다.",
    "loading.too_deep": "{file!r}: 너무 깊게 중첩되어 있어 읽을 수 없습니다.",
}
ARCHIVES: Final[dict[str, str]] = {
    "loading.archive_broken": "압축 파일 {file!r}이 손상되었거나 끝까지 업로드되지 않았습니다. .zip으로 다시 압축하세요.",
    "loading.locked": "압축 파일 {file!r}에 암호가 걸려 있습니다.",
    "loading.nested": "{file!r}: 압축 파일이 {limit}겹을 넘게 겹쳐 있습니다. 코드를 한 번만 압축하세요.",
    "loading.bomb": "{file!r} 안의 {inside!r} 파일은 압축을 풀면 코드라고 볼 수 없을 만큼 커집니다.",
    "loading.unsafe_path": "압축 파일 {file!r}에 폴더 밖을 가리키는 {inside!r} 경로가 있습니다.",
}
NOTEBOOKS: Final[dict[str, str]] = {
    "loading.notebook_broken": "노트북 {file!r}이 손상되었습니다 (파일의 {line}번째 줄). Jupyter에서 열어 저장한 뒤 다시 제출하세요.",
    "loading.no_code_cell": "노트북 {file!r}에 코드가 있는 셀이 없습니다.",
    "loading.notebook_command": "{file} {line}번째 줄({text})은 파이썬이 아니라 노트북 명령입니다.",
}
CODE: Final[dict[str, str]] = {
    "loading.syntax": "{file} {line}번째 줄({text})은 파이썬 문법에 맞지 않습니다: {problem}.",
    "loading.tabs": "{file} {line}번째 줄에 탭과 공백이 섞여 있습니다. 공백만 쓰세요.",
    "loading.merge_conflict": "{file} {line}번째 줄({text})에 병합 충돌(merge conflict) 표시가 남아 있습니다.",
    "loading.python2.print": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 print는 함수입니다.",
    "loading.python2.exec": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 exec는 함수입니다.",
    "loading.python2.except": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 except ... as ... 로 씁니다.",
    "loading.python2.raise": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 raise Error(text) 로 씁니다.",
    "loading.python2.unequal": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 <> 대신 != 를 씁니다.",
    "loading.python2.backticks": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 `...` 대신 repr(...)을 씁니다.",
    "loading.python2.long": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 정수 끝에 L을 붙이지 않습니다.",
    "loading.python2.octal": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 숫자는 0으로 시작할 수 없습니다 (8진수는 0o...).",
    "loading.python2.string": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 ur'...' 대신 r'...'을 씁니다.",
    "loading.python2.tuple": "{file} {line}번째 줄({text})은 파이썬 2 코드입니다. 이제 튜플을 인자 이름으로 쓸 수 없으니 함수 안에서 나누세요.",
}
FUNCTIONS: Final[dict[str, str]] = {
    "loading.no_function": "{file}에 {name} 함수가 없습니다. 정의된 것: {found}.",
    "loading.no_functions": "{file}에 함수가 하나도 없습니다. 필요한 함수: {name}.",
    "loading.inside": "{file}은 클래스 안에 {found} 함수를 정의합니다. {name} 함수는 클래스 밖에 있어야 합니다.",
    "loading.only_imported": "{file}은 제출물에 없는 {module} 모듈에서 {name} 함수를 가져옵니다. 그 함수가 정의된 파일을 제출하세요.",
    "loading.forbidden": "{file} {line}번째 줄에서 이 과제에서 금지한 {name} 이름을 씁니다.",
    "loading.not_allowed": "{file} {line}번째 줄에서 {name} 모듈을 가져옵니다. 이 과제에서 쓸 수 있는 모듈: {allowed}.",
}
NOTES: Final[dict[str, str]] = {
    "loading.note.handed_in_again": "{other} 파일은 {file}(으)로 다시 제출되었습니다. 마지막 파일을 채점했습니다.",
    "loading.note.encoding": "{file} 파일은 UTF-8이 아니어서 {encoding} 인코딩으로 읽었습니다.",
    "loading.note.is_notebook": "{file} 파일은 이름과 달리 노트북이어서 노트북으로 읽었습니다.",
    "loading.note.provided": "{file} 파일은 강의에서 제공하는 파일이므로 강의의 원본을 사용했습니다.",
    "loading.note.candidates": "{name} 함수가 여러 파일에 있습니다. {file} 파일을 채점했고 {others} 파일은 채점하지 않았습니다.",
    "loading.note.two_files": "한 함수는 {first}에, 다른 함수는 {second}에 있어 두 파일을 함께 사용했습니다.",
    "loading.note.no_function": "{file}에 {name} 함수가 없습니다.",
    "loading.note.redefined": "{name} 함수가 여러 번 정의되어 있습니다 ({places}). 마지막 정의({last})를 채점했습니다.",
    "loading.note.missing_module": "{file} {line}번째 줄에서 쓰는 {module} 모듈은 제출물에도 없고 여기에 설치되어 있지도 않습니다.",
    "loading.note.stand_in": "{module} 모듈은 여기에 설치되어 있지 않아 같은 일을 하는 것으로 대신했습니다.",
    "loading.note.shows_nothing": "{module} 모듈은 여기에 설치되어 있지 않아 이 모듈이 보여 줄 것은 생략했습니다.",
    "loading.note.script_only": '{file}, {line}번째 줄: `if __name__ == "__main__":` 안에 정의된 함수를 사용했습니다.',
    "loading.note.other_letters": "{module} 모듈은 {file} 파일에서 찾았습니다. 대소문자를 구분하는 시스템에서는 찾지 못합니다.",
    "loading.note.annotation": "{file}, {line}번째 줄: {module} 모듈은 여기에 설치되어 있지 않지만, 타입 표기에만 쓰이므로 결과에 영향을 주지 않습니다.",
    "loading.note.is_python": "{file}의 내용은 노트북이 아니라 파이썬 코드이므로 그대로 읽었습니다.",
    "loading.note.overwritten": "{file}, {line}번째 줄은 함수가 사용하는 이름 {name}에 다른 값을 넣으므로 실행하지 않았습니다.",
    "loading.note.ready_made": "{file} {line}번째 줄에서 층의 계산을 대신 해 주는 {name}을 씁니다.",
}
HINTS: Final[dict[str, str]] = {
    "loading.hint.unfilled": "{name} 함수는 아직 채우지 않은 템플릿 그대로입니다 ({line}번째 줄).",
    "loading.hint.no_return": "{name} 함수가 아무것도 반환하지 않습니다. `return`이 없습니다 ({line}번째 줄).",
    "loading.failure.missing_module": "{name}은 {module} 모듈에서 가져오는데 ({file} {line}번째 줄), 이 모듈은 제출물에도 없고 여기에 설치되어 있지도 않습니다.",
    "loading.failure.no_module": "{file} {line}번째 줄에서 쓰는 {module} 모듈은 제출물에도 없고 여기에 설치되어 있지도 않습니다.",
    "loading.failure.python2_name": "{file} {line}번째 줄은 파이썬 2 코드입니다. 이제 {old} 대신 {new} 를 씁니다.",
    "loading.failure.no_import": "{file}, {line}번째 줄에서 {name}을(를) 사용하지만 파일에 `{wanted}` 문장이 없습니다.",
    "loading.newer_python": "{file}, {line}번째 줄({text})은 여기에서 사용하는 파이썬 {python}보다 새로운 문법으로 쓰여 있습니다.",
    "loading.failure.not_scalar": "{file}, {line}번째 줄: float(...)와 int(...)는 이제 축이 있는 배열을 받지 않습니다. 수가 하나뿐인 배열이라도 .item()을 사용하세요.",
    "loading.failure.gone": "{file} {line}번째 줄: {old}는 NumPy에서 없어졌습니다. {new} 를 쓰세요.",
    "loading.failure.float_size": "{file} {line}번째 줄의 / 때문에 {name} 값이 실수(float)가 됩니다. // 를 쓰세요.",
    "loading.failure.float_here": "{file} {line}번째 줄: 정수가 필요한 곳에서 / 때문에 실수(float)가 됩니다. // 를 쓰세요.",
}

TEMPLATES: Final[dict[str, str]] = {
    **FILES,
    **ARCHIVES,
    **NOTEBOOKS,
    **CODE,
    **FUNCTIONS,
    **NOTES,
    **HINTS,
}

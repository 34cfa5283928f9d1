from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from grader.course.archive import File, zipped

NAMES = st.text("abc/é", min_size=1, max_size=6).filter(lambda n: n[0] + n[-1] != "//")
FILES = st.dictionaries(NAMES, st.tuples(st.binary(), st.booleans()), max_size=4)


@given(FILES)
def test_what_is_packed_comes_out_with_its_rights(
    wanted: dict[str, tuple[bytes, bool]],
) -> None:
    files = [
        File(path=name, content=content, is_executable=runs)
        for name, (content, runs) in wanted.items()
    ]
    archive = zipfile.ZipFile(io.BytesIO(zipped(files)))
    for known in archive.infolist():
        content, runs = wanted[known.filename]
        assert archive.read(known) == content
        assert known.external_attr >> 16 == (0o100755 if runs else 0o100644)
    assert zipped(files) == zipped(files)

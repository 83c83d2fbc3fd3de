import csv
import io
import json
import os
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.cli import export
from pos_app.services.exporting import FORMATS, TABLES, guarded, whole_file, write_csv, write_jsonl


def csv_of(*rows, columns=("a", "b")):
    stream = io.StringIO(newline="")
    write_csv(columns, rows, stream)
    return stream.getvalue()


def unguarded(text):
    """What the documentation tells readers to do."""
    return text.removeprefix("'")


def test_csv_names_its_columns_and_leaves_the_empty_empty():
    assert csv_of((1, None), ("x,y", 'say "hi"')) == 'a,b\r\n1,\r\n"x,y","say ""hi"""\r\n'


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30 1", "-x", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'t Hooft"]
)
def test_a_text_that_looks_like_a_formula_gets_a_quotation_mark_in_front(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["-12.50", "-3", "12.50", "Mei Lin", "梅林", "", 0, -5, None])
def test_numbers_and_plain_texts_are_left_alone(cell):
    assert guarded(cell) == cell


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_from_csv(text):
    [_, row] = csv.reader(io.StringIO(csv_of((text, "end")), newline=""))
    assert unguarded(row[0]) == text
    assert not unguarded(row[0]) or row[0][0] not in "=+@\t\r\n"


def test_json_lines_have_names_numbers_null_and_texts_as_they_are():
    stream = io.StringIO()
    write_jsonl(("a", "b", "c"), [(1, None, "=梅\n")], stream)
    assert stream.getvalue() == '{"a":1,"b":null,"c":"=梅\\n"}\n'
    assert json.loads(stream.getvalue()) == {"a": 1, "b": None, "c": "=梅\n"}


def test_the_command_offers_what_can_be_written():
    assert set(export._TABLES) == set(TABLES)
    assert set(export._FORMATS) == set(FORMATS)


def test_a_file_becomes_whole_and_private(tmp_path):
    file = tmp_path / "out.csv"
    with whole_file(file) as stream:
        stream.write("梅\n")
        assert not file.exists()
    assert file.read_bytes() == "梅\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_an_earlier_file_stays_when_writing_fails(tmp_path):
    file = tmp_path / "out.csv"
    file.write_text("earlier")

    def write_half():
        with whole_file(file) as stream:
            stream.write("half")
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert file.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [file]


def test_a_missing_folder_is_told_by_the_name_of_the_file(tmp_path):
    file = tmp_path / "nowhere" / "out.csv"
    with pytest.raises(OSError, match="No such file") as told, whole_file(file):
        pass
    assert told.value.filename == str(file)


def test_a_link_keeps_pointing_at_the_file(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("earlier")
    link.symlink_to(real)
    with whole_file(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_named_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with whole_file(pipe) as stream:
        stream.write("row")
    reader.join(10)
    assert read == ["row"]
    assert pipe.is_fifo()

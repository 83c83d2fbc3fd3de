"""The journal writer's name: the same every day, another in every data folder."""

import re

from pos_app.storage.installation import FILE_NAME, writer_name


def test_a_writer_keeps_its_name(tmp_path):
    name = writer_name("till", "T1", tmp_path)
    assert re.fullmatch(r"till:T1:[a-z2-7]{8}", name)
    assert writer_name("till", "T1", tmp_path) == name


def test_two_folders_have_two_names(tmp_path):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    assert len({writer_name("till", "T1", folder) for folder in folders}) == 2


def test_what_writes_and_the_till_are_part_of_the_name(tmp_path):
    till, receiver = (writer_name(kind, "HSG1", tmp_path) for kind in ("till", "receiver"))
    assert till.removeprefix("till:") == receiver.removeprefix("receiver:")
    assert writer_name("till", "T2", tmp_path).startswith("till:T2:")


def test_an_empty_file_is_made_good(tmp_path):
    (tmp_path / FILE_NAME).write_text("")
    name = writer_name("till", "T1", tmp_path)
    assert not name.endswith(":")
    assert writer_name("till", "T1", tmp_path) == name
    assert [found.name for found in tmp_path.iterdir()] == [FILE_NAME]

import pytest

from pos_app import resources


@pytest.fixture
def installed_at(tmp_path, monkeypatch):
    """A pretend install of the package in `tmp_path`; call it after the folders are made."""
    package = tmp_path / "pos_app"
    package.mkdir()

    monkeypatch.setattr(resources, "_PACKAGE", package)
    resources._root.cache_clear()
    yield tmp_path
    resources._root.cache_clear()


def make(folder, name, words):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(words, encoding="utf-8")


def test_the_checkout_comes_first(installed_at):
    (installed_at / "pyproject.toml").touch()
    make(installed_at, "resources/words.txt", "from the checkout")
    make(installed_at, "pos_app/_resources/words.txt", "from the wheel")
    assert resources.text("words.txt") == "from the checkout"


def test_an_installed_program_has_them_inside_the_package(installed_at):
    make(installed_at, "pos_app/_resources/fonts/x.txt", "字")
    assert resources.text("fonts/x.txt") == "字"
    assert resources.data("fonts/x.txt") == "字".encode()


def test_somebody_elses_resources_folder_beside_the_package_is_left_alone(installed_at):
    make(installed_at, "resources/words.txt", "theirs")
    make(installed_at, "pos_app/_resources/words.txt", "ours")
    assert resources.text("words.txt") == "ours"


def test_a_missing_file_is_named(installed_at):
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg"):
        resources.path("icons/none.svg")

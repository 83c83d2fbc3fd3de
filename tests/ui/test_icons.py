"""Icons in a token's colour."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from pos_app import resources
from pos_app.ui import icons, theme


@pytest.fixture(autouse=True)
def own_look(qapp):
    theme.apply(qapp, theme.Look())
    yield
    theme.apply(qapp, theme.Look())


def colours(picture):
    image = picture.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_has_the_token_s_colour_and_size(qapp):
    picture = icons.pixmap("minus", "bad", 48, 2.0)
    assert picture.width() == 96
    assert picture.devicePixelRatio() == 2.0
    assert colours(picture) == {theme.LIGHT.bad.lower()}


def test_the_same_picture_is_drawn_once(qapp):
    assert icons.pixmap("minus", "ok", 24).cacheKey() == icons.pixmap("minus", "ok", 24).cacheKey()


def test_painting_reads_no_file_once_all_have_been_read(qapp, monkeypatch):
    icons._drawn.cache_clear()
    icons.read_all()
    monkeypatch.setattr(resources, "text", None)
    for file in resources.path("icons").glob("*.svg"):
        assert not icons.pixmap(file.stem, "bad", 21).isNull()


def test_an_icon_follows_the_theme_and_turns_grey_when_off(qapp):
    icon = icons.icon("minus", "text")
    theme.apply(qapp, theme.Look(theme.DARK))
    assert colours(icon.pixmap(QSize(48, 48))) == {theme.DARK.text.lower()}
    off = icon.pixmap(QSize(48, 48), QIcon.Mode.Disabled)
    assert colours(off) == {theme.DARK.on_disabled.lower()}


def test_an_icon_on_a_button_is_painted(qapp, qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.setProperty("kind", "icon")
    button.setIcon(icons.icon("close", "bad"))
    button.resize(48, 48)
    before = button.grab().toImage()
    button.setIcon(QIcon())
    assert button.grab().toImage() != before


def test_every_bundled_icon_is_drawn(qapp):
    for file in resources.path("icons").glob("*.svg"):
        assert colours(icons.pixmap(file.stem, "text", 96)), file.name


def test_an_icon_that_does_not_ship_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "text", 24)


def test_an_icon_is_painted_in_the_middle_of_its_place(qapp):
    picture = QPixmap(60, 40)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    icons.paint(painter, QRect(0, 0, 60, 40), "minus", "bad")
    painter.end()
    image = picture.toImage()
    assert image.pixelColor(30, 20).name() == theme.LIGHT.bad.lower()
    assert image.pixelColor(5, 20).alpha() == 0


def test_the_same_icon_is_made_once_and_kept(qapp):
    assert icons.icon("minus") is icons.icon("minus")

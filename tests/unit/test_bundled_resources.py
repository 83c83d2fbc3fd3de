"""What ships beside the code is there, whole and in one style."""

import wave
import xml.etree.ElementTree as ET

import pytest

from pos_app import resources

ICONS = sorted(resources.path("icons").glob("*.svg"))


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_keeps_to_the_one_style(icon):
    svg = ET.fromstring(icon.read_text("utf-8"))  # noqa: S314 - our own file
    assert svg.get("viewBox") == "0 0 24 24"
    assert svg.get("stroke") == "currentColor"
    assert svg.get("stroke-width") == "1.75"
    assert svg.get("stroke-linecap") == svg.get("stroke-linejoin") == "round"
    colours = {part.get(name) for part in svg.iter() for name in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}


@pytest.mark.parametrize(
    ("name", "length_ms"),
    [("paid", 180), ("attention", 400), ("no", 220), ("limit", 60), ("tap", 4)],
)
def test_a_sound_is_as_long_as_designed_and_neither_silent_nor_clipped(name, length_ms):
    with wave.open(str(resources.path(f"sounds/{name}.wav"))) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        tail_ms = 20
        assert sound.getnframes() * 1000 // sound.getframerate() in range(
            length_ms + tail_ms - 1, length_ms + tail_ms + 1
        )
        frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 8_000 < max(frames) < 20_000


@pytest.mark.parametrize("family", ["Inter", "NotoSansMonoCJK"])
def test_each_font_comes_with_its_licence(family):
    assert "SIL OPEN FONT LICENSE Version 1.1" in resources.text(f"fonts/OFL-{family}.txt")


def test_the_readme_names_every_folder():
    words = resources.text("README.md")
    folders = [item.name for item in resources.path("icons").parent.iterdir() if item.is_dir()]
    assert [folder for folder in folders if f"{folder}/" not in words] == []

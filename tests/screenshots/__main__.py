"""`make screenshots`: build/screenshots/<size>/<page>-<state>.png and a sheet of each size.

Words as arguments choose pictures whose names contain one of them.
"""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

from PIL import Image, ImageDraw

from pos_app.app.till import make_application
from pos_app.ui import theme
from tests.screenshots.stage import Stage
from tests.screenshots.states import STATES

FOLDER = Path("build/screenshots")
SIZES = ((1366, 768), (1920, 1080), (1024, 768))
"""The two of ux.md, section 4, and a narrow one."""
THUMBNAIL = (683, 384)
COLUMNS = 5
CAPTION = 22


def take(state, size, folder):
    """Take one picture and return its file."""
    stage = Stage(size, is_training=state.is_training)
    try:
        state.show(stage)
        stage.save(folder / state.file)
    finally:
        stage.close()
    return folder / state.file


def put_on_sheet(files, sheet):
    """Put all pictures of one size onto one."""
    wide, high = THUMBNAIL[0] + 8, THUMBNAIL[1] + CAPTION
    rows = -(-len(files) // COLUMNS)
    paper = Image.new("RGB", (COLUMNS * wide, rows * high), "#888888")
    pen = ImageDraw.Draw(paper)
    for place, file in enumerate(files):
        left, top = place % COLUMNS * wide, place // COLUMNS * high
        with Image.open(file) as picture:
            paper.paste(picture.convert("RGB").resize(THUMBNAIL), (left, top + CAPTION))
        pen.text((left + 4, top + 4), file.stem, fill="#ffffff")
    paper.save(sheet, optimize=True)


def main(words):
    """Take every picture, or those whose name has one of `words`."""
    app = make_application()
    theme.apply(app, theme.Look(is_motion_reduced=True))
    wanted = [state for state in STATES if not words or any(word in state.file for word in words)]
    for size in SIZES:
        folder = FOLDER / f"{size[0]}x{size[1]}"
        folder.mkdir(parents=True, exist_ok=True)
        files = [take(state, size, folder) for state in wanted]
        if not words:
            put_on_sheet(files, FOLDER / f"{folder.name}.png")
        print(f"{len(files)} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])

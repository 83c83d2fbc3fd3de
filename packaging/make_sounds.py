"""Write resources/sounds/: the till's five sounds, from the interface design's table.

python packaging/make_sounds.py
"""

import math
import struct
import wave
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "sounds"
RATE = 44_100
LOUDNESS = 0.5
# Each sound is a row of (frequency in Hz, length in ms, attack in ms); 0 Hz is silence.
SOUNDS: dict[str, list[tuple[int, int, int]]] = {
    "paid": [(880, 90, 12), (1320, 90, 12)],
    "attention": [(440, 140, 6), (0, 120, 0), (440, 140, 6)],
    "no": [(330, 220, 6)],
    "limit": [(220, 60, 4)],
    "tap": [(1800, 4, 1)],
}
SILENT_TAIL_MS = 20  # some sound cards cut the last buffer


def tone(frequency: int, length_ms: int, attack_ms: int) -> list[float]:
    """Return a sine with a soft start and a soft end, as samples from -1 to 1."""
    count = RATE * length_ms // 1000
    attack = max(1, RATE * attack_ms // 1000)
    release = max(1, min(count // 2, RATE * 20 // 1000))
    return [
        math.sin(2 * math.pi * frequency * index / RATE)
        * min(1.0, index / attack, (count - index) / release)
        for index in range(count)
    ]


def main() -> None:
    """Write every sound as 16-bit mono."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, tones in SOUNDS.items():
        samples = [sample for part in [*tones, (0, SILENT_TAIL_MS, 0)] for sample in tone(*part)]
        with wave.open(str(TARGET / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(
                b"".join(struct.pack("<h", round(LOUDNESS * 32767 * each)) for each in samples)
            )


if __name__ == "__main__":
    main()

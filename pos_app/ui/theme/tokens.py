"""Colour tokens of the light and the dark theme (ux.md, section 3.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, named for what they are used for, as "#RRGGBB".

    Attributes:
        name: "light" or "dark".
        canvas: the window behind cards.
        surface: cards, dialogs, top bar, fields.
        sunken: amount display, footers, table head.
        border: card edges and dividers (decorative).
        control: outlines of fields, outlined buttons and switches that are off.
        text, text2, text3: values; body and labels; captions and placeholders.
        primary, on_primary, primary_pressed: the one accent.
        link: text buttons and selected text.
        tint, tint_border: a selected tile or row, and its outline.
        focus: the focus ring.
        key, key2, key_border: digit keys, function keys, their edge.
        tile_border: method tiles at rest.
        segment_on: the chosen part of a segment.
        disabled, on_disabled: controls that are off, always with a reason in text.
        ok…, warn…, bad…, info…, train…: text, ground, edge and fill of each tone.
        mute, mute_bg, mute_border: what is over and needs nobody.
        rail, rail_text, rail_sel, rail_off, on_rail, rail_card: the left navigation.
        badge, on_badge: the attention count.
        scrim: behind dialogs, as "#AARRGGBB".
        qr_dark, qr_light: QR codes are never themed.
    """

    name: str
    canvas: str
    surface: str
    sunken: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    primary: str
    primary_pressed: str
    link: str
    tint: str
    tint_border: str
    focus: str
    key: str
    key2: str
    key_border: str
    tile_border: str
    segment_on: str
    disabled: str
    on_disabled: str
    ok: str
    ok_bg: str
    ok_border: str
    ok_fill: str
    warn: str
    warn_bg: str
    warn_border: str
    bad: str
    bad_bg: str
    bad_border: str
    bad_fill: str
    info: str
    info_bg: str
    info_border: str
    train: str
    train_bg: str
    train_border: str
    mute: str
    mute_bg: str
    mute_border: str
    rail: str
    rail_text: str
    rail_sel: str
    scrim: str
    on_primary: str = "#FFFFFF"
    train_fill: str = "#6B2FB3"
    rail_off: str = "#6B7690"
    on_rail: str = "#FFFFFF"
    rail_card: str = "#212E4A"
    badge: str = "#F2B03D"
    on_badge: str = "#241600"
    qr_dark: str = "#0B1220"
    qr_light: str = "#FFFFFF"


LIGHT = Tokens(
    name="light",
    canvas="#F2F4F7",
    surface="#FFFFFF",
    sunken="#F7F8FA",
    border="#DDE2E8",
    control="#7C8896",
    text="#141B26",
    text2="#495565",
    text3="#5C6878",
    primary="#3346C8",
    primary_pressed="#2A3AAB",
    link="#3346C8",
    tint="#EBEEFC",
    tint_border="#3346C8",
    focus="#3346C8",
    key="#F4F6F8",
    key2="#E9EDF2",
    key_border="#E1E6EC",
    tile_border="#CCD4DD",
    segment_on="#FFFFFF",
    disabled="#EEF0F3",
    on_disabled="#7A8593",
    ok="#0A6B45",
    ok_bg="#E4F5EC",
    ok_border="#8CCBAE",
    ok_fill="#0F7A50",
    warn="#8A4B00",
    warn_bg="#FFF2DC",
    warn_border="#E3A23C",
    bad="#AE1F23",
    bad_bg="#FDECEC",
    bad_border="#E5A5A7",
    bad_fill="#C2282D",
    info="#22489C",
    info_bg="#E8F0FE",
    info_border="#A9C2F2",
    train="#6B2FB3",
    train_bg="#F2EAFC",
    train_border="#C9AEEB",
    mute="#495565",
    mute_bg="#E9EDF2",
    mute_border="#CCD4DD",
    rail="#141C2E",
    rail_text="#B9C3D6",
    rail_sel="#2B3757",
    scrim="#8C0D131A",
)

DARK = Tokens(
    name="dark",
    canvas="#0D131A",
    surface="#161E27",
    sunken="#1B2530",
    border="#2B3744",
    control="#738296",
    text="#EFF3F7",
    text2="#B4C0CC",
    text3="#95A3B1",
    primary="#4C63E6",
    primary_pressed="#3B50C9",
    link="#9DADFF",
    tint="#222C52",
    tint_border="#8496FF",
    focus="#8496FF",
    key="#202B37",
    key2="#2A3745",
    key_border="#2F3C4A",
    tile_border="#3A4856",
    segment_on="#3A4856",
    disabled="#1D2732",
    on_disabled="#7F8D9B",
    ok="#5FD6A0",
    ok_bg="#12301F",
    ok_border="#2B6B4A",
    ok_fill="#1B8A5C",
    warn="#F5BC62",
    warn_bg="#352609",
    warn_border="#8A6420",
    bad="#FF9A97",
    bad_bg="#3B1719",
    bad_border="#7C3437",
    bad_fill="#C8393E",
    info="#9CC0FF",
    info_bg="#16294A",
    info_border="#34507F",
    train="#CFAEFF",
    train_bg="#2C1D49",
    train_border="#5B3F8C",
    mute="#B4C0CC",
    mute_bg="#2A3745",
    mute_border="#3A4856",
    rail="#0A0F15",
    rail_text="#A7B3C2",
    rail_sel="#222C52",
    scrim="#99000000",
)

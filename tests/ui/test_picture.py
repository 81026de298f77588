"""Pictures of products come from outside: what is none, or would cost too much, shows the sign."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from ui.widgets.picture import SHOWN_PX, ProductPicture


@pytest.fixture
def widget(qtbot) -> ProductPicture:
    made = ProductPicture()
    qtbot.addWidget(made)
    return made


def show(widget: ProductPicture, path: Path) -> tuple[int, int]:
    """The size of what is shown; (0, 0) where the sign stands in."""
    widget.show_product(path.name, "casa", str(path))
    widget.resize(300, 300)
    assert not widget.grab().toImage().isNull()
    return widget._pixmap.width(), widget._pixmap.height()


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_an_ordinary_picture_is_shown(widget: ProductPicture, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"SKU.{suffix}"
    Image.new("RGB", (300, 200), "red").save(path)
    assert show(widget, path) == (300, 200)


def test_a_large_photograph_is_read_at_the_size_of_a_screen(
    widget: ProductPicture, tmp_path: Path
) -> None:
    path = tmp_path / "SKU.jpg"
    Image.new("RGB", (6000, 4000), "red").save(path)
    assert max(show(widget, path)) == SHOWN_PX


def png_of(width: int, height: int) -> bytes:
    """A PNG that says to be so large, whose pixels compress to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1 + 3 * min(width, 1000)) * 1000)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [20_000, 2**31 - 1])
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(
    widget: ProductPicture, tmp_path: Path, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "SKU.png"
    path.write_bytes(png_of(side, side))
    monkeypatch.setattr("ui.widgets.picture.QImageReader.read", lambda reader: pytest.fail("read"))
    assert show(widget, path) == (0, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no picture", b"\x89PNG\r\n\x1a\n", png_of(300, 300)[:60],
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        b"/* XPM */ static char *a[] = {\"1 1 1 1\", \". c red\", \".\"};",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    ],
)  # fmt: skip
def test_a_file_that_is_no_picture_of_a_known_kind_shows_the_sign(
    widget: ProductPicture, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "SKU.png"
    path.write_bytes(data)
    assert show(widget, path) == (0, 0)
    assert QImage().isNull()


def test_a_file_larger_than_a_photograph_is_not_read(
    widget: ProductPicture, tmp_path: Path
) -> None:
    path = tmp_path / "SKU.png"
    Image.new("RGB", (30, 20), "red").save(path)
    with path.open("ab") as file:
        file.truncate(25_000_000)
    assert show(widget, path) == (0, 0)

"""What is written as PNG is what Qt reads back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from ui.help.png import png


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (1366, 7)])
def test_a_picture_comes_back_point_for_point(size: tuple[int, int]) -> None:
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(x * 7 % 256, y * 50 % 256, (x + y) % 256))
    read = QImage.fromData(png(image))
    assert read.convertToFormat(QImage.Format.Format_RGB32) == image

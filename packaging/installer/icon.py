"""Draws the icon: icon.py SVG PICTURE SIZE. The picture's ending says its kind: png, ico, icns."""

import sys

from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_app = QGuiApplication([])
source, to, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
image = QImage(size, size, QImage.Format.Format_ARGB32)
image.fill(0)
painter = QPainter(image)
QSvgRenderer(source).render(painter)
painter.end()
sys.exit(0 if image.save(to) else f"{to} could not be written")

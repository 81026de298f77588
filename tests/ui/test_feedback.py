from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.decision import Outcome
from app.station.views import Feedback, PictureView
from ui.feedback import FeedbackOverlay
from ui.theme import THEMES, stylesheet, unit_px

SIZES = ((900, 500), (1366, 768), (3840, 2160))
PRODUCTS = (
    PictureView("CAM-M", "Camiseta azul-marinho de algodão, gola redonda, tamanho M", "moda", ""),
    PictureView("CAM-G", "Camiseta azul-marinho de algodão, gola redonda, tamanho G", "moda", ""),
)
WRONG = Feedback(
    Outcome.BLOCK,
    "WRONG_ITEM",
    {"asked": "CAM-M", "scanned": "CAM-G", "difference": "tamanho G"},
    needs_ack=True,
    pictures=PRODUCTS,
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _overlay(window: QWidget, size: tuple[int, int], feedback: Feedback) -> FeedbackOverlay:
    window.resize(*size)
    window.setStyleSheet(stylesheet(THEMES["light"], unit_px(*size)))
    window.show()
    overlay = FeedbackOverlay(window)
    overlay.answer(feedback, "pt", THEMES["light"], unit_px(*size))
    return overlay


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_an_answer_stands_on_another_part_of_it(
    window: QWidget, size: tuple[int, int]
) -> None:
    overlay = _overlay(window, size, WRONG)
    overlay.insist()
    overlay.tell("Chamado 0012 aberto. O suporte vê o que aconteceu.")
    parts = [QRect(0, top, size[0], one.height) for one, top in overlay._drawn]
    parts += [overlay._comparison.geometry(), overlay._help.geometry()]
    parts.sort(key=lambda part: part.top())
    assert len(parts) == 5
    for above, below in itertools.pairwise(parts):
        assert above.bottom() < below.top()
    assert parts[0].top() >= 0
    assert parts[-1].bottom() < size[1]


def test_a_long_sentence_is_wrapped_and_none_of_it_is_lost(window: QWidget) -> None:
    params = {"order": "PEDIDO-" + "0" * 400}
    overlay = _overlay(window, SIZES[1], Feedback(Outcome.BLOCK, "STALE", params))
    above, top = overlay._drawn[0]
    assert overlay.texts[0] in overlay.accessibleName()
    assert top >= 0
    assert top + above.height < SIZES[1][1]
    assert above.height > 8 * unit_px(*SIZES[1])  # more than a sign and one row


def test_the_ground_is_that_of_the_outcome_and_the_sentences_are_on_it(window: QWidget) -> None:
    overlay = _overlay(window, SIZES[1], Feedback(Outcome.OK, "BIN_OK", {"bin": "A-01-01"}))
    picture: QImage = overlay.grab().toImage()
    assert picture.pixelColor(2, 2).name() == THEMES["light"].ok
    middle = {
        picture.pixelColor(x, y).name() for x in range(400, 966, 3) for y in range(200, 600, 3)
    }
    assert THEMES["light"].on_outcome in middle

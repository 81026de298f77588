"""A day of a system: a band of its states, and over it what its calls took."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.health.day import Day, Point
from app.health.monitor import SLOT
from app.health.wording import seconds_text
from ui.theme import Theme, state_colour

_TICK_HOURS = 4
_LOWEST_S = 0.001


class LatencyChart(QWidget):
    """Times stand on a scale of tenfold steps: what is slow differs by factors. A line is the mean
    of five minutes, the shade above it the longest call. The band below shows the states."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: _Shown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_day(
        self,
        day: Day,
        usual_s: float | None,
        lang: str,
        theme: Theme,
        unit: int,
        zone: ZoneInfo,
    ) -> None:
        self._shown = _Shown(day, usual_s, lang, theme, unit, zone)
        self.setMinimumHeight(unit * 9)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown
        if shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(int(shown.unit * 0.8))
        painter.setFont(font)
        unit = shown.unit
        plot = QRectF(unit * 4.2, unit * 0.6, self.width() - unit * 5, self.height() - unit * 3.6)
        band = QRectF(plot.left(), plot.bottom() + unit * 0.4, plot.width(), unit * 0.8)
        self._draw_hours(painter, shown, plot, band)
        self._draw_band(painter, shown, band)
        scale = _Scale(shown.day.points, shown.usual_s)
        if scale.empty:
            painter.setPen(QColor(shown.theme.muted))
            at, said = Qt.AlignmentFlag.AlignCenter, self.tr("Nenhum tempo medido")
            # No line of an hour goes through the words.
            painter.fillRect(painter.boundingRect(plot, at, said), QColor(shown.theme.ground))
            painter.drawText(plot, at, said)
            return
        self._draw_grid(painter, shown, plot, scale)
        self._draw_times(painter, shown, plot, scale)

    def _draw_hours(self, painter: QPainter, shown: _Shown, plot: QRectF, band: QRectF) -> None:
        at = shown.day.until.astimezone(shown.zone).replace(minute=0, second=0, microsecond=0)
        at -= timedelta(hours=at.hour % _TICK_HOURS)
        while at > shown.day.since:
            x = _x(shown, plot, at)
            painter.setPen(QPen(QColor(shown.theme.line), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, band.bottom()))
            painter.setPen(QColor(shown.theme.muted))
            area = QRectF(x - 50, band.bottom() + 2, 100, shown.unit * 1.4)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, at.strftime("%Hh"))
            at -= timedelta(hours=_TICK_HOURS)

    def _draw_band(self, painter: QPainter, shown: _Shown, band: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.theme.line))
        painter.drawRect(band)
        for point in shown.day.points:
            left, right = _x(shown, band, point.at), _x(shown, band, point.at + SLOT)
            painter.setBrush(QColor(state_colour(shown.theme, point.state)))
            # What is down shows as a full block, what is slow as half of one: not by colour alone.
            height = {"down": 1.0, "slow": 0.6, "up": 0.25}.get(point.state, 0.0) * band.height()
            painter.drawRect(QRectF(left, band.bottom() - height, right - left + 0.6, height))

    def _draw_grid(self, painter: QPainter, shown: _Shown, plot: QRectF, scale: _Scale) -> None:
        for seconds in scale.steps():
            y = plot.bottom() - plot.height() * scale.share(seconds)
            painter.setPen(QPen(QColor(shown.theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(shown.theme.muted))
            area = QRectF(0, y - shown.unit, plot.left() - 6, shown.unit * 2)
            at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, at, seconds_text(seconds, shown.lang))
        if shown.usual_s:
            y = plot.bottom() - plot.height() * scale.share(shown.usual_s)
            painter.setPen(QPen(QColor(shown.theme.good), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _draw_times(self, painter: QPainter, shown: _Shown, plot: QRectF, scale: _Scale) -> None:
        for run in _runs(shown.day.points):
            mean, most = [], []
            for point in run:
                assert point.mean_s is not None
                assert point.most_s is not None
                x = _x(shown, plot, point.at + SLOT / 2)
                mean.append(QPointF(x, plot.bottom() - plot.height() * scale.share(point.mean_s)))
                most.append(QPointF(x, plot.bottom() - plot.height() * scale.share(point.most_s)))
            shade = QColor(shown.theme.accent)
            shade.setAlpha(60)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawPolygon(QPolygonF([*most, *reversed(mean)]))
            painter.setPen(QPen(QColor(shown.theme.accent), max(2.0, shown.unit / 8)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(mean if len(mean) > 1 else [*mean, mean[0]]))


class _Shown(Struct, frozen=True):
    day: Day
    usual_s: float | None
    lang: str
    theme: Theme
    unit: int
    zone: ZoneInfo


class _Scale:
    """From a tenfold step below the shortest time to one above the longest."""

    def __init__(self, points: tuple[Point, ...], usual_s: float | None) -> None:
        times = [t for p in points for t in (p.mean_s, p.most_s) if t is not None]
        self.empty = not times
        if usual_s is not None:
            times.append(usual_s)
        self._low = math.floor(math.log10(max(min(times, default=1.0), _LOWEST_S)))
        self._high = max(math.ceil(math.log10(max(times, default=1.0))), self._low + 1)

    def share(self, seconds: float) -> float:
        """Where a time lies between the lowest (0) and the highest (1)."""
        at = math.log10(max(seconds, _LOWEST_S))
        return (at - self._low) / (self._high - self._low)

    def steps(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]


def _runs(points: tuple[Point, ...]) -> list[list[Point]]:
    """Points that follow each other without a gap: where nothing was timed no line is drawn."""
    found: list[list[Point]] = []
    for point in points:
        if point.mean_s is None:
            continue
        if found and point.at - found[-1][-1].at <= 3 * SLOT:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _x(shown: _Shown, area: QRectF, at: datetime) -> float:
    share = (at - shown.day.since) / (shown.day.until - shown.day.since)
    return area.left() + area.width() * min(max(share, 0.0), 1.0)

"""The look: one table of colours a theme, and the stylesheet made from it.

Every text colour stands at least 4.5:1 against its ground (WCAG 2.1 AA); `contrast` aims at 7.
"""

from __future__ import annotations

from msgspec import Struct

from app.resources import resource

OUTCOME_ICONS = {"OK": "✔", "DONE": "●", "WARN": "▲", "BLOCK": "✖"}
STATE_SIGNS = {"up": "●", "warn": "▲", "slow": "◐", "down": "✖", "unknown": "○"}


class Theme(Struct, frozen=True):
    ground: str
    card: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    ok: str
    done: str
    warn: str
    block: str
    on_outcome: str
    on_warn: str
    late: str  # the text of what is late
    bar: str  # the done part of a progress bar, under its text
    good: str  # the sign of a system that works
    caution: str  # of one that is slow or needs attention


THEMES = {
    "light": Theme(
        "#f3f5f8", "#ffffff", "#16202c", "#4a5768", "#c7d0db", "#0b5cad", "#ffffff",
        "#0f7a3d", "#0b5cad", "#ffb800", "#b3161b", "#ffffff", "#201700",
        "#b3161b", "#a9cdf2", "#0f7a3d", "#855900",
    ),
    "dark": Theme(
        "#11161d", "#1b232d", "#eef2f7", "#a9b6c6", "#3a4757", "#5ab0ff", "#06121f",
        "#0f7a3d", "#1769b5", "#ffb800", "#b3161b", "#ffffff", "#201700",
        "#ff8a80", "#1d4f80", "#5bd68a", "#ffc94d",
    ),
    "contrast": Theme(
        "#000000", "#000000", "#ffffff", "#ffffff", "#ffffff", "#ffff00", "#000000",
        "#005f28", "#00479e", "#ffd400", "#9c0000", "#ffffff", "#000000",
        "#ffd400", "#00479e", "#7dff9b", "#ffd400",
    ),
}  # fmt: skip


def colours_of(theme: Theme, outcome: str) -> tuple[str, str]:
    """Ground and text of an outcome's full-screen answer."""
    ground = {"OK": theme.ok, "DONE": theme.done, "WARN": theme.warn}.get(outcome, theme.block)
    return ground, theme.on_warn if outcome == "WARN" else theme.on_outcome


def state_colour(theme: Theme, state: str) -> str:
    """The colour of a system's sign and word."""
    colours = {"up": theme.good, "warn": theme.caution, "slow": theme.caution, "down": theme.late}
    return colours.get(state, theme.muted)


def hint_colour(theme: Theme) -> str:
    """The colour of what a field says while it is empty: never that of what was typed."""
    return theme.muted if theme.muted != theme.text else "#bdbdbd"


def unit_px(width: int, height: int) -> int:
    """The size of body text for a window: 15 px at 1366 × 768, 20 at 1080p, 40 at 4K."""
    return max(14, min(width // 90, height // 51))


def target_px(unit: int) -> int:
    """The least height of what a gloved finger is to hit, at `unit` px of body text."""
    return max(48, int(unit * 2.6))


def contrast_ratio(first: str, second: str) -> float:
    """WCAG 2.1 contrast of two colours "#rrggbb"."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = []
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def stylesheet(theme: Theme, unit: int) -> str:
    """Qt's stylesheet for the whole window, at `unit` px of body text."""
    target = target_px(unit)
    arrow = resource("icons", "down.svg").as_posix()  # one grey that all three grounds carry
    return f"""
* {{ font-family: "DejaVu Sans", "Segoe UI", sans-serif; font-size: {unit}px;
     color: {theme.text}; }}
QMainWindow, QWidget#page {{ background: {theme.ground}; widget-animation-duration: 0; }}
QFrame#rail, QFrame#bar {{ background: {theme.card}; border: 0; }}
QFrame#card {{ background: {theme.card}; border: 1px solid {theme.line};
     border-radius: {unit // 2}px; }}
QLabel#prompt {{ font-size: {int(unit * 2.6)}px; font-weight: bold; color: {theme.accent}; }}
QLabel#huge {{ font-size: {int(unit * 4.6)}px; font-weight: bold; }}
QLabel#big {{ font-size: {int(unit * 1.9)}px; font-weight: bold; }}
QLabel#count {{ font-size: {int(unit * 3.2)}px; font-weight: bold; }}
QLabel#muted {{ color: {theme.muted}; }}
QLabel#title {{ font-size: {int(unit * 1.3)}px; font-weight: bold; }}
QLabel#chosen {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: bold;
     padding: {unit // 3}px; border-radius: {unit // 3}px; }}
QLabel#cell {{ color: {theme.muted}; padding: {unit // 3}px; }}
QLabel#warning {{ background: {theme.warn}; color: {theme.on_warn};
     padding: {unit // 3}px {unit // 2}px; }}
QLabel#shout {{ background: {theme.warn}; color: {theme.on_warn}; font-weight: bold;
     font-size: {int(unit * 2.2)}px; padding: {unit}px; }}
QPushButton {{ min-height: {target}px; padding: 0 {unit}px; border-radius: {unit // 3}px;
     background: {theme.card}; border: 2px solid {theme.line}; }}
QPushButton:hover {{ border-color: {theme.accent}; }}
QPushButton:focus {{ border: 3px solid {theme.accent}; padding: 0 {unit - 1}px; outline: 0; }}
QPushButton:disabled {{ color: {theme.muted}; }}
QFrame#help {{ background: {theme.card}; border: 2px solid {theme.accent}; }}
QFrame#help QLabel {{ font-weight: bold; }}
QPushButton#ask {{ border-color: {theme.accent}; font-weight: bold; }}
QPushButton#main {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: bold; }}
QPushButton#main:disabled {{ background: {theme.card}; color: {theme.muted}; }}
QPushButton#rail {{ text-align: left; border: 0; border-radius: 0;
     padding: 0 2px 0 {int(unit * 0.7)}px; }}
QPushButton#rail {{ min-width: {unit * 10}px; }}
QPushButton#rail:checked {{ background: {theme.accent}; color: {theme.on_accent};
     font-weight: bold; }}
QPushButton#rail:focus {{ border: 3px solid {theme.accent};
     padding: 0 0 0 {int(unit * 0.7) - 3}px; }}
QPushButton#ask:focus {{ border-color: {theme.text}; }}
QPushButton#main:focus {{ border: 6px double {theme.on_accent}; padding: 0 {unit - 4}px; }}
QPushButton#rail:checked:focus {{ border: 6px double {theme.on_accent};
     padding: 0 0 0 {int(unit * 0.7) - 6}px; }}
QPlainTextEdit {{ background: {theme.card}; border: 1px solid {theme.line}; margin: 2px; }}
QLineEdit, QComboBox {{ min-height: {target}px; padding: 0 {unit // 2}px;
     background: {theme.card}; border: 2px solid {theme.line}; border-radius: {unit // 3}px; }}
QLineEdit {{ placeholder-text-color: {hint_colour(theme)}; }}
QLineEdit:focus, QComboBox:focus {{ border: 3px solid {theme.accent}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView::item, QMenu::item {{ min-height: {target}px; }}
QDialog, QMenu, QToolTip {{ background: {theme.card}; }}
QDialog QToolButton {{ min-width: {target}px; min-height: {target}px; border: 0; }}
QDialog QToolButton:checked, QDialog QToolButton:focus {{ border: 2px solid {theme.accent}; }}
QDialog QAbstractItemView::item {{ min-height: {target}px; }}
QMenu, QToolTip {{ border: 1px solid {theme.line}; }}
QMenu::item {{ padding: 0 {unit}px; }}
QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
QMenu::item:disabled {{ color: {theme.muted}; }}
QAbstractItemView {{ background: {theme.card}; alternate-background-color: {theme.ground};
     gridline-color: {theme.line}; border: 1px solid {theme.line}; margin: 2px;
     selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
QHeaderView::section {{ background: {theme.ground}; padding: {unit // 3}px; border: 0;
     border-bottom: 2px solid {theme.line}; font-weight: bold; }}
QListWidget::item {{ min-height: {target}px; padding: 0 {unit // 3}px; }}
QListWidget::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
QLabel#cellBig {{ font-size: {int(unit * 1.7)}px; padding: {unit // 2}px; }}
QLabel#chosenBig {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: bold;
     font-size: {int(unit * 1.7)}px; padding: {unit // 2}px; border-radius: {unit // 3}px; }}
QScrollBar {{ background: {theme.ground}; width: {unit}px; height: {unit}px; margin: 0; }}
QScrollBar::handle {{ background: {theme.muted}; border-radius: {unit // 4}px;
     min-height: {unit * 2}px; min-width: {unit * 2}px; margin: {unit // 5}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: {theme.ground}; }}
QComboBox::drop-down {{ border: 0; width: {unit * 2}px; }}
QComboBox::down-arrow {{ image: url({arrow}); width: {unit}px; height: {unit}px; }}
QScrollArea {{ border: 2px solid transparent; background: transparent; }}
QAbstractItemView:focus, QPlainTextEdit:focus {{ margin: 0;
     border: 3px solid {theme.accent}; }}
QScrollArea:focus {{ border-color: {theme.accent}; }}
QProgressBar {{ background: {theme.card}; min-height: {unit}px; text-align: center;
     border: 1px solid {theme.line}; }}
QProgressBar::chunk {{ background: {theme.bar}; }}
"""

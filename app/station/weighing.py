"""The bench's scale: a weight when one is wanted, and how the scale stands for the status."""

from __future__ import annotations

from collections.abc import Callable

from app.config import Settings
from app.devices.scale import ScaleBusy, ScaleSilent, scale_of
from app.domain.decision import Outcome
from app.health.causes import cause_of
from app.health.model import Cause
from app.station.views import Feedback

Heard = Callable[[Cause | None], None]  # told of every weighing: why it failed, or None


class Weighing:
    """Asks the scale that the settings name. It waits for the scale: never on the Qt thread, nor
    on the station's."""

    def __init__(self, settings: Callable[[], Settings], heard: Heard) -> None:
        self._settings = settings
        self._heard = heard

    def weigh(self) -> int | Feedback:
        """Grams on the scale, or why there are none."""
        settings = self._settings()
        scale = scale_of(settings)
        if scale is None:
            return Feedback(Outcome.WARN, "SCALE_NONE")
        port = settings["scale.port"]
        try:
            weight = scale.weigh()
        except ScaleBusy:
            return Feedback(Outcome.WARN, "SCALE_BUSY", {"port": port})
        except OSError as error:
            self._heard(cause_of(error, port))
            code = "SCALE_SILENT" if isinstance(error, ScaleSilent) else "SCALE_LOST"
            return Feedback(Outcome.WARN, code, {"port": port})
        self._heard(None)
        if weight.fault:
            return Feedback(Outcome.WARN, f"SCALE_{weight.fault.upper()}")
        return weight.grams

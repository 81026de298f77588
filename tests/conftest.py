"""What every test needs before Qt and Hypothesis are read."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("EXPEDITA_HOME", None)
os.environ["EXPEDITA_SITE"] = os.devnull  # what this machine's site wants is no test's matter

from hypothesis import settings

settings.register_profile("expedita", deadline=None, derandomize=True)  # speed is bench's matter
settings.load_profile("expedita")

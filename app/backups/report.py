"""What a person has to look at after a restore, in words. It names orders by number only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.backups.replaying import Restored
from app.domain.texts import LANGUAGES, prompt, word


def write(home: Path, done: Restored, now: datetime) -> Path:
    """The report as a file, in every language: who will read it is not known."""
    path = home / f"restored-{now:%Y%m%dT%H%M%SZ}.txt"
    parts = ["\n".join(lines(done, lang)) for lang in LANGUAGES]
    path.write_text(f"{now:%Y-%m-%d %H:%M:%S} UTC\n\n" + "\n\n".join(parts) + "\n", "utf-8")
    return path


def lines(done: Restored, lang: str) -> list[str]:
    """The report in one language, what is lost first."""

    def line(code: str, **params: object) -> str:
        return prompt(f"RESTORED_{code}", lang, params)

    made_at = f"{done.made_at:%Y-%m-%d %H:%M:%S} UTC" if done.made_at else ""
    base = "BACKUP" if made_at else "SCRATCH" if done.from_scratch else "OWN"
    told = [line(f"FROM_{base}", made_at=made_at), line("SAVED", count=done.salvaged)]
    for station, (first, last) in done.lost.items():
        told.append(line("LOST", station=station, first=first, last=last))
    if done.unproven:
        told.append(line("UNPROVEN", count=done.unproven))
    for number, (code, detail) in sorted(done.orders.items()):
        told.append(line(f"ORDER_{code}", number=number, detail=word(detail, lang)))
    for prefix, count in done.skipped.items():
        told.append(line("CODES", prefix=prefix, count=count))
    for table, count in done.unfit.items():
        told.append(line("UNFIT", table=table, count=count))
    if done.torn:
        told.append(line("TORN", tables=", ".join(done.torn)))
    return told

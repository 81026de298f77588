"""A CUPS queue or a network printer by IPP: a job is followed to its end."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from app.devices.printers.base import Held, PrinterDown, PrinterState, give_up

_STOPPED, _CANCELED, _ABORTED, _COMPLETED = 6, 7, 8, 9  # job-state (RFC 8011, 5.3.7)
_PRINTER_STOPPED = 5  # printer-state (RFC 8011, 5.4.11)
# The keyword before -error, -warning or -report of job- and printer-state-reasons.
_REASONS = {
    "media-empty": ("PRINTER_PAPER", "paper_out"),
    "media-needed": ("PRINTER_PAPER", "paper_out"),
    "media-jam": ("PRINTER_DOWN", "paper_jam"),
    "cover-open": ("PRINTER_DOWN", "head_open"),
    "door-open": ("PRINTER_DOWN", "head_open"),
    "toner-empty": ("PRINTER_DOWN", "ribbon_out"),
    "marker-supply-empty": ("PRINTER_DOWN", "ribbon_out"),
    "paused": ("PRINTER_DOWN", "paused"),
    "shutdown": ("PRINTER_DOWN", "unreachable"),
    "offline": ("PRINTER_DOWN", "unreachable"),
}
_POLL_S = 0.3
_GRACE_S = 2.0  # a queue may still tell of the last job's trouble when the next one begins


class IppPrinter:
    """See `Printer`.

    Args:
        uri: ipp:// or ipps://, as in ipp://localhost:631/printers/etiquetas.
        timeout_s: how long a printer that reports no trouble may take for a job, before the job is
            cancelled there.
    """

    def __init__(
        self,
        uri: str,
        *,
        name: str = "",
        dpi: int = 300,
        format: str = "pdf",
        timeout_s: float = 20.0,
    ) -> None:
        self.name = name or uri
        self.dpi = dpi
        self.format = format
        self._uri = uri
        self._timeout_s = timeout_s

    def state(self) -> PrinterState:
        try:
            state: PrinterState = asyncio.run(self._ask(_printer_state))
        except PrinterDown as down:
            return PrinterState(False, down.code, down.detail)
        return state

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        """See `Printer.send`: returns when the printer says that the job is completed. A job that
        is given up is cancelled there, so that it can't come out later beside another copy."""
        asyncio.run(self._ask(lambda ipp: self._print(ipp, data, title, held)))

    async def _ask(self, work: Any) -> Any:
        from pyipp import IPP
        from pyipp.exceptions import IPPConnectionError, IPPError

        try:
            async with IPP(host=self._uri, request_timeout=5, verify_ssl=False) as ipp:
                return await work(ipp)
        except IPPConnectionError:
            raise PrinterDown("PRINTER_DOWN", "unreachable") from None
        except (IPPError, ValueError, OSError):
            raise PrinterDown("PRINTER_DOWN", "no_answer") from None

    async def _print(self, ipp: Any, data: bytes, title: str, held: Held) -> None:
        from pyipp.enums import IppOperation
        from pyipp.exceptions import IPPConnectionError, IPPError

        state = await _printer_state(ipp)
        if not state.ready:
            raise PrinterDown(state.code, state.detail)
        kind = "application/pdf" if self.format == "pdf" else "application/octet-stream"
        asked = {"job-name": title, "document-format": kind}
        try:
            answer = await ipp.execute(
                IppOperation.PRINT_JOB, {"operation-attributes-tag": asked, "data": data}
            )
            job_id = int(answer["jobs"][0]["job-id"])
        except IPPConnectionError:
            raise PrinterDown("PRINTER_TIMEOUT", "timeout", maybe_printed=True) from None
        except IPPError:
            raise PrinterDown("PRINTER_DOWN", "rejected") from None
        except (LookupError, TypeError, ValueError):
            raise PrinterDown("PRINTER_DOWN", "no_answer", maybe_printed=True) from None
        try:
            await self._follow(ipp, job_id, held)
        except (IPPError, LookupError, TypeError, ValueError):
            raise PrinterDown("PRINTER_DOWN", "cut_off", maybe_printed=True) from None

    async def _follow(self, ipp: Any, job_id: int, held: Held) -> None:
        """Until the job is completed; a job that ended otherwise, or is given up, is refused."""
        fine = time.monotonic()  # when it was last seen to go on
        while True:
            job = await _job(ipp, job_id)
            state = int(job.get("job-state", 0))
            if state == _COMPLETED:
                return
            if state in (_ABORTED, _CANCELED):
                began = _impressions(job) > 0
                detail = "aborted" if state == _ABORTED else "cancelled"
                raise PrinterDown("PRINTER_DOWN", detail, maybe_printed=began)
            stood_s = time.monotonic() - fine
            trouble = await _trouble(ipp, job)
            if trouble is None and stood_s > self._timeout_s:
                trouble = PrinterDown("PRINTER_TIMEOUT", "timeout")
            elif trouble is None or stood_s < _GRACE_S or held(trouble):
                fine = time.monotonic() if trouble and stood_s >= _GRACE_S else fine
                await asyncio.sleep(_POLL_S)
                continue
            doubt = await _cancel(ipp, job_id)
            raise PrinterDown(trouble.code, trouble.detail, maybe_printed=doubt)


async def _trouble(ipp: Any, job: dict[str, Any]) -> PrinterDown | None:
    """Why the printer does not go on with a job that it has."""
    found = await _printer(ipp)
    # While a job stands still, a warning (media-empty-warning) is what it stands still for.
    reason = _reason(found.get("printer-state-reasons")) or _reason(job.get("job-state-reasons"))
    if reason:
        return PrinterDown(*reason)
    stopped = int(found.get("printer-state", 0)) == _PRINTER_STOPPED
    if stopped or int(job.get("job-state", 0)) == _STOPPED:
        return PrinterDown("PRINTER_DOWN", "stopped")
    return None


async def _printer_state(ipp: Any) -> PrinterState:
    """Whether it would take a job now. An idle printer with a warning may have another tray."""
    found = await _printer(ipp)
    reason = _reason(found.get("printer-state-reasons"), errors_only=True)
    if int(found.get("printer-state", 0)) == _PRINTER_STOPPED:
        return PrinterState(False, *(reason or ("PRINTER_DOWN", "stopped")))
    if reason:
        return PrinterState(False, *reason)
    if found.get("printer-is-accepting-jobs") is False:
        return PrinterState(False, "PRINTER_DOWN", "rejected")
    return PrinterState()


async def _printer(ipp: Any) -> dict[str, Any]:
    from pyipp.enums import IppOperation

    wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
    answer = await ipp.execute(
        IppOperation.GET_PRINTER_ATTRIBUTES,
        {"operation-attributes-tag": {"requested-attributes": wanted}},
    )
    return dict(answer["printers"][0]) if answer.get("printers") else {}


async def _job(ipp: Any, job_id: int) -> dict[str, Any]:
    from pyipp.enums import IppOperation

    answer = await ipp.execute(
        IppOperation.GET_JOB_ATTRIBUTES, {"operation-attributes-tag": {"job-id": job_id}}
    )
    return dict(answer["jobs"][0])


async def _cancel(ipp: Any, job_id: int) -> bool:
    """Cancel the job; whether some of it may be on paper all the same."""
    from pyipp.enums import IppOperation
    from pyipp.exceptions import IPPError

    try:
        await ipp.execute(IppOperation.CANCEL_JOB, {"operation-attributes-tag": {"job-id": job_id}})
        for _ in range(20):
            job = await _job(ipp, job_id)
            if int(job.get("job-state", 0)) in (_CANCELED, _ABORTED):
                return _impressions(job) > 0
            if int(job.get("job-state", 0)) == _COMPLETED:
                return True
            await asyncio.sleep(_POLL_S)
    except (IPPError, LookupError, TypeError, ValueError):
        pass
    return True


def _impressions(job: dict[str, Any]) -> int:
    value = job.get("job-impressions-completed", 0)
    return value if isinstance(value, int) else 0


def _reason(reasons: Any, *, errors_only: bool = False) -> tuple[str, str] | None:
    """The first reason that can stop a printer; a report never does, nor, with `errors_only`, a
    warning."""
    listed = reasons if isinstance(reasons, list | tuple | set) else [reasons]
    for reason in map(str, listed):
        if reason.endswith("-report") or (errors_only and reason.endswith("-warning")):
            continue
        for word, meaning in _REASONS.items():
            if reason.startswith(word):
                return meaning
    return None

"""What an exception of the network or the disk says about a system."""

from __future__ import annotations

import errno
import socket

from app.health.model import Cause
from app.store.errors import StoreError

_BY_NUMBER = {
    errno.ECONNREFUSED: "REFUSED",
    errno.ECONNRESET: "RESET",
    errno.EPIPE: "RESET",
    errno.ECONNABORTED: "RESET",
    errno.ETIMEDOUT: "TIMEOUT",
    errno.EHOSTUNREACH: "NO_ROUTE",
    errno.ENETUNREACH: "NO_ROUTE",
    errno.ENETDOWN: "NO_ROUTE",
    errno.EADDRNOTAVAIL: "NO_ROUTE",
    errno.ENOSPC: "DISK_FULL",
    errno.EROFS: "NOT_WRITABLE",
    errno.EACCES: "NOT_WRITABLE",
    errno.EPERM: "NOT_WRITABLE",
    errno.ENOENT: "MISSING",
    errno.ENODEV: "MISSING",
}
PRINTERS = {
    "PRINTER_DOWN": "NOT_READY",
    "PRINTER_PAPER": "PAPER_OUT",
    "PRINTER_TIMEOUT": "TIMEOUT",
}  # the codes of `PrinterState` and `PrinterDown`


def cause_of(error: BaseException, detail: str = "") -> Cause:
    """The cause that an exception stands for; its text is not taken, since it may hold anything."""
    import ssl  # a console that never fails never needs it

    if isinstance(error, StoreError):
        return Cause(error.code, detail)
    if isinstance(error, ssl.SSLCertVerificationError):
        # OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED and X509_V_ERR_HOSTNAME_MISMATCH.
        code = {10: "TLS_EXPIRED", 62: "TLS_NAME"}.get(error.verify_code, "TLS_UNTRUSTED")
        return Cause(code, detail)
    if isinstance(error, ssl.SSLError):
        return Cause("TLS_FAILED", detail)
    if isinstance(error, TimeoutError):
        return Cause("TIMEOUT", detail)
    if isinstance(error, socket.gaierror):
        return Cause("NAME_UNKNOWN", detail)
    if isinstance(error, ConnectionError) and error.errno is None:
        return Cause("RESET", detail)
    if isinstance(error, OSError):
        return Cause(_BY_NUMBER.get(error.errno or 0, "UNREACHABLE"), detail)
    return Cause("PROBE_BROKE", type(error).__name__)

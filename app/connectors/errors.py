"""How a call to another system can end badly, told apart by what has to follow.

Two questions decide everything: may the other side have done it (`maybe_done`), and is another
try of any use (`try_again`)? A call that changes something and may have been done is never sent
again before it was looked up. A text here may reach the log: it never holds personal data.
"""

from __future__ import annotations


class ConnectorError(Exception):
    """A call failed. `code` names the sentence for people; `detail` is for it, without any
    personal data or secret. `exchange` is the request and the answer, masked before it is kept."""

    code = "CONNECTOR_FAILED"
    maybe_done = False
    try_again = True

    def __init__(self, detail: str = "", *, exchange: str = "") -> None:
        super().__init__(f"{self.code} {detail}".strip())
        self.detail = detail
        self.exchange = exchange


class Down(ConnectorError):
    """It can't be reached, or says that it is out of order; nothing was done there."""

    code = "CONNECTOR_DOWN"


class RateLimited(ConnectorError):
    """Too many calls. Nothing was done; ask again after `retry_after_s` seconds."""

    code = "CONNECTOR_RATE_LIMITED"

    def __init__(self, retry_after_s: float, detail: str = "", *, exchange: str = "") -> None:
        super().__init__(detail, exchange=exchange)
        self.retry_after_s = retry_after_s


class Unauthorised(ConnectorError):
    """The key, password or token isn't taken. Another try is of no use before a person acts."""

    code = "CONNECTOR_UNAUTHORISED"
    try_again = False


class Refused(ConnectorError):
    """Understood and refused, for a reason of the trade: no balance, bad address, wrong state.

    `reason` is the other system's own code where it has one; `detail` its sentence.
    """

    code = "CONNECTOR_REFUSED"
    try_again = False

    def __init__(self, detail: str = "", *, reason: str = "", exchange: str = "") -> None:
        super().__init__(detail, exchange=exchange)
        self.reason = reason


class Unfit(ConnectorError):
    """What the connector was told once can't be: `detail` names it. Nothing can be asked of it
    before a person mends that."""

    code = "CONNECTOR_UNFIT"
    try_again = False


class UnknownOutcome(ConnectorError):
    """It was sent and no answer came, or none that tells: it must be looked up before a resend."""

    code = "CONNECTOR_UNKNOWN"
    maybe_done = True


class Unreadable(ConnectorError):
    """An answer came that is not what it should be: HTML, half a JSON, a missing field."""

    code = "CONNECTOR_UNREADABLE"
    maybe_done = True

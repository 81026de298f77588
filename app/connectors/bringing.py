"""How a connector brings an order of its source to a step: look, act, look again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from app.connectors import errors

Row = TypeVar("Row", bound=Mapping[str, Any])


async def bring(
    look: Callable[[], Awaitable[Row]],
    is_done: Callable[[Row], bool],
    act: Callable[[Row], Awaitable[None]],
    state: str = "state",
) -> Row:
    """Bring the order to the step; gives it as it is then.

    Another may have pressed the same button a moment before, which is as good: a refusal counts
    only where the step, looked at once more, is not reached.

    Args:
        look: reads the order; raises Refused where it is gone or cancelled.
        act: makes the calls that lead to the step.
        state: the field that says where the order stands.

    Raises:
        ConnectorError: Refused where the source or the order's state won't have it.
    """
    row = await look()
    if is_done(row):
        return row
    refusal = errors.Refused(str(row[state]), reason="STATE")
    try:
        await act(row)
    except errors.Refused as refused:
        refusal = refused
    row = await look()
    if not is_done(row):
        raise refusal
    return row

"""What a frozen task is asked again and again, and answers the same for as long as it lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def remembered(question: Callable[[Task], Answer]) -> Callable[[Task], Answer]:
    """Let a question about a frozen task be worked out once for each task.

    The rules, the prompt and the screen all ask where a task stands. The answer is kept in the
    task itself (so its class has no slots), and goes with it: the next entry makes another task.
    """
    name = f"_{question.__module__}.{question.__name__}"

    @wraps(question)
    def ask(task: Task) -> Answer:
        known: dict[str, Any] = task.__dict__
        try:
            answer: Answer = known[name]
        except KeyError:
            answer = known[name] = question(task)
        return answer

    return ask

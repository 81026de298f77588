"""Texts of everything around the work itself: the store, the people, the supervisor's desk."""

from __future__ import annotations

from app.domain.texts import desk, people, store

TEXTS = store.TEXTS | people.TEXTS | desk.TEXTS
PROMPTS = people.PROMPTS
WORDS = people.WORDS | desk.WORDS

"""Closed word lists, written as prose so that a page shows all of a list."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, split at white space."""
    return frozenset(text.split())

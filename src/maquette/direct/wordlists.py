"""Word lists are written as plain text, which reads and compares better than a thousand quotation marks."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The set of words in a text, separated by spaces."""
    return frozenset(text.split())

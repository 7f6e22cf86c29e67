"""Content-addressed media: a file's name is the SHA-256 of its bytes, so equal pictures are stored once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import StoreError
from maquette.store.files import file_errors, write_whole


@dataclass(frozen=True)
class MediaStore:
    """Files under `root/ab/cdef...suffix`."""

    root: Path

    def path(self, digest: str, suffix: str) -> Path:
        return self.root / digest[:2] / f"{digest[2:]}{suffix}"

    def put(self, data: bytes, suffix: str) -> str:
        """Store bytes; returns their digest. Storing the same bytes again writes nothing."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.has(digest, suffix):
            write_whole(self.path(digest, suffix), data)
        return digest

    def has(self, digest: str, suffix: str) -> bool:
        """Whether the file is there and its bytes are what its name says."""
        path = self.path(digest, suffix)
        with file_errors(path, "reading"):
            return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest

    def get(self, digest: str, suffix: str) -> bytes:
        """The bytes; StoreError if the file is missing or damaged."""
        path = self.path(digest, suffix)
        if not path.is_file():
            raise StoreError(f"The media file {path} is missing: run `maquette board` again to make the picture anew.")
        with file_errors(path, "reading"):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(f"The media file {path} is damaged: run `maquette board` again to make the picture anew.")
        return data

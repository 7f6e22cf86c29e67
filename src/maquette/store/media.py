"""Content-addressed media: a file's name is the SHA-256 of its bytes, so equal pictures are stored once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import StoreError
from maquette.store.files import file_errors, write_whole

DRAW_AGAIN = "run `maquette board` again to make the picture anew"


@dataclass(frozen=True)
class MediaStore:
    """Files under `root/ab/cdef...suffix`."""

    root: Path

    def path(self, digest: str, suffix: str) -> Path:
        return self.root / digest[:2] / f"{digest[2:]}{suffix}"

    def put(self, data: bytes, suffix: str) -> str:
        """Store bytes; returns their digest. Storing the same bytes again writes nothing."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.root.parent.is_dir():
            raise StoreError(
                f"The folder {self.root.parent} is gone: the production was moved or deleted while Maquette worked on "
                "it; run the command again where it is now."
            )
        if not self.has(digest, suffix):
            write_whole(self.path(digest, suffix), data)
        return digest

    def has(self, digest: str, suffix: str) -> bool:
        """Whether the file is there and its bytes are what its name says."""
        path = self.path(digest, suffix)
        with file_errors(path, "reading"):
            return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest

    def digests(self, suffix: str) -> Iterator[str]:
        """Digests that file names with this suffix claim; whether the bytes are theirs is for `has` to say."""
        for path in sorted(self.root.glob(f"??/*{suffix}")):
            digest = path.parent.name + path.name.removesuffix(suffix)
            if len(digest) == 64 and not path.name.startswith("."):
                yield digest

    def sweep(self) -> None:
        """Remove what writers that were killed left half written. Only for the production's one writer."""
        for part in self.root.glob("??/.*.part"):
            with contextlib.suppress(OSError):
                part.unlink()

    def get(self, digest: str, suffix: str, remedy: str = DRAW_AGAIN) -> bytes:
        """The bytes. StoreError if the file is missing or damaged: its last words are the remedy."""
        path = self.path(digest, suffix)
        if not path.is_file():
            raise StoreError(f"The media file {path} is missing: {remedy}.")
        with file_errors(path, "reading"):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError(f"The media file {path} is damaged: {remedy}.")
        return data

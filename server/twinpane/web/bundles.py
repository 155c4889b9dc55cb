"""The built browser parts: files with a hash in their name, listed in manifest.json."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from starlette.responses import Response

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Bundle:
    """One built file, ready to be sent."""

    name: str
    content_type: str
    body: bytes
    gzipped: bytes


class Bundles:
    """All built files, in memory. Without a manifest there are none."""

    def __init__(self, files: Mapping[str, Bundle], entries: Mapping[str, str]) -> None:
        """Take files by their name and the names of the entries (`loader.js` → `loader-….js`)."""
        self._files = files
        self._entries = entries

    @classmethod
    def read(cls, folder: Path) -> Bundles:
        """Read a folder that tools/build.mjs wrote. Every file in it can be served, chunks included."""
        manifest = folder / "manifest.json"
        if not manifest.exists():
            return cls({}, {})
        entries = msgspec.json.decode(manifest.read_bytes(), type=dict[str, str])
        files = [path for path in folder.iterdir() if path.is_file() and path != manifest]
        return cls({path.name: make_bundle(path.name, path.read_bytes()) for path in files}, entries)

    def entry(self, name: str) -> Bundle | None:
        """The file behind an entry, such as `loader.js`."""
        return self._files.get(self._entries.get(name, ""))

    def name(self, entry: str) -> str:
        """The own name of the file behind an entry; the entry's where it is not built."""
        return self._entries.get(entry, entry)

    def chunks(self, name: str) -> list[str]:
        """Names of the files that an entry cannot begin without; the browser is told of them before it finds out."""
        return self._entries.get(f"{name}.chunks", "").split()

    def file(self, name: str) -> Bundle | None:
        """A file by its own name."""
        return self._files.get(name)


def respond(accept_encoding: str, bundle: Bundle, headers: Mapping[str, str]) -> Response:
    """Send a bundle, compressed where the browser takes it."""
    headers = {"Vary": "Accept-Encoding", **headers}
    if "gzip" not in accept_encoding:
        return Response(bundle.body, media_type=bundle.content_type, headers=headers)
    return Response(bundle.gzipped, media_type=bundle.content_type, headers={**headers, "Content-Encoding": "gzip"})


def make_bundle(name: str, body: bytes) -> Bundle:
    """A file that is ready to be sent."""
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Bundle(name, content_type, body, gzip.compress(body, 9, mtime=0))

"""Reads a response's body up to a limit, on the wire and unpacked: a bomb stops at the limit."""

import zlib
from collections.abc import AsyncIterable

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW = -zlib.MAX_WBITS
_GZIP_MARK = b"\x1f\x8b"
ENCODINGS = ("gzip", "x-gzip", "deflate")


class BodyTooLarge(Exception):  # noqa: N818 - a limit reached, not a fault
    """The body is larger than the limit, or unpacks to more than it."""


class BodyBroken(Exception):  # noqa: N818
    """The body is packed in a way that was not asked for, or is cut off or damaged."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, limit: int) -> bytes:
    """The whole unpacked body. Raises BodyTooLarge beyond `limit` bytes, BodyBroken when damaged."""
    unpacker = _choose(encoding)
    parts: list[bytes] = []
    wire = size = 0
    async for chunk in chunks:
        wire += len(chunk)
        part = unpacker.unpack(chunk, limit - size + 1)
        size += len(part)
        if max(wire, size) > limit:
            raise BodyTooLarge
        parts.append(part)
    unpacker.finish()
    return b"".join(parts)


class _Plain:
    def unpack(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]

    def finish(self) -> None:
        """A plain body that is cut off shows in its Content-Length, which the client checks."""


class _Packed:
    """gzip, of one member or of several one after the other, and deflate."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    def unpack(self, chunk: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        try:
            while chunk and room > 0 and self._goes_on(chunk):
                parts.append(self._inflate_some(chunk, room))
                room -= len(parts[-1])
                chunk = self._inflate.unused_data
        except zlib.error as error:
            raise BodyBroken(str(error)) from error
        return b"".join(parts)

    def _goes_on(self, chunk: bytes) -> bool:
        """Whether more is packed here: behind a whole member stands the next one, or padding."""
        if self._inflate.eof:
            if not chunk.startswith(_GZIP_MARK[: len(chunk)]):
                return False
            self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        return True

    def _inflate_some(self, chunk: bytes, room: int) -> bytes:
        if self._started:
            return self._inflate.decompress(chunk, room)
        self._started = True
        try:
            return self._inflate.decompress(chunk, room)
        except zlib.error:
            # Some servers send deflate without the zlib frame that the standard asks for.
            self._inflate = zlib.decompressobj(_RAW)
            return self._inflate.decompress(chunk, room)

    def finish(self) -> None:
        if self._started and not self._inflate.eof:
            raise BodyBroken("cut off")


def _choose(encoding: str) -> _Plain | _Packed:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ENCODINGS:
        return _Packed()
    raise BodyBroken(name[:40])

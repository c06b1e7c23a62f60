"""Unpack what servers and archives have packed, up to a limit: a bomb of a few bytes may hold gigabytes.

A torn end is no error: what came before it is returned.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_LAYERS = 3  # nobody packs more often in earnest


class UnpackError(ValueError):
    """The bytes cannot be unpacked, or become too many."""


def unpack(body: bytes, encoding: str, *, most_bytes: int) -> bytes:
    """Undo an HTTP Content-Encoding such as "gzip" or "gzip, br"; UnpackError says in words what is wrong."""
    names = [name.strip() for name in encoding.lower().split(",") if name.strip(" ,")]
    if len(names) > MOST_LAYERS:
        raise UnpackError(f"is packed {len(names)} times over")
    for name in reversed(names):
        if name not in UNPACKERS:
            raise UnpackError(f"is packed in an unknown way: {name}")
        try:
            body = UNPACKERS[name](body, most_bytes)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise UnpackError(f"is not {name}, as it says") from error
        if len(body) > most_bytes:
            raise UnpackError(f"unpacks to more than {most_bytes:,} bytes")
    return body


def is_gzip(body: bytes) -> bool:
    """Tell whether bytes begin like a gzip file."""
    return body.startswith(b"\x1f\x8b\x08")


def _gzip(body: bytes, most_bytes: int) -> bytes:
    unpacked = bytearray()
    while body and len(unpacked) <= most_bytes:
        member = zlib.decompressobj(31)
        unpacked += member.decompress(body, most_bytes + 1 - len(unpacked))
        body = member.unused_data.lstrip(b"\0") if member.eof else b""
    return bytes(unpacked)


def _deflate(body: bytes, most_bytes: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, most_bytes + 1)
    except zlib.error:  # some servers send it without zlib's header
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most_bytes + 1)


def _brotli(body: bytes, most_bytes: int) -> bytes:
    member = brotli.Decompressor()
    unpacked = bytearray(member.process(body, output_buffer_limit=most_bytes + 1))
    while len(unpacked) <= most_bytes and (more := member.process(b"", output_buffer_limit=most_bytes + 1)):
        unpacked += more
    return bytes(unpacked)


def _zstd(body: bytes, most_bytes: int) -> bytes:
    return bytes(zstd.ZstdDecompressor().decompress(body, most_bytes + 1))


def _as_is(body: bytes, _most_bytes: int) -> bytes:
    return body


UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "identity": _as_is,
}

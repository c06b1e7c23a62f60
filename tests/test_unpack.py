from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.unpack import UNPACKERS, UnpackError, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

raw_deflate = zlib.compressobj(wbits=-15)
PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}


@pytest.mark.parametrize("name", PACKERS)
@given(body=st.binary(max_size=2_000))
def test_what_was_packed_comes_out(name: str, body: bytes) -> None:
    packed = PACKERS[name](body)
    assert unpack(packed, name.upper(), most_bytes=2_000) == body
    assert unpack(PACKERS[name](packed), f"{name}, {name}", most_bytes=5_000) == body


def test_all_are_tried() -> None:
    assert PACKERS.keys() == UNPACKERS.keys()


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_is_not_unpacked(name: str) -> None:
    packed = PACKERS[name](bytes(3_000_000))
    with pytest.raises(UnpackError, match="unpacks to more than 1,000 bytes"):
        unpack(packed, name, most_bytes=1_000)


@pytest.mark.parametrize("name", [name for name in PACKERS if name != "identity"])
def test_a_torn_end_is_no_error(name: str) -> None:
    body = bytes(range(256)) * 100
    part = unpack(PACKERS[name](body)[:-20], name, most_bytes=100_000)
    assert body.startswith(part)


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_what_is_something_else_is_named(name: str) -> None:
    with pytest.raises(UnpackError, match=f"is not {name}, as it says"):
        unpack(b"<html>plain</html>", name, most_bytes=1_000)


def test_odd_ways_to_pack() -> None:
    body = b"words " * 50
    packed = raw_deflate.compress(body) + raw_deflate.flush()
    assert unpack(packed, "deflate", most_bytes=1_000) == body
    assert unpack(gzip.compress(body) + gzip.compress(b"more") + b"\0\0", "gzip", most_bytes=1_000) == body + b"more"
    assert unpack(body, " ", most_bytes=1_000) == body
    with pytest.raises(UnpackError, match="in an unknown way: rot13"):
        unpack(body, "rot13", most_bytes=1_000)
    with pytest.raises(UnpackError, match="4 times over"):
        unpack(body, "gzip,gzip,gzip,gzip", most_bytes=1_000)

"""What may stand in one field of a TOML file, with the sentence that helps where something else does."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from functools import cache
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from babel import Locale
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # regions and test codes that CLDR lists beside ISO 3166-1


class Table(BaseModel):
    """A table of a file: nothing unknown in it, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HostAddress(NamedTuple):
    """Where a name leads instead of where the network says; without a port the one asked for is meant."""

    ip: str
    port: int | None = None


def is_web_address(text: str) -> bool:
    """Tell whether a text is an http or https address with a full host name."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return False
    return parts.scheme in ("http", "https") and bool(HOST.fullmatch(host)) and not re.search(r"\s", text)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("says nothing; fill it in")
    return text.strip()


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError('is no id; write lower-case letters, digits and hyphens, such as "harbour-post"')
    return text


def _address(text: str) -> str:
    if not is_web_address(text):
        raise ValueError('is no address; write it in full, such as "https://example.org/feed.xml"')
    return text


@cache
def _countries() -> frozenset[str]:
    codes = {code for code in Locale("en").territories if re.fullmatch(r"[A-Z]{2}", code)}
    return frozenset(codes - NO_COUNTRIES)


def _country(code: str) -> str:
    if code not in _countries():
        raise ValueError('is no country; write its two letters of ISO 3166-1, such as "IE"')
    return code


def _language(code: str) -> str:
    if not LANGUAGE.fullmatch(code) or code.split("-")[0] not in Locale("en").languages:
        raise ValueError('is no language; write its code of BCP 47, such as "en" or "pt-BR"')
    return code


_time_zones = cache(zoneinfo.available_timezones)  # reads the system's folder of zones


def _time_zone(name: str) -> str:
    if name not in _time_zones():
        raise ValueError('is no time zone; write its IANA name, such as "Europe/Dublin"')
    return name


def _pattern(text: str) -> str:
    if not HOST.fullmatch(text.removeprefix("*.")) and not re.fullmatch(r"\*\.[a-z0-9-]+", text):
        raise ValueError('is no host; write a name in lower case, or "*.name" for all names below one')
    return text


def _host_addresses(given: object) -> tuple[HostAddress, ...]:
    listed = given if isinstance(given, list) else [given]
    return tuple(_host_address(str(one)) for one in listed)


def _host_address(text: str) -> HostAddress:
    match = re.fullmatch(r"(?:\[(?P<six>.+)\]|(?P<four>[^:]+))(?::(?P<port>\d{1,5}))?", text)
    try:
        if match is None:
            raise ValueError(text)
        address = ipaddress.ip_address(match["six"] or match["four"])
    except ValueError:
        raise ValueError('is no address; write one such as "127.0.0.1:8765" or "[::1]:8765"') from None
    return HostAddress(str(address), int(match["port"]) if match["port"] else None)


Text = Annotated[str, AfterValidator(_text)]
Id = Annotated[str, AfterValidator(_id)]
WebAddress = Annotated[str, AfterValidator(_address)]
Country = Annotated[str, AfterValidator(_country)]
Language = Annotated[str, AfterValidator(_language)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
HostAddresses = Annotated[tuple[HostAddress, ...], BeforeValidator(_host_addresses)]

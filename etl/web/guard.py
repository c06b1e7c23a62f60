"""Where the collector may go: judged from an address alone, and from what a name resolves to. Pure.

Feeds and redirects are written by strangers. An address in them may lead into the network that this machine stands
in (a router, a database, the metadata service of a cloud), so only public addresses are asked, unless settings say
otherwise.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TypeAlias
from urllib.parse import urlsplit

import idna

from etl.errors import FetchRefused
from etl.settings import HostAddress, Settings

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

CONTROLS = re.compile(r"[\x00-\x20\x7f]|%00")
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+")
NUMERIC = re.compile(
    r"(.*\.)?(0x[0-9a-f]*|\d+)"
)  # what a resolver would read as an IPv4 address, however it is written

# Networks that ipaddress calls global, or called so before Python 3.11.10, and that lead elsewhere than they say.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "64:ff9b:1::/48",  # translation within one network
        "100::/64",  # discarded
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # the old site-local addresses
    )
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")


def check_url(url: str, settings: Settings) -> str:
    """Return the host of an address that may be asked; FetchRefused says why one may not."""
    if len(url) > settings.limits.url_characters:
        raise FetchRefused(url[:100], f"address is longer than {settings.limits.url_characters:,} characters")
    if CONTROLS.search(url):
        raise FetchRefused(url, "address holds a blank or a control character")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise FetchRefused(url, f"address cannot be read: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise FetchRefused(url, f"only http and https are asked, not {parts.scheme or 'an address without either'}")
    if "@" in parts.netloc:
        raise FetchRefused(url, "address carries a user name")
    if port is not None and port not in settings.guard.ports:
        raise FetchRefused(url, f"port {port} is not one of the web's")
    _check_host(url, host, settings)
    return host


def check_addresses(url: str, host: str, addresses: list[str], settings: Settings) -> None:
    """Raise FetchRefused unless every address that a host resolves to is public, or allowed for that host."""
    if not addresses:
        raise FetchRefused(url, f"{host} has no address")
    if matches(host, settings.guard.private_hosts):
        return
    for text in addresses:
        if not is_public(ipaddress.ip_address(text)):
            raise FetchRefused(url, f"address is not public: {text}")


def given_addresses(host: str, settings: Settings) -> tuple[HostAddress, ...]:
    """Return the addresses that settings give for a host, if any; the longest pattern wins."""
    known = [pattern for pattern in settings.hosts if matches(host, (pattern,))]
    return settings.hosts[max(known, key=len)] if known else ()


def matches(host: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a host is one of the names, or below one that is written "*.name"."""
    return any(host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:])) for pattern in patterns)


def is_public(address: Address) -> bool:
    """Tell whether an address is one that anybody on the internet can reach, looking through what embeds another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in NOT_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def in_ascii(host: str) -> str:
    """Return a host as it goes over the wire: in lower case, letters of other scripts in punycode."""
    name = host.lower().rstrip(".")
    try:
        return name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:  # no name that could be resolved
        return name


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which an IPv6 address leads in the end."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _check_host(url: str, host: str, settings: Settings) -> None:
    if ":" in host or re.fullmatch(r"\d+\.\d+\.\d+\.\d+", host):
        try:
            check_addresses(url, host, [str(ipaddress.ip_address(host))], settings)
        except ValueError as error:
            raise FetchRefused(url, f"host is no address: {host}") from error
    elif NUMERIC.fullmatch(host):
        raise FetchRefused(url, f"host is an address in disguise: {host}")
    elif not NAME.fullmatch(in_ascii(host)) or len(host) > 253:
        raise FetchRefused(url, f"host is no full name: {host or 'none'}")

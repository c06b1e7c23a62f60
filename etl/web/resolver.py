"""Names to addresses: the one place in which the collector turns a host into something to connect to.

A name may answer with a public address when it is checked and with a private one when it is connected to. So both are
one answer here: what the guard let through is remembered, and Twisted is given that and nothing else.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

from twisted.internet.address import IPv4Address, IPv6Address

from etl.errors import FetchFailed
from etl.settings import HostAddress, Settings
from etl.web.guard import check_addresses, given_addresses, in_ascii

Receiver: TypeAlias = Any  # Twisted's IResolutionReceiver

THREADS = 16  # names that do not answer hold one each until the operating system gives up


def look_up(host: str) -> list[str]:
    """Ask the operating system for all addresses of a host; OSError where it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedResolver:
    """Resolves names for the guard and for Twisted alike; only checked addresses ever leave it."""

    def __init__(self, settings: Settings, lookup: Callable[[str], list[str]] = look_up) -> None:
        self._settings, self._lookup = settings, lookup
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="lookup")
        self._checked: dict[str, asyncio.Future[tuple[HostAddress, ...]]] = {}

    async def check(self, url: str, host: str) -> tuple[HostAddress, ...]:
        """Return a host's addresses, asking for them once a run; FetchRefused or FetchFailed where there are none."""
        name = in_ascii(host)
        if name not in self._checked:
            self._checked[name] = asyncio.ensure_future(self._resolve(url, name))
        return await self._checked[name]

    async def _resolve(self, url: str, host: str) -> tuple[HostAddress, ...]:
        addresses = given_addresses(host, self._settings) or await self._ask(url, host)
        check_addresses(url, host, [address.ip for address in addresses], self._settings)
        return addresses

    async def _ask(self, url: str, host: str) -> tuple[HostAddress, ...]:
        seconds = self._settings.limits.seconds_per_lookup
        asking = asyncio.get_running_loop().run_in_executor(self._threads, self._lookup, host)
        try:
            found = await asyncio.wait_for(asking, seconds)
        except TimeoutError as error:
            raise FetchFailed(url, f"the name {host} was not resolved within {seconds:g} seconds") from error
        except (OSError, UnicodeError) as error:
            raise FetchFailed(url, f"the name {host} has no address") from error
        return tuple(HostAddress(address) for address in found)

    def resolveHostName(  # noqa: N802 (Twisted's names, here and below: its IHostnameResolver)
        self,
        resolutionReceiver: Receiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: object = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> _Resolution:
        """Hand Twisted the addresses that were checked; a host that was not checked has none."""
        resolutionReceiver.resolutionBegan(_Resolution(hostName))
        for address in self._addresses_of(hostName):
            kind: Any = IPv6Address if ":" in address.ip else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", address.ip, address.port or portNumber))
        resolutionReceiver.resolutionComplete()
        return _Resolution(hostName)

    def _addresses_of(self, host: str) -> tuple[HostAddress, ...]:
        checked = self._checked.get(in_ascii(host))
        if checked is None or not checked.done() or checked.exception() is not None:
            return ()
        return checked.result()


class _Resolution:
    """Twisted's handle on a resolution; ours are over at once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way that could be stopped."""

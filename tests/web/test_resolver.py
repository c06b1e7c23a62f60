from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from etl.errors import FetchFailed, FetchRefused
from etl.settings import HostAddress, load_settings
from etl.web.resolver import GuardedResolver


@dataclass
class Receiver:
    """What Twisted gives a resolver to tell its findings to."""

    found: list[tuple[str, int]] = field(default_factory=list)
    is_complete: bool = False

    def resolutionBegan(self, _resolution: object) -> None:  # noqa: N802
        self.is_complete = False

    def addressResolved(self, address: object) -> None:  # noqa: N802
        self.found.append((address.host, address.port))  # type: ignore[attr-defined]

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


def connect_to(resolver: GuardedResolver, host: str) -> list[tuple[str, int]]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, 80)
    assert receiver.is_complete
    return receiver.found


def changing(*answers: list[str]) -> Callable[[str], list[str]]:
    """A name server that says something else each time."""
    left = iter(answers)
    return lambda _host: next(left)


def check(resolver: GuardedResolver, host: str) -> tuple[HostAddress, ...]:
    return asyncio.run(resolver.check(f"http://{host}/", host))


def test_what_was_checked_is_what_is_connected_to() -> None:
    resolver = GuardedResolver(load_settings(), changing(["93.184.216.34"], ["10.0.0.1"]))

    async def check_twice() -> None:
        for _ in range(2):
            assert await resolver.check("http://a.example/", "a.example") == (HostAddress("93.184.216.34"),)

    asyncio.run(check_twice())
    assert connect_to(resolver, "a.example") == [("93.184.216.34", 80)]


def test_nothing_is_connected_to_that_was_not_checked() -> None:
    resolver = GuardedResolver(load_settings(), changing(["93.184.216.34"]))
    assert connect_to(resolver, "a.example") == []


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["93.184.216.34", "::1"]])
def test_one_private_address_is_too_many(addresses: list[str]) -> None:
    resolver = GuardedResolver(load_settings(), changing(addresses))
    with pytest.raises(FetchRefused, match="address is not public"):
        check(resolver, "a.example")
    assert connect_to(resolver, "a.example") == []


def test_names_in_other_scripts_are_known_in_both_forms() -> None:
    resolver = GuardedResolver(load_settings(), changing(["93.184.216.34"]))
    check(resolver, "xn--bcher-kva.example")
    assert connect_to(resolver, "bücher.example") == [("93.184.216.34", 80)]


def test_a_name_without_an_address_is_a_failure() -> None:
    def unknown(_host: str) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(FetchFailed, match=r"a\.example has no address"):
        check(GuardedResolver(load_settings(), unknown), "a.example")


def test_a_name_server_that_is_silent_is_not_waited_for() -> None:
    settings = load_settings()
    hasty = settings.model_copy(update={"limits": settings.limits.model_copy(update={"seconds_per_lookup": 0.05})})

    def silent(_host: str) -> list[str]:
        time.sleep(0.3)
        return ["93.184.216.34"]

    with pytest.raises(FetchFailed, match=r"not resolved within 0\.05 seconds"):
        check(GuardedResolver(hasty, silent), "a.example")

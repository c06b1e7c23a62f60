from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchRefused
from etl.settings import HostAddress, Settings, load_settings
from etl.web.guard import check_addresses, check_url, given_addresses, is_public, matches

SETTINGS = load_settings()
PRIVATE = [
    ipaddress.ip_network(text)
    for text in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12")
]


def with_hosts(hosts: dict[str, tuple[HostAddress, ...]], private: tuple[str, ...] = ()) -> Settings:
    guard = SETTINGS.guard.model_copy(update={"private_hosts": private})
    return SETTINGS.model_copy(update={"hosts": hosts, "guard": guard})


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://example.org/", "example.org"),
        ("https://EXAMPLE.org:443/a?b", "example.org"),
        ("http://bücher.example/", "bücher.example"),
        ("http://under_score.example.org./", "under_score.example.org"),
        ("http://93.184.216.34/", "93.184.216.34"),
        ("http://[2606:2800:220:1::1]/", "2606:2800:220:1::1"),
    ],
)
def test_public_addresses_pass(url: str, host: str) -> None:
    assert check_url(url, SETTINGS) == host


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_however_it_is_wrapped(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = [(0xFFFF << 32) | number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)]
    verdict = is_public(address)
    assert [is_public(ipaddress.IPv6Address(one)) for one in wrapped] == [verdict] * 3
    assert not (verdict and any(address in network for network in PRIVATE))


def test_only_the_named_hosts_may_be_private() -> None:
    settings = with_hosts({}, private=("*.test", "paper.intranet.example"))
    check_addresses("", "a.test", ["127.0.0.1"], settings)
    check_addresses("", "paper.intranet.example", ["10.0.0.1"], settings)
    for host in ("test.example", "a.test.example", "other.intranet.example", "atest"):
        with pytest.raises(FetchRefused):
            check_addresses("", host, ["127.0.0.1"], settings)


def test_the_longest_pattern_gives_the_address() -> None:
    here, there = (HostAddress("127.0.0.1", 1),), (HostAddress("127.0.0.1", 2),)
    settings = with_hosts({"*.test": here, "*.tls.test": there, "one.test": there})
    assert given_addresses("a.test", settings) == here
    assert given_addresses("a.tls.test", settings) == given_addresses("one.test", settings) == there
    assert given_addresses("example.org", settings) == ()


def test_a_pattern_is_for_names_below_it_alone() -> None:
    assert matches("a.b.test", ("*.test",))
    assert not matches("test", ("*.test",))
    assert not matches("eviltest", ("*.test",))

from __future__ import annotations

import pickle
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.settings import DEFAULTS, Clock, HostAddress, load_settings
from etl.web.guard import matches

NEWSROOM = DEFAULTS.parents[1] / "etl" / "newsroom" / "settings.toml"


def test_every_default_is_a_line_with_its_reason() -> None:
    lines = [line for line in DEFAULTS.read_text().splitlines() if "=" in line and not line.startswith("#")]
    assert len(lines) > 30
    assert [line for line in lines if "  #" not in line and " # " not in line] == []


def test_a_file_of_ones_own_changes_only_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[politeness]\ndelay_seconds = 9\n")
    mine, default = load_settings(path), load_settings()
    assert mine.politeness.delay_seconds == 9
    assert mine.politeness.retries == default.politeness.retries
    assert mine.limits == default.limits


def test_settings_travel_between_processes() -> None:
    settings = load_settings(NEWSROOM)
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_the_newsroom_is_collected_at_its_own_address_and_day() -> None:
    settings = load_settings(NEWSROOM)
    assert settings.make_clock().now() == datetime(2026, 9, 1, 6, tzinfo=UTC)
    assert settings.guard.private_hosts == ("*.test",)
    assert [address.ip for address in settings.hosts["*.test"]] == ["127.0.0.1"]
    assert not matches("example.org", settings.guard.private_hosts)
    assert settings.user_agent().endswith("(+newsroom@media-coverage.test)")


def test_without_a_fixed_day_the_clock_goes_on() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= load_settings().make_clock().now() <= datetime.now(UTC)
    fixed = datetime(2026, 9, 1, 6, tzinfo=UTC)
    assert Clock(fixed).now() == fixed


def test_addresses_of_hosts(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[hosts]\n"a.test" = "[::1]:80"\n"*.b.test" = ["10.0.0.1", "10.0.0.2:81"]\n')
    assert load_settings(path).hosts == {
        "a.test": (HostAddress("::1", 80),),
        "*.b.test": (HostAddress("10.0.0.1"), HostAddress("10.0.0.2", 81)),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[politness]\nx = 1", "line 1: unknown key 'politness'; did you mean 'politeness'?"),
        ("\n[politeness]\ndelay = 1", "line 3, [politeness]: unknown key 'delay'; take it out"),
        ("[politeness]\ndelay_second = 1", "unknown key 'delay_second'; did you mean 'delay_seconds'?"),
        ("[politeness]\nretries = -1", "line 2, [politeness]: retries -1 should be greater than or equal to 0"),
        ("[politeness]\nretries = 'few'", "line 2, [politeness]: retries 'few' should be a valid integer"),
        ("[guard]\nports = [80, 99999]", "line 2, [guard]: ports 99999 should be less than 65536"),
        ('[guard]\nprivate_hosts = ["*.*"]', "line 2, [guard]: private_hosts '*.*' is no host"),
        ('[hosts]\n"*.test" = "localhost:80"', "line 2, [hosts]: *.test 'localhost:80' is no address"),
        ('[hosts]\n"A.test" = "127.0.0.1"', "line 2, [hosts]: A.test 'A.test' is no host"),
        ("[clock]\nnow = 2026-09-01T06:00:00", "has no time zone; add Z for UTC"),
        ("limits = 3", "line 1: limits 3 should be a valid dictionary"),
        ("[limits", "is not TOML: "),
        ("[limits]\npage_bytes = 1\npage_bytes = 2\n\n", "(at line 3, column 15); mend that line"),
    ],
)
def test_a_mistake_is_told_with_file_place_and_remedy(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_settings(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# Straße".encode("latin-1"))
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load_settings(tmp_path / "latin.toml")


def test_the_newsrooms_settings_name_nothing_that_the_defaults_do_not() -> None:
    defaults, own = tomllib.loads(DEFAULTS.read_text()), tomllib.loads(NEWSROOM.read_text())
    unknown = {(table, key) for table, lines in own.items() for key in lines if key not in defaults.get(table, {})}
    assert unknown == {("hosts", "*.test"), ("clock", "now")}

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.web.answers import answer_of, retry_at
from etl.web.questions import Question

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry-after": "120"}, timedelta(minutes=2)),
        ({"retry-after": " 0 "}, timedelta(0)),
        ({"retry-after": "99999999999999999999"}, timedelta(days=30)),
        (
            {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT", "date": "Fri, 31 Dec 1999 23:58:59 GMT"},
            timedelta(minutes=1),
        ),
        ({"retry-after": "Tue, 01 Sep 2026 07:00:00 GMT"}, timedelta(hours=1)),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, timedelta(0)),
    ],
)
def test_a_pause_is_judged_by_the_servers_own_clock(headers: dict[str, str], pause: timedelta) -> None:
    assert retry_at(headers, now=NOW) == NOW + pause


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "Fri, 99 Foo 2026"])
def test_a_pause_that_means_nothing_is_none(text: str) -> None:
    assert retry_at({"retry-after": text}, now=NOW) is None


def test_not_modified_is_an_answer_only_to_who_asked_for_it() -> None:
    asked = Question(1, "http://a.test/", headers=(("If-None-Match", '"1"'),), is_feed=True)
    plain = Question(1, "http://a.test/")
    reasons = [
        answer_of(one, now=NOW, status=304, final_url=one.url, headers=(), body=b"").reason for one in (asked, plain)
    ]
    assert reasons == [None, "HTTP 304 (not modified)"]

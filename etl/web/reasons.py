"""What went wrong, in the words that a person reads in `status` and on the health page."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed, ConnectionLost
from twisted.web._newclient import ParseError

from etl.errors import ArticleError, FetchRefused
from etl.web.handler import HeadersTooLarge

GONE = (HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS)  # whoever says so means it

# In order: the first that an error is, or was caused by, names it.
WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (HeadersTooLarge, "its headers are too large"),
    (VerificationError, "its TLS certificate is for another host"),
    (TlsError, "its TLS certificate is not valid, or it speaks no TLS"),
    (DownloadTimeoutError, "gave no complete answer in time"),
    (DownloadCancelledError, "is larger than allowed"),
    (ResponseDataLossError, "the connection was cut before the end"),
    (CannotResolveHostError, "the name has no address"),
    (DownloadConnectionRefusedError, "the connection was refused"),
    (ParseError, "the answer is no HTTP"),
    (ConnectionLost, "the connection was cut"),
    (ConnectionClosed, "the connection was cut"),
    (DownloadFailedError, "the connection was cut"),
    (ConnectError, "cannot be reached"),
)
LASTING = (HeadersTooLarge, DownloadCancelledError)  # limits of ours: asking again changes nothing
UNTIMELY = (HeadersTooLarge, TlsError, VerificationError, ParseError)  # not worth a second try in the same run


def reason_of(error: BaseException) -> tuple[str, bool]:
    """Return why there is no answer, in words, and whether it is never to be asked for again."""
    if isinstance(error, ArticleError):
        return error.reason, isinstance(error, FetchRefused)
    causes = list(causes_of(error))
    if isinstance(error, IgnoreRequest):
        is_bomb = "decompress" in str(error)
        return ("unpacks to more than is allowed", True) if is_bomb else ("redirects too often", False)
    for kind, words in WORDS:
        if any(isinstance(cause, kind) for cause in causes):
            return words, any(isinstance(cause, LASTING) for cause in causes)
    return f"the answer cannot be read ({type(error).__name__}: {str(error)[:100]})", False


def is_untimely(error: BaseException) -> bool:
    """Tell whether trying again at once is useless."""
    return any(isinstance(cause, UNTIMELY) for cause in causes_of(error))


def words_of_status(status: int) -> str:
    """Return a status as it is told: "HTTP 404 (not found)"."""
    try:
        return f"HTTP {status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:  # a number of the server's own making
        return f"HTTP {status}"


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Walk through an error, what it came from, and what Twisted gathered in it."""
    yield error
    for failure in getattr(error, "reasons", None) or ():
        yield from causes_of(failure.value)
    if error.__cause__ is not None:
        yield from causes_of(error.__cause__)

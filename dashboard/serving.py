"""This file is what every answer of the server carries: a strict policy, compression, and sentences for what goes wrong."""

from __future__ import annotations

import logging
import secrets
import threading

import brotli
from dash import Dash, set_props
from dash.exceptions import DependencyException, InvalidResourceError
from flask import Response, request
from flask_compress import Compress

from dashboard.dataset import Dataset
from etl.errors import CoverageError

SCRIPT_QUALITY = 9  # of brotli, for scripts, which are compressed once: 0.5 s for plotly, 12 % smaller than at 4
ANSWER_QUALITY = 4  # for answers, which are compressed each time: 11 costs 33 ms

log = logging.getLogger(__name__)


def protect(app: Dash, *, framed_by: str = "'none'") -> None:
    """Send a strict Content-Security-Policy with every answer: no foreign host, no inline script but Dash's own start."""
    policy: dict[str, str] = {}
    lock = threading.Lock()

    def _policy(response: Response) -> Response:
        with lock:
            if not policy:  # Dash knows all of its inline scripts only once it has set itself up, at the first request
                policy["text"] = "; ".join(
                    [
                        "default-src 'self'",
                        f"script-src 'self' {' '.join(app.csp_hashes())}",
                        "style-src 'self' 'unsafe-inline'",
                        "img-src 'self' data: blob:",
                        "connect-src 'self'",
                        "object-src 'none'",
                        "base-uri 'none'",
                        "form-action 'self'",
                        f"frame-ancestors {framed_by}",
                    ]
                )
        response.headers["Content-Security-Policy"] = policy["text"]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    app.server.after_request(_policy)


def compress(app: Dash) -> None:
    """Compress answers; scripts of libraries well and once, since they are most of what goes over the wire."""
    app.server.config |= {
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": ANSWER_QUALITY,
        "COMPRESS_MIN_SIZE": 800,
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "text/csv",
            "text/plain",
            "application/json",
            "application/javascript",
            "text/javascript",
        ],
    }
    Compress(app.server)
    scripts: dict[str, bytes] = {}
    lock = threading.Lock()

    def _scripts(response: Response) -> Response:
        is_script = request.path.startswith("/_dash-component-suites/") and response.status_code == 200
        if not is_script or "br" not in request.headers.get("Accept-Encoding", ""):
            return response
        address = request.full_path
        with lock:
            if address not in scripts:
                response.direct_passthrough = False
                scripts[address] = brotli.compress(response.get_data(), quality=SCRIPT_QUALITY)
        response.direct_passthrough = False
        response.set_data(scripts[address])
        response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    app.server.after_request(_scripts)  # runs before the compression above, which leaves alone what has an encoding


def refuse_strange_paths(app: Dash) -> None:
    """Answer 404 where a path names a library's file that Dash does not serve; else it is an error of the server."""

    def _strange(_: Exception) -> Response:
        return Response("no such file\n", 404, mimetype="text/plain")

    for kind in (DependencyException, InvalidResourceError):
        app.server.register_error_handler(kind, _strange)


def tell_errors(error: Exception) -> None:
    """Tell a reader that a part of the page failed, with a number that stands in the log beside the traceback."""
    number = secrets.token_hex(4)
    log.error("callback.failed number=%s", number, exc_info=error)
    told = (
        str(error)
        if isinstance(error, CoverageError)
        else f"This part of the page failed. The log has the reason under {number}."
    )
    set_props("failed", {"children": told, "hidden": False})


def health(app: Dash, dataset: Dataset) -> None:
    """Answer /healthz: 200 with the publication at hand, 503 with the reason where there is none."""

    def _health() -> Response:
        try:
            return Response(f"ok {dataset.publication}\n", mimetype="text/plain")
        except CoverageError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")

    app.server.add_url_rule("/healthz", view_func=_health)

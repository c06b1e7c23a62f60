"""A small web of our own on the loopback: every name under .test is served here, well or with malice.

To start a crawl takes a second, so the tests of a module share one where they can: each has hosts of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from etl.settings import Settings, load_settings

Answer = bytes | Callable[[], Iterator[bytes | float]]  # all bytes at once, or bytes and pauses in seconds
Asked = tuple[str, str, dict[str, str], float]  # host, path, headers, when

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Server:
    """Answers by host and path, in a thread of its own, with and without TLS."""

    def __init__(self, certificate: Path) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.asked: list[Asked] = []
        self.ports: dict[str, int] = {}
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        self._end, self._open = asyncio.Event(), set[asyncio.Task[None]]()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificate)
        async with self._listen("http", None), self._listen("https", context):
            self._ready.set()
            await self._end.wait()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _listen(self, scheme: str, context: ssl.SSLContext | None) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=context)
        self.ports[scheme] = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with contextlib.suppress(
                ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError
            ):
                while await self._answer(await reader.readuntil(b"\r\n\r\n"), writer):
                    pass
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            writer.transport.abort()
            self._open.discard(task)

    async def _answer(self, question: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; tell whether the connection stays open."""
        first, *lines = question.decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        host, path = headers.get("host", "").partition(":")[0], first.split(" ")[1]
        self.asked.append((host, path, headers, time.monotonic()))
        answer = self.answers.get((host, path), NOT_FOUND)
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
            return b"content-length:" in answer.lower()
        for part in answer():
            if isinstance(part, bytes):
                writer.write(part)
                await writer.drain()
            else:
                await asyncio.sleep(part)
        return False


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "forged.tls.test")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("forged.tls.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "forged.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[Server]:
    running = Server(certificate)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def asked(server: Server) -> list[Asked]:
    """What the server was asked, in order."""
    return server.asked


@pytest.fixture(scope="module")
def serve(server: Server) -> Callable[[str, str, Answer], None]:
    """Let a host answer at a path."""

    def serve_at(host: str, path: str, answer: Answer) -> None:
        server.answers[host, path] = answer

    return serve_at


@pytest.fixture(scope="module")
def http() -> Callable[..., bytes]:
    """Write an HTTP answer: http(b"body", 200, content_type="text/html")."""

    def answer(body: bytes = b"", status: int = 200, **headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    return answer


@pytest.fixture(scope="module")
def web(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Settings]:
    """Settings that lead every .test to the server, without delays: web(limits={"redirects": 1})."""

    def settings(**changes: dict[str, object]) -> Settings:
        path = tmp_path_factory.mktemp("web") / "settings.toml"
        path.write_text(
            '[collector]\ncontact = "tests@media-coverage.test"\n'
            "[politeness]\ndelay_seconds = 0\nis_throttled = false\nretries = 1\n"
            '[guard]\nprivate_hosts = ["*.test"]\n'
            f'[hosts]\n"*.test" = "127.0.0.1:{server.ports["http"]}"\n'
            f'"*.tls.test" = "127.0.0.1:{server.ports["https"]}"\n'
        )
        made = load_settings(path)
        return made.model_copy(
            update={name: getattr(made, name).model_copy(update=change) for name, change in changes.items()}
        )

    return settings

"""A real SPARQL server for tests: `oxigraph serve` on this machine, with triples of the test's own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def oxigraph(folder: Path, triples: str) -> Iterator[str]:
    """The query address of a server that holds the triples; it is ended with the `with`."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program is not None, "the package oxigraph, which the extra test names, is not installed"
    data = folder / "triples.nt"
    data.write_text(triples, encoding="utf-8")
    store = folder / "store"
    subprocess.run([program, "load", "-l", str(store), "-f", str(data)], check=True, capture_output=True)
    port = _free_port()
    server = subprocess.Popen(
        [program, "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/query"
        _await(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        assert server.poll() is None, "oxigraph serve ended by itself"
        try:
            with opener.open(f"{url}?query=ASK%7B%7D", timeout=5) as answer:
                answer.read()
                return
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("oxigraph serve does not answer")

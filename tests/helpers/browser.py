"""The built site, a server for it as GitHub Pages is one, and a real browser."""

import gzip
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from helpers.command import BUILDER, ROOT

PREFIX = "/codegpt-doctor/"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
TEXTS = {  # what is sent compressed
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
# of the pages with the explainer: nothing can be sent to another host
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'none'; base-uri 'none'"
)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def build_site(folder: Path, *options: str) -> Path:
    """Build the site as `make docs` does, with pages of its own; any warning is an error."""
    with TemporaryDirectory() as pages:
        command = (*BUILDER, "--out", pages, "--site", str(folder), *options)
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@cache
def lacking() -> str:
    """What this machine lacks to drive a browser, in words; empty when it lacks nothing."""
    if not any(map(shutil.which, NAMES)):
        return "Chromium (on Debian: apt install chromium)"
    driver = (sys.executable, "-m", "playwright", "--version")
    started = subprocess.run(driver, capture_output=True, text=True, check=False)
    return f"the browser's driver: {started.stderr.strip()}" if started.returncode else ""


def chromium_path() -> str:
    """The Chromium of the system."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, lacking()
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser, which belongs to one thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves a page before all of it has come."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site below its prefix, and keeps the paths that it was asked for."""

    def __init__(self, *arguments: Any, asked: list[str], **options: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **options)

    def do_POST(self) -> None:
        self.asked.append(f"POST {self.path}")
        self.send_error(405)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if path.suffix in TEXTS and path.is_file():
            self._send(200, path)
        else:
            super().do_GET()

    def _send(self, status: int, path: Path) -> None:
        body = gzip.compress(path.read_bytes(), compresslevel=6)
        self.send_response(status)
        self.send_header("Content-Type", TEXTS[path.suffix])
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(PREFIX) if path.startswith(PREFIX) else "outside"
        return super().translate_path(f"/{inside}")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own = Path(self.directory, "404.html")
        if own.is_file():
            self._send(code, own)
        else:
            super().send_error(code, message, explain)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder: the address of its root, and the paths that were asked for so far."""
    asked: list[str] = []
    handler = partial(_Handler, directory=str(folder), asked=asked)
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{PREFIX}", asked
        finally:
            server.shutdown()


class Watched:
    """A page of the browser, and what it did that it should not: see ``complaints``."""

    def __init__(self, context: BrowserContext, root: str) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self._root = root
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"console {kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self._root, "data:", "blob:")):
            self.complaints.append(f"request: {url}")

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self._root + path)
        return self.page

"""nginx with deploy/nginx.conf in front of a live site, without TLS, for as long as a block."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import cluster
from tests.production_site import ROOT

FIRST_SERVER = re.compile(r"^server \{\n    listen 80;.*?^\}\n", re.MULTILINE | re.DOTALL)
TLS = re.compile(r"^ +(proxy_)?ssl_.*\n", re.MULTILINE)


def configuration(port: int, site: int, folder: Path) -> str:
    """Ours, on another port."""
    ours = TLS.sub("", FIRST_SERVER.sub("", (ROOT / "deploy" / "nginx.conf").read_text()))
    ours = ours.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    ours = ours.replace("https://127.0.0.1:8000", f"http://127.0.0.1:{site}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    return f"pid {folder / 'pid'};\nerror_log {folder / 'error.log'};\nevents {{}}\nhttp {{\n{paths}\n{ours}}}\n"


@contextmanager
def nginx(program: str, site: int, data: Path) -> Iterator[int]:
    """The port it listens on."""
    folder, port = data / "nginx", cluster.free_port()
    folder.mkdir()
    folder.chmod(0o755)
    file = folder / "nginx.conf"
    file.write_text(configuration(port, site, folder))
    process = subprocess.Popen(  # noqa: S603 - the program that was named
        [program, "-c", str(file), "-p", str(folder), "-g", "daemon off; user root;"]
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(30)

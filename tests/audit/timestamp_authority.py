"""A timestamp authority on this machine: openssl answers, behind a web server of the standard library."""

import datetime as dt
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

CONFIG = """[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
PEM = serialization.Encoding.PEM


class Authority(BaseHTTPRequestHandler):
    """`tampered`: what is done to each answer before it is sent."""

    folder: Path
    asked: list[bytes]

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(query)
        (self.folder / "query").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "config", "-queryfile", "query", "-out", "answer"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.tampered((self.folder / "answer").read_bytes()))

    def tampered(self, answer: bytes) -> bytes:
        return answer

    def log_message(self, *_: object) -> None:
        """Nothing on the tests' output."""


class Elsewhere(Authority):
    """Says to ask somebody else."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(303)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.asked.append(self.path.encode())
        self.send_response(200)
        self.end_headers()


@contextmanager
def serving(folder: Path, kind: type[Authority] = Authority) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was asked. Its root certificate is `root.pem` in the folder."""
    folder.mkdir(exist_ok=True)
    _certify(folder)
    (folder / "config").write_text(CONFIG.format(folder=folder))
    handler = type("Own", (kind,), {"folder": folder, "asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", handler.asked  # type: ignore[attr-defined]  # given above
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certify(folder: Path) -> None:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, name = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in ("Root", "Times"))
    today = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder().issuer_name(root_name).not_valid_before(today - dt.timedelta(days=1))
    built = built.not_valid_after(today + dt.timedelta(days=1))
    root = (
        built.subject_name(root_name).public_key(root_key.public_key()).serial_number(1)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root_key, hashes.SHA256())
    )  # fmt: skip
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    own = (
        built.subject_name(name).public_key(key.public_key()).serial_number(2)
        .add_extension(use, critical=True).sign(root_key, hashes.SHA256())
    )  # fmt: skip
    (folder / "root.pem").write_bytes(root.public_bytes(PEM))
    (folder / "tsa.pem").write_bytes(own.public_bytes(PEM))
    pem = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tsa.key").write_bytes(pem)

"""Servers on loopback that answer, slow down, refuse, reset and hang, with and without TLS."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from pathlib import Path
from types import TracebackType

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Door:
    """A TCP server; `mood` may change while it runs. Use as a context manager.

    Moods: "fine"; "reset" cuts each connection at once; "slow" waits `delay_s` before the TLS
    handshake; "hang" takes connections and never answers. `close` refuses, `open` takes again.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.mood = "fine"
        self.delay_s = 0.0
        self.connections = 0
        self._tls = tls
        self._server = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._server.getsockname()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Door:
        self._server.settimeout(0.05)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join(5)
        self._server.close()

    def close(self) -> None:
        """Refuse from now on; the kernel listens until a waiting accept has returned."""
        self._server.close()
        while True:
            try:
                socket.create_connection((self.host, self.port), 1).close()
            except OSError:
                return
            time.sleep(0.02)

    def open(self) -> None:
        """Listen again at the same port."""
        again = socket.socket()
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((self.host, self.port))
        again.listen()
        again.settimeout(0.05)
        self._server = again

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                line, _ = self._server.accept()
            except TimeoutError:
                continue
            except OSError:  # closed
                self._stopping.wait(0.02)
                continue
            self.connections += 1
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        try:
            line.settimeout(5)
            if self.mood == "reset":
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                return
            if self.mood == "hang":
                self._stopping.wait(5)
                return
            if self.mood == "slow":
                self._stopping.wait(self.delay_s)
            if self._tls:
                with self._tls.wrap_socket(line, server_side=True) as tls:
                    tls.recv(1)
            else:
                line.recv(1)
        except OSError:
            pass
        finally:
            line.close()


def certificate(
    folder: Path, *, days: float, name: str = "localhost", address: str = "127.0.0.1"
) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS with a certificate that ends in `days`, and the file that trusts it."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(address))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=90))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "server.pem", folder / "server.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public

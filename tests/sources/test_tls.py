"""C13: certificates are asked for the name, though the connection goes to an address; a CA of one's
own may be named."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sources.server import Server, rss, says, served
from wagtail_pbgdpl.sources.models import ExternalSource
from wagtail_pbgdpl.sources.syncing import sync

NAME = "cong-bao.example"


def certificate(path: Path, days: int) -> Path:
    """Write a certificate of ``NAME`` that signs itself, with its key; it ends in ``days``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(pem) + private)
    return path


@pytest.fixture(params=[30])
def trusted(request: Any, tmp_path: Path) -> Path:
    return certificate(tmp_path / "may-chu.pem", request.param)


@pytest.fixture
def secure(trusted: Path, monkeypatch: Any) -> Iterator[Server]:
    def look_up(host: Any, port: int, *args: Any, **kwargs: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with served() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(trusted)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.plays["/a"] = says(rss(2))
        yield server


def read(
    secure: Server, source: Callable[..., ExternalSource], name: str = NAME
) -> tuple[str, str]:
    run = sync(source(address=f"https://{name}:{secure.server_address[1]}/a"))
    assert run is not None
    return run.result, run.reason


def test_of_an_unknown_authority(secure: Server, source: Any) -> None:
    assert read(secure, source) == ("failed", "tls")
    assert secure.asked == []


def test_of_an_authority_of_ones_own(
    secure: Server, source: Any, trusted: Path, settings: Any
) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_CA_FILE": str(trusted)}
    assert read(secure, source) == ("new", "")
    # Trusted, but of another name.
    assert read(secure, source, "bao-khac.example") == ("failed", "tls")


@pytest.mark.parametrize("trusted", [-1], indirect=True)
def test_that_has_expired(secure: Server, source: Any, trusted: Path, settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_CA_FILE": str(trusted)}
    assert read(secure, source) == ("failed", "tls")

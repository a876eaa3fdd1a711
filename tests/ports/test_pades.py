"""The house's seal under a PDF: each one stands, and the first bytes never change."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sir.app import create_app
from sir.config import Misconfigured, Settings
from sir.jury.services import lock_quality, make_ranking, make_report, sign_report
from sir.kernel.database import db
from sir.kernel.paper import Document, Prose
from sir.ports.pades import PadesSeal
from sir.ports.press import TypstPress
from tests.jury.story import Story

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
PASSPHRASE = "een zin die niemand raadt"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for sealing that this test trusts."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gemeente Utrecht zegel")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("seal") / "house.p12"
    closed = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"house", key, made, None, closed))
    return path, made


@pytest.fixture(scope="module")
def report():
    document = Document(kind="report", lang="nl", title="Rapport", blocks=(Prose("Goed."),))
    return TypstPress().pdf(document, AT)


def checked(pdf, certificate):
    """Say of every seal what it is called and whether it stands."""
    pem = certificate.public_bytes(Encoding.DER)
    trusted = ValidationContext(trust_roots=list(load_certs_from_pemder_data(pem)))
    seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return {
        seal.field_name: (
            status.intact,
            status.valid,
            status.trusted,
            seal.sig_object["/SubFilter"],
        )
        for seal in seals
        for status in [validate_pdf_signature(seal, trusted)]
    }


def test_two_seals_stand_beside_each_other_and_the_report_begins_the_sealed_copy(
    certificate, report
):
    path, made = certificate
    seal = PadesSeal(str(path), PASSPHRASE)

    once = seal.stamp(report, field="J1", reason="Voorzitter")
    twice = seal.stamp(once, field="J2", reason="Jurylid")

    assert twice.startswith(once)
    assert once.startswith(report)
    sound = (True, True, True, "/ETSI.CAdES.detached")
    assert checked(twice, made) == {"J1": sound, "J2": sound}


def test_each_signature_under_a_jury_report_is_a_seal_and_a_refusal_is_none(
    app, visitor, certificate
):
    story = Story(proposals=1).agreed()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}
    report = make_report(ranking, by=story.secretary, at=story.at, **ports)
    seal = PadesSeal(str(certificate[0]), PASSPHRASE)
    for seat, refusal in zip(story.jury, ("", "Ik vind plaats één onjuist.", ""), strict=True):
        sign_report(
            report,
            seat,
            by=seat.person,
            at=story.at,
            refusal=refusal,
            store=ports["store"],
            eseal=seal,
        )
    db.session.commit()
    visitor.as_(story.secretary)

    kept = visitor.get(f"/reports/{report.code}/sealed.pdf").data

    assert kept.startswith(visitor.get(f"/reports/{report.code}.pdf").data)
    assert list(checked(kept, certificate[1])) == ["J1", "J3"]
    assert "met de elektronische zegels" in visitor.get(f"/reports/{report.code}").text


def test_a_house_without_a_certificate_has_no_sealed_copy(app, visitor):
    story = Story(proposals=1).agreed()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    report = story.signed(make_ranking(story.round, by=story.secretary, at=story.at))
    visitor.as_(story.secretary)

    assert app.extensions["sir.eseal"] is None
    assert visitor.get(f"/reports/{report.code}/sealed.pdf").status_code == 404
    assert "zegels" not in visitor.get(f"/reports/{report.code}").text


def test_a_seal_falls_when_one_byte_of_the_report_changes(certificate, report):
    path, made = certificate
    sealed = bytearray(PadesSeal(str(path), PASSPHRASE).stamp(report, field="J1", reason="x"))
    at = sealed.find(b"stream\n") + 20
    sealed[at] ^= 1

    intact, *_others = checked(bytes(sealed), made)["J1"]

    assert not intact


@pytest.mark.parametrize("passphrase", ["fout", ""])
def test_a_house_whose_certificate_does_not_open_does_not_open_either(
    certificate, tmp_path, passphrase
):
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/x.db",
        store_url=f"file://{tmp_path}/store",
        seal_certificate=str(certificate[0]),
        seal_passphrase=passphrase,
    )

    with pytest.raises(Misconfigured, match="SIR_SEAL_CERTIFICATE"):
        create_app(settings)

"""PAdES seals (ETSI EN 319 142-1, level B-B) with pyHanko and the house's own certificate."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter


class PadesSeal:
    """A certificate with its key from a PKCS#12 file.

    Raises ValueError when the file is not there, or does not open with this passphrase.
    """

    def __init__(self, path: str, passphrase: str) -> None:
        try:
            content = Path(path).read_bytes()
            self._signer = signers.SimpleSigner.load_pkcs12_data(content, [], passphrase.encode())
        except (OSError, ValueError) as error:
            msg = "The certificate of SIR_SEAL_CERTIFICATE cannot be read with its passphrase."
            raise ValueError(msg) from error

    def stamp(self, pdf: bytes, *, field: str, reason: str) -> bytes:
        """Append an invisible seal as an incremental update, so that earlier seals stay whole."""
        meta = signers.PdfSignatureMetadata(
            field_name=field, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        signer = signers.PdfSigner(meta, self._signer, new_field_spec=SigFieldSpec(field))
        sealed: BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
        return sealed.getvalue()

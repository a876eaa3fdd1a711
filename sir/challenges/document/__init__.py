"""The three pages as data: for the press, for readers, and as what an edition freezes."""

from sir.challenges.document.edition import edition_content, public_content
from sir.challenges.document.judging import (
    call_name,
    call_sentences,
    jury_sentences,
    method_sentences,
    pitch_sentences,
)
from sir.challenges.document.pages import terms_document, texts_of
from sir.challenges.document.words import Lang, languages

__all__ = [
    "Lang",
    "call_name",
    "call_sentences",
    "edition_content",
    "jury_sentences",
    "languages",
    "method_sentences",
    "pitch_sentences",
    "public_content",
    "terms_document",
    "texts_of",
]

"""Turn a feed's bytes into text, whatever they claim to be encoded in. Pure.

Servers and documents name encodings that they do not use. Text that is valid UTF-8 and not pure ASCII is UTF-8, by all
experience; only where it is not do the claims count: the document's own first, since servers send a default.
"""

from __future__ import annotations

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)""")
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
ESCAPED = re.compile(rb"\x1b[$(]")  # Japanese mail encodings are written in ASCII bytes
MOST_MENDED = 0.1  # of the letters beyond ASCII: more broken ones mean that it is not UTF-8


def decode(body: bytes, content_type: str | None) -> str:
    """Return the text of a document; what cannot be decoded becomes U+FFFD."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    claims = _claims(body, content_type)
    if not (claims and ESCAPED.search(body)):
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if not broken or broken <= MOST_MENDED * sum(1 for byte in body[:1_000_000] if byte > 0xBF):
            return text
    for encoding in claims:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("windows-1252", "replace")


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that the document and the server name, as far as Python knows them."""
    declared, charset = DECLARED.search(body[:1_000]), CHARSET.search(content_type or "")
    named = [declared[1].decode("ascii")] if declared else []
    named += [charset[1]] if charset else []
    return [name for name in named if _is_known(name)]


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False

"""The text of an HTML page's bytes, by what the page declares."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_LOOK_AT = 4096

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Browsers read these names as a wider encoding (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_STATEFUL = ("iso2022", "hz")
_NOT_TEXT = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})


def decode_page(data: bytes) -> str:
    """Decode by byte order mark, else as UTF-8 where that fits, else as declared, else as Windows-1252.

    Never fails: bytes that fit nothing become U+FFFD. Real UTF-8 wins over a declared one-byte encoding:
    such pages exist, and the other way round is next to impossible. The 7-bit encodings of East Asia, which
    look like ASCII, do not lose to it.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    declared = _declared(data)
    if declared is None or not declared.startswith(_STATEFUL):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return data.decode(declared or "cp1252", "replace")


def _declared(data: bytes) -> str | None:
    """Python's name of the encoding that the page declares, None where it declares none that can be used."""
    match = _DECLARED.search(data[:_LOOK_AT])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii", "replace")).name
        "".encode(name)  # LookupError for codecs that are no text encodings, such as base64
    except (LookupError, UnicodeError):
        return None
    if name in _NOT_TEXT:
        return None
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # the declaration itself could be read as ASCII
    return _WIDER.get(name, name)

"""Reading a file's bytes, and what a text must be to count as an article."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import SourceError

_CONTROL_BYTES = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\v\f\r")
_CONTROL = re.compile(f"[{re.escape(_CONTROL_BYTES.decode('ascii'))}]")
_WORD = re.compile(r"[^\W_]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_limited(path: Path, max_bytes: int) -> bytes:
    """The whole file; SourceError when it cannot be read, or is larger than `max_bytes` (unread then)."""
    try:
        size = path.stat().st_size
        if size <= max_bytes:
            with path.open("rb") as file:
                data = file.read(max_bytes + 1)
            size = max(size, len(data))
    except OSError as error:
        raise unreadable(error) from error
    if size > max_bytes:
        raise SourceError(
            f"the file has {size:,} bytes, more than the {max_bytes:,} that one article may have; "
            "split it into its articles"
        )
    return data


def unreadable(error: OSError) -> SourceError:
    """The sentence for a file that the system does not hand out."""
    return SourceError(
        f"the file cannot be read ({error.strerror}); give yourself the right to read it, or leave it out"
    )


def decode_utf8(data: bytes) -> str:
    """The text of UTF-8 bytes without a byte order mark, else unchanged; SourceError names a wrong byte."""
    if data.startswith(_UTF16):
        raise SourceError("the text is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8")
    if looks_binary(data):
        raise SourceError("binary data, not text; if it is a document, save it as plain text or HTML")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # "utf-8-sig" counts from behind the mark
        position = error.start + len(data) - len(error.object)
        raise SourceError(
            f"not UTF-8: byte {position} is 0x{data[position]:02X}; "
            "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def looks_binary(data: bytes) -> bool:
    """Whether there is a NUL byte, or more than one byte in a hundred is a control character."""
    if b"\0" in data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    return controls * 100 > len(data)


def check_text(text: str, max_chars: int) -> None:
    """SourceError unless `text` has words, is no longer than `max_chars`, and can be written as UTF-8."""
    if not _WORD.search(text):
        raise SourceError("there are no words in it; remove it, or check how it was saved")
    if len(text) > max_chars:
        raise SourceError(
            f"the text has {len(text):,} characters, more than the {max_chars:,} that one article may have; "
            "split it into its articles"
        )
    if "\0" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise SourceError("binary data, not text; if it is a document, save it as plain text or HTML")
    check_writable("text", text)


def check_writable(name: str, value: str) -> None:
    """SourceError when `value` holds half a surrogate pair, which no UTF-8 file can hold."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{name!r} holds half a character ({value[error.start]!r} at {error.start}); write the file again as UTF-8"
        ) from error

"""From bytes to lines: which encoding a file is in, told from its bytes alone.

Order: byte order mark; UTF-8 if it decodes; UTF-16 by its zero bytes; GB18030 or Big5, whichever
gives the more everyday Chinese; then charset-normalizer. Single bytes that do not fit become lone
surrogates, so that the line that holds them can be rejected alone (`broken`).
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final

from transcripts.errors import UnreadableInput
from transcripts.read.source import Source

SURROGATE: Final = re.compile("[\udc80-\udcff]")
LONGEST_LINE: Final = 64 << 20

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK: Final = 256 << 10
_SCAN: Final = 64 << 20
_SAMPLE: Final = 256 << 10
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_COMMON: Final = frozenset(
    "的一是不了我您你在有人这個个们們来到时時要就会會可为為生上下他她也子那得着下自之年过過发發后後作"
    "里裡用道行所然家种種事成方多经經么么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些"
    "主样樣理心把本前开開但因只从從想实實日月号號时间間点點店货貨单單订訂退款换換客服请請问問谢謝亲親收"
    "快递遞物流查询詢帮幫什吗嗎呢吧哦啊嗯稍等抱歉您好欢歡迎光临臨买買卖賣家价價格付钱錢元付件商品尺码碼颜"
    "顏色质質量地址电電话話送到今明天昨晚早午年已给給让讓能很太再真对對错錯需知先内內容角色人名会话話息消"
    "，。！？、：；（）…～“”「」"
)

_WESTERN: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÀÁÂÄÇÈÉÊËÑÓÔÖÙÚÜ‘’“”–—…€£°§«»¡¿•")


def encoding_of(source: Source) -> str:
    """The name of the codec to read a file with. Raises `UnreadableInput` if it is no text."""
    head = source.head(_SAMPLE)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if wide := _sixteen_bits(head):
        return wide
    junk = len(head) - len(head.translate(None, _CONTROL))
    if junk * 50 > len(head):
        raise UnreadableInput(
            f"{source.name}: is not text (it holds control bytes). Export the chats as JSON Lines, "
            "CSV, TXT or XLSX."
        )
    return _eight_bits(source)


def lines(source: Source, encoding: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; a line longer than 64 MB comes in parts of that size."""
    with open_text(source, encoding) as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            yield number, line.rstrip("\n")


def open_text(source: Source, encoding: str) -> io.TextIOWrapper:
    """The file as text with \\n line ends; what does not fit is a surrogate (or U+FFFD)."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    errors = "replace" if wide else "surrogateescape"
    return io.TextIOWrapper(source.open(), encoding, errors=errors)


def head_of(source: Source, encoding: str, size: int = 64 << 10) -> str:
    """The first characters of a file, without a byte order mark."""
    with open_text(source, encoding) as file:
        return file.read(size).lstrip("\ufeff")


def broken(text: str) -> bool:
    """Whether bytes of this text did not fit the file's encoding."""
    return not text.isascii() and SURROGATE.search(text) is not None


def readable(text: str) -> str:
    """The text with the replacement character for every byte that did not fit."""
    return SURROGATE.sub("\ufffd", text) if broken(text) else text


def wrong_bytes(encoding: str) -> str:
    """The reason and cure for a record whose bytes do not fit."""
    name = encoding.upper().replace("-SIG", "")
    return f"holds bytes that are not {name}: save the whole file in one encoding, best UTF-8"


def _sixteen_bits(head: bytes) -> str | None:
    """UTF-16 without a mark: the zero bytes of ASCII characters stand on one side only."""
    low, high = head[::2].count(0), head[1::2].count(0)
    least = max(2, len(head) // 200)
    if high > least and low * 20 < high:
        return "utf-16-le"
    if low > least and high * 20 < low:
        return "utf-16-be"
    return None


def _eight_bits(source: Source) -> str:
    sample = bytearray()
    fits = True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        for _ in range(_SCAN // _CHUNK):
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                fits = False
            if not chunk or (not fits and len(sample) >= _SAMPLE):
                break
            if len(sample) < _SAMPLE and not chunk.isascii():
                beyond = [line for line in chunk.split(b"\n") if not line.isascii()]
                sample += b"\n".join(beyond)[: _SAMPLE - len(sample)]
    return "utf-8" if fits else _legacy(bytes(sample))


def _legacy(sample: bytes) -> str:
    """The best guess for bytes that are not clean UTF-8."""
    as_utf8 = sample.decode("utf-8", "surrogateescape")
    wrong = len(SURROGATE.findall(as_utf8))
    right = sum(character > "\x7f" for character in as_utf8) - wrong
    if right > 4 * wrong:
        return "utf-8"
    shares = {name: _everyday(sample, name) for name in ("gb18030", "big5hkscs")}
    best = max(shares, key=lambda name: shares[name])  # the first on a tie
    if shares[best] >= 0.15:
        return best
    return _other(sample) or "utf-8"


def _everyday(sample: bytes, encoding: str) -> float:
    """The share of everyday Chinese characters among all that are not ASCII."""
    text = sample.decode(encoding, "surrogateescape")
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 0.0
    return sum(character in _COMMON for character in beyond) / len(beyond)


def _other(sample: bytes) -> str | None:
    beyond = [character for character in sample.decode("cp1252", "replace") if character > "\x7f"]
    if len(beyond) * 3 < len(sample):  # scattered in ASCII: a European language or a broken byte
        western = sum(character in _WESTERN for character in beyond)
        return "cp1252" if western * 10 >= len(beyond) * 9 else None
    import charset_normalizer  # loaded late: almost no file needs it

    candidates = ["shift_jis", "euc_kr", "cp1251", "cp1252"]
    found = charset_normalizer.from_bytes(sample[:20_000], cp_isolation=candidates).best()
    return None if found is None else found.encoding

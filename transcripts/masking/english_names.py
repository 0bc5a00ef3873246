"""Names of people in English; a title with a surname stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from transcripts.masking.names import CONTACT
from transcripts.masking.spans import Find

_STRONG = re.compile(
    r"(?<![A-Za-z])(?=[a-z收姓名我联英拼])(?:my (?:full |first |last |legal )?name(?:'s| is|:| "
    r"was)|(?:full |recipient(?:'s)? |customer |receiver(?:'s)? |contact |cardholder |account |"
    r"first |last |billing |shipping )?name(?: on (?:the )?(?:order|card|parcel|account|booking|"
    r"package|label))?"
    r"(?: (?:is|was|should be|should read|to)|:| -|=)|recipient(?: is|:)?|receiver(?: is|:)?|"
    r"consignee(?: is|:)?|cardholder(?: is|:)?|addressed to|attn:?|attention:|c/o|care of|under "
    r"the name(?: of)?|in the name of|name of|"
    r"signed (?:for )?by|signed as|the name|called|addressee:?|contact person:?|deliver(?:ed)? "
    r"to|bill(?:ed)? to:?|sold to:?|customer|client|buyer|guest|passenger|ship(?:ped)? to|"
    r"send (?:it )?to|sent to|account holder(?: is|:)?|收件人|收货人|姓名|"
    r"名字|我叫|联系人|英文名|拼音)"
    r"(?: ?[:：\-] ?| is | |是|写|改成|叫|为|[写拼打填]错了?|应该是?| )*[\"“']?",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"(?<![A-Za-z])(?:I am|I'm|I’m|[Ii]m|i am|[Tt]his is|[Ii]t['’]?s|[Hh]ere is|[Aa]sk for|"
    r"[Ss]peak(?:ing)? (?:to|with)|"
    r"[Rr]egards,?|[Tt]hanks,?|[Ss]incerely,?|[Cc]heers,?|[Yy]ours,?|[Ff]rom|[Ff]or|by|(?:[Mm]y|"
    r"[Hh]er|[Hh]is|[Oo]ur) (?:sister|brother|mum|mom|mother|dad|father|husband|"
    r"wife|friend|neighbou?r|partner|son|daughter|flatmate|roommate|colleague|aunt|uncle|boss|"
    r"assistant|manager)|[Tt]o|is|[Uu]nder)\s+"
)
_SHIPPING = re.compile(
    r"bill|sold|customer|client|buyer|guest|passenger|deliver|ship|sen[dt]|called|the name|"
    r"attention|care of",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? ")
_WORD: Final = (
    r"(?:[A-Z]['’][A-Z][a-z]+|[A-Z][a-z'’]+(?:-[A-Z]?[a-z]+)?|Mc[A-Z][a-z]+|Ma?c[A-Z][a-z]+|"
    r"[A-Z]{2,}(?:-[A-Z]+)?)"
)
_NAME = re.compile(rf"{_WORD}(?: (?:[A-Z]\.|van|de|der|da|bin|al|von|la|di|{_WORD}|O')){{0,3}}")
_LOOSE = re.compile(r"[A-Za-z][A-Za-z'’\-]+(?: [A-Z]\.)?(?: [A-Za-z][A-Za-z'’\-]+){0,2}")
_STOP_TEXT = """
a an the and or but from i my me we our you your he she it its is was are were be been am not on
in at to of for by with please thanks thank hello hi this that these those calling writing
contact order ordered number no yes if so can could would will just here there still waiting
looking very really sorry happy upset angry sure going trying having done glad new old same
wrong missing right misspelled spelled spelt correct incorrect different changed also because
when where who what which as any all both don't doesn't delivery customer service support team
manager agent address phone email tel mobile card account holder package parcel refund monday
tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december china london hong kong taiwan shanghai beijing
shenzhen york paris uk us usa tokyo amazon ebay taobao ups fedex dhl usps dpd evri hermes royal
mail post office england mr mrs ms miss dr sir madam visa mastercard paypal apple google samsung
iphone xiaomi sony nike adidas prime black white red blue green friday christmas large medium
small live chat after before again today tomorrow yesterday ltd inc co company technology corp
pte llc group advisory ltd. store shop company home work school neighbour neighbor door
reception security concierge someone nobody anyone only now how why then does did has have had
instead okay ok great good fine bad best kind warm many product item items size colour color
model returns department warehouse sales tech technical help desk manager's jing street road
avenue northern southern eastern western north south east west ireland scotland wales
zealand america canada australia germany france italy spain japan korea angeles
francisco vegas
united states kingdom mother father valentine's mother's father's new year eve
national insurance passport customs id
windows android mac pro max ultra mini plus edition
"""
_STOP: Final = frozenset(_STOP_TEXT.split())


def english_names(text: str) -> Iterator[Find]:
    """English and romanised names in a view."""
    for match in _STRONG.finditer(text):
        yield from _value(
            text,
            match.end(),
            sure=59,
            loose="name" in match[0].lower(),
            alone=not _SHIPPING.match(match[0]),
        )
    for match in _INTRO.finditer(text):
        yield from _full(text, match.end())
    for match in _TITLED.finditer(text):
        yield from _full(text, match.end())
    for match in _BESIDE.finditer(text):
        yield from _full(text, match.start(match.lastgroup or 0))


_BESIDE = re.compile(
    rf"(?<![A-Za-z.])(?P<name>{_NAME.pattern})(?=[ ,;:\n]{{1,3}}[{CONTACT}])|"
    rf"(?<=[{CONTACT}])[ ,;:\n]{{1,3}}(?P<after>{_NAME.pattern})(?=$|[,;\n])"
)


def _value(text: str, start: int, *, sure: int, loose: bool, alone: bool) -> Iterator[Find]:
    match = _NAME.match(text, start)
    if match is None and loose:
        match = _LOOSE.match(text, start)
    if match is None:
        return
    words = _words_before_stop(match[0])
    if not alone and " " not in words:
        return
    if words and not re.fullmatch(r"(?:mr|mrs|ms|miss|dr)\.?", words.split()[0], re.IGNORECASE):
        yield Find(start, start + len(words), "name", sure)


def _full(text: str, start: int) -> Iterator[Find]:
    """At least two capitalised words."""
    match = _NAME.match(text, start)
    if match is None:
        return
    words = _words_before_stop(match[0])
    if (
        " " in words
        and not re.search(r"\bI['’]|\b[A-Z]{3,}\b(?=.*[a-z])", words)
        and not _not_a_person(text, start + len(words))
    ):
        yield Find(start, start + len(words), "name", 39)


def _not_a_person(text: str, end: int) -> bool:
    return (
        re.match(
            r"(?:'s)? (?:Store|Co\b|Company|Technology|Advisory|Pte|Group|Corp|LLC|Shop|Road|"
            r"Street|Ltd|Inc|Team|Support)|[A-Za-z0-9]| \d",
            text[end:],
        )
        is not None
    )


def _words_before_stop(phrase: str) -> str:
    kept: list[str] = []
    for word in phrase.split(" "):
        if word.lower().strip(".'’") in _STOP:
            break
        kept.append(word)
    while kept and kept[-1] in ("van", "de", "der", "da", "bin", "al", "von", "la", "di"):
        kept.pop()
    return " ".join(kept)

"""Links in the old system's own notation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="link-scheme-residue",
    group="C5",
    title="Link in the old system's notation",
    readers_saw="<link 1234 _blank>mehr</link>, t3://page?uid=12, record:tt_news:88, javascript:openWindow(…)",
    why="The old system kept links as record numbers and made addresses of them when it showed the page.",
    before="Mehr <link 1234 _blank>zum Thema</link>.",
    after="Mehr zum Thema.",
    will_get_wrong=(
        "A link tag is taken out and its words stay; where it led only the export can tell. Bare addresses of such a "
        "scheme are shown. Texts that speak of markup or programming are left alone."
    ),
    grade="safe",
    since="0.1",
)

_TAG = re.compile(r"<link(?:[ =][^<>]{1,500})?>([^<>]{1,1000})</link>", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"']{1,1000}")
_BARE = re.compile(
    r"t3://[a-z]{2,20}\?[^\s<>]{1,200}|record:[a-z_]{2,40}:\d{1,9}|javascript:[A-Za-z_][\w.]{0,60}\([^()]{0,300}\)?;?"
    r"|\[(?:node|nid|sitetree_link|file_link)(?:[:,] ?| id=)\d{1,9}[^\[\]]{0,40}\]|(?:ez(?:node|object|location)|plone)://[^\s<>]{1,100}"
    r"|\{CCM:[A-Z]{2,6}_\d{1,9}\}|\{\{(?:link_url|link|insert_article|news_url)::\w{1,20}[^{}]{0,60}\}\}|index\.php\?id=\d{1,9}&?[^\s<>]{0,100}",
    re.IGNORECASE,
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body):
        return
    for match in _TAG.finditer(body):
        web = _WEB.search(match.group()[: match.start(1) - match.start()])
        if not in_code(text, *match.span()):
            yield Found(
                start=match.start(),
                end=match.end(),
                after=match.group(1),
                mark="link" if web else None,
                href=web.group() if web else "",
            )
    for match in _BARE.finditer(body):
        before = body[max(0, match.start() - 1) : match.start()]
        if not in_code(text, *match.span()) and before not in ("/", "."):
            yield Found(start=match.start(), end=match.end())


RULE = TextRule(
    card=CARD,
    trigger=(
        r"<link[ =>]|t3://|record:[a-z_]+:[0-9]|javascript:[A-Za-z_]|\[(?:node|nid|sitetree_link|file_link)[:, ]"
        r"|(?:eznode|ezobject|ezlocation|plone)://|\{CCM:|\{\{(?:link_url|link|insert_article|news_url)::|index\.php\?id="
    ),
    find=find,
    ignore_case=True,
)

"""From the leaves of a WordPress item to the fields of an article: what each element and custom field means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from backfile.paths import is_non_text
from backfile.record import Field, Markup, Options, Record, Role, SourceSpec
from backfile.sources._xml import Leaves

MACHINE_KEYS = (
    "_edit_lock|_edit_last|_wp_*|_encloseme|_pingme|_thumbnail_id|_oembed_*|_menu_item_*|_post_restored_from|_format_*",
    "_jetpack_*|_publicize_*|_wpas_*|_wpcom_*|_g_feedback_*|jabber_published|email_notification|reddit_*|activitypub_*",
    "_elementor_*|_et_*|_fl_builder_*|_wpb_*|_vc_*|_genesis_*|_fusion_*|_yst_*|_bricks_*|_themify_*|_cs_*|slide_template",
    "_yoast_wpseo_*|_rank_math_*|rank_math_*|_aioseop_*|_aioseo_*|_seopress_*|_genesis_*|_wds_*|_su_*",
    "_wc_*|_stock*|_price|_regular_price|_sale_price*|_sku|_tax_*|_virtual|_downloadable*|_download_*|total_sales",
    "_*_shares|essb_*|_essb_*|_share_on_*|_fb_*|_twitter_*|_social_*|dsq_*|disqus_*|fb_*|_mailchimp_*|_monsterinsights_*",
    "post_views_count|views|_count-views*|_post_views*|wp_review_*|_bp_*|_icl_*|_wpml_*|_pll_*|wpml_*|_translation_*",
    "classic-editor-remember|_last_editor_used_*|_cmb*|_links_to*|_sidebar*|_layout*|_custom_css|_dp_original|ampforwp*",
    "_feedwordpress*|syndication_feed*|syndication_source_uri|syndication_permalink|rss_link|worthy_*|vgwort_*|_vgw*",
)
"""Custom fields that plugins and WordPress keep for themselves: numbers, dates, settings. All other keys hold text."""

TEXT_KEYS = (
    "_wp_attachment_image_alt|_yoast_wpseo_title|_yoast_wpseo_metadesc|_yoast_wpseo_opengraph-*|_yoast_wpseo_twitter-*",
    "rank_math_title|rank_math_description|_aioseop_title|_aioseop_description|_aioseo_title|_aioseo_description",
    "_seopress_titles_*|_genesis_title|_genesis_description|_wds_title|_wds_metadesc|_wpas_mess",
)
"""Those of them that hold text nonetheless."""

NON_TEXT = (
    "guid",
    "guid@isPermaLink",
    "link",
    "pubDate",
    "dc:creator",
    "dc:date",
    "wfw:commentRss",
    "slash:comments",
    "comments",
    "category@domain",
    "category@nicename",
    "enclosure@url",
    "enclosure@length",
    "enclosure@type",
    "wp:post_id",
    "wp:post_date",
    "wp:post_date_gmt",
    "wp:post_modified",
    "wp:post_modified_gmt",
    "wp:comment_status",
    "wp:ping_status",
    "wp:post_name",
    "wp:status",
    "wp:post_parent",
    "wp:menu_order",
    "wp:post_type",
    "wp:post_password",
    "wp:is_sticky",
    "wp:attachment_url",
    "wp:postmeta/wp:meta_key",
    *(f"wp:postmeta[wp:meta_key={keys}]/wp:meta_value" for keys in MACHINE_KEYS),
    *(f"!wp:postmeta[wp:meta_key={keys}]/wp:meta_value" for keys in TEXT_KEYS),
    "wp:comment/wp:comment_id",
    "wp:comment/wp:comment_author_email",
    "wp:comment/wp:comment_author_url",
    "wp:comment/wp:comment_author_IP",
    "wp:comment/wp:comment_date",
    "wp:comment/wp:comment_date_gmt",
    "wp:comment/wp:comment_approved",
    "wp:comment/wp:comment_type",
    "wp:comment/wp:comment_parent",
    "wp:comment/wp:comment_user_id",
    "wp:comment/wp:commentmeta/wp:meta_key",
    "wp:comment/wp:commentmeta[wp:meta_key=akismet_*|_wp_*|rating|verified|dsq_*]/wp:meta_value",
)
"""Leaves that hold no text for readers: addresses, dates, numbers, switches, names of accounts."""

SPEC = SourceSpec(non_text=NON_TEXT, root="item")

META_ROLES: dict[str, Role] = {
    **dict.fromkeys(
        ("kicker", "_kicker", "dachzeile", "_dachzeile", "spitzmarke", "overline", "eyebrow", "surtitre", "occhiello"),
        "kicker",
    ),
    **dict.fromkeys(("lead", "_lead", "vorspann", "teaser", "chapeau", "chapo", "sommario"), "lead"),
    **dict.fromkeys(
        ("subtitle", "_subtitle", "sub_title", "untertitel", "unterzeile", "sous-titre", "sottotitolo", "wps_subtitle"),
        "lead",
    ),
    **dict.fromkeys(("secondary_title", "deck", "dek", "_deck"), "lead"),
    **dict.fromkeys(
        ("byline", "_byline", "autor", "autorin", "autorenzeile", "auteur", "autore", "author_name", "guest_author"),
        "byline",
    ),
    **dict.fromkeys(("post by", "guest-author", "author_byline", "ts_byline"), "byline"),
    **dict.fromkeys(("agency", "agentur", "quelle", "agence", "agenzia"), "agency"),
    **dict.fromkeys(("copyright", "rechte"), "copyright"),
    **dict.fromkeys(("dateline", "_dateline", "ortsmarke"), "dateline"),
}
"""Custom fields under the names that newspapers give them (lower case)."""

_TAGS = ("tag", "post_tag")
_AUTHOR_DOMAINS = frozenset(("author", "autor", "byline", "guest-author", "ppma_author", "contributor"))
_SECTION_DOMAINS = frozenset(("", "category", "ressort", "rubrik", "rubrique", "section", "rubrica"))
_OTHER_DOMAINS = frozenset(("post_format", "nav_menu", "language", "post_translations"))
_PUBLISHED = frozenset(("publish", "published", ""))
"""Any other status withholds the article, `inherit` too: whether what it belongs to is published, it does not say."""


def item_fields(item: Leaves, record: Record, options: Options) -> list[Field]:
    """The fields of one item, in its own order."""
    return _Mapping(item, record, options).fields()


class _Mapping:
    def __init__(self, item: Leaves, record: Record, options: Options) -> None:
        self.item, self.context = item, record.context
        self.dialect = options.dialect or "wordpress"
        self.asked: dict[str, Role] = (
            {key.lower(): role for role, key in options.fields.items()} if options.fields else {}  # type: ignore[misc]
        )
        self.found: list[Field] = []
        self.seen: set[tuple[str, str]] = set()
        self.has_section = False
        self.accounts: list[int] = []
        """Where in `found` the authors' accounts are."""
        self.names_authors = False
        """Whether a taxonomy of its own names the authors."""
        self.has_lead = bool(item.get("excerpt:encoded", "").strip())

    def fields(self) -> list[Field]:
        known = _meanings.get
        for path, value in self.item.items():
            meaning = known(path, _unknown)
            if meaning is _unknown:
                meaning = _learn(path)
            if meaning is not None and not value.isspace():
                meaning(self, path, value)
        if self.names_authors:
            for at in reversed(self.accounts):
                del self.found[at]
        return self.found

    def add(self, role: Role, path: str, value: str, markup: Markup = "text", **attrs: str) -> None:
        if attrs:
            attrs = {name: text for name, text in attrs.items() if text}
        self.found.append(Field(role, value, path, 0, markup, "", attrs))

    def _extra(self, path: str, value: str, name: str = "") -> None:
        if not is_non_text(SPEC, path, self.item):
            self.add("extra", path, value, name=name or path)

    # -- elements ----------------------------------------------------------------------------------

    def _title(self, path: str, value: str) -> None:
        self.found.append(Field("headline", value, path, 0, "html"))

    def _content(self, path: str, value: str) -> None:
        self.found.append(Field("body", value, path, 0, "html", self.dialect))

    def _excerpt(self, path: str, value: str) -> None:
        self.found.append(Field("lead", value, path, 0, "html"))

    def _address(self, path: str, value: str) -> None:
        if value.strip().startswith(("http://", "https://", "/")):
            self.found.append(Field("url", value, path))

    def _creator(self, path: str, value: str) -> None:
        """An account's name: the author's where no author is named by a taxonomy of its own."""
        display = self.context.get("author", "")
        self.accounts.append(len(self.found))
        self.found.append(Field("byline", value, path, attrs={"display": display} if display else {}))

    def _domain(self, _path: str, value: str) -> None:
        if value in _AUTHOR_DOMAINS:
            self.names_authors = True

    def _domain_elsewhere(self, path: str, value: str) -> None:
        self._domain(path, value)
        self._extra(path, value)

    def _category(self, path: str, value: str) -> None:
        """The first is the section, the others topics; WXR 1.0 names each of them twice."""
        domain = self.item.get(f"{path}@domain", "")
        kind: Role = "byline" if domain in _AUTHOR_DOMAINS else "topic"
        said = (kind, value.strip())
        if said in self.seen:
            self.add("extra", path, value, name=f"repeated {kind}")
            return
        self.seen.add(said)
        if kind == "byline":
            self.found.append(Field("byline", value, path))
        elif not self.has_section and domain in _SECTION_DOMAINS:
            self.has_section = True
            self.found.append(Field("section", value, path))
        elif domain in _OTHER_DOMAINS:
            self.add("extra", path, value, name=domain)
        else:
            self.found.append(Field("topic", value, path))

    def _status(self, path: str, value: str) -> None:
        status = value.strip().lower()
        if status not in _PUBLISHED:
            self.add("status", path, value, withheld=status)

    def _password(self, path: str, value: str) -> None:
        self.add("status", path, value, withheld="password")

    def _date(self, path: str, value: str) -> None:
        """The local date, with its distance to Greenwich where the item lets one know it."""
        role: Role = "published" if path == "wp:post_date" else "modified"
        local = _moment(value)
        if not local and role == "published" and self._other_date():
            return
        offset = self._offset(path, value, local)
        self.found.append(Field(role, value, path, attrs={"offset": offset} if offset else {}))

    def _offset(self, path: str, value: str, local: datetime | None) -> str:
        if not local:
            return ""
        said = self.item.get(f"{path}_gmt", "")
        world = local if said == value else _moment(said)
        if not world and path == "wp:post_date":
            world = _moment(self.item.get("pubDate", ""))
        return _distance(local - world) if world else ""

    def _other_date(self) -> bool:
        """Where the local date is none: the one of Greenwich, else that of the feed."""
        for path in ("wp:post_date_gmt", "pubDate"):
            if _moment(self.item.get(path, "")):
                self.add("published", path, self.item[path], offset="+00:00" if path != "pubDate" else "")
                return True
        return False

    def _feed_date(self, path: str, value: str) -> None:
        if not self.item.get("wp:post_date", "").strip() and _moment(value):
            self.add("published", path, value)

    # -- comments and custom fields ----------------------------------------------------------------

    def _comment(self, path: str, value: str) -> None:
        parent, _, name = path.rpartition("/")
        if name == "wp:comment_content":
            self.add("comment", path, value, "html", **self._comment_facts(parent))
        elif name != "wp:comment_author" or not self.item.get(f"{parent}/wp:comment_content", "").strip():
            self._extra(path, value)

    def _comment_facts(self, parent: str) -> dict[str, str]:
        date = f"{parent}/wp:comment_date"
        said = self.item.get(date, "")
        return {
            "author": self.item.get(f"{parent}/wp:comment_author", ""),
            "author_leaf": f"{parent}/wp:comment_author",
            "date": said.strip(),
            "offset": self._offset(date, said, _moment(said)),
            "approved": self.item.get(f"{parent}/wp:comment_approved", "1").strip(),
            "kind": self.item.get(f"{parent}/wp:comment_type", "").strip(),
        }

    def _postmeta(self, path: str, value: str) -> None:
        if not path.endswith("/wp:meta_value"):
            self._extra(path, value)
            return
        key = self.item.get(f"{path[: -len('wp:meta_value')]}wp:meta_key", "").strip()
        role = self.asked.get(key.lower()) or META_ROLES.get(key.lower())
        if key == "_thumbnail_id":
            self._featured(path, value)
        elif key == "_wp_old_slug":
            self._old_address(path, value)
        elif role == "lead" and self.has_lead and key.lower() not in self.asked:
            self._extra(path, value, key)
        elif role:
            self.has_lead = self.has_lead or role == "lead"
            self.add(role, path, value, "html" if role in ("kicker", "lead", "headline") else "text", name=key)
        elif not _is_machine(key):
            self.add("extra", path, value, name=key or path)

    def _featured(self, path: str, value: str) -> None:
        """The picture above the text, by its number; where the export does not hold it, the number is kept as extra."""
        number = value.strip()
        url = self.context.get(f"media.{number}.url", "")
        facts = {name: self.context.get(f"media.{number}.{name}", "") for name in ("title", "caption", "alt")}
        if url:
            self.add("image", path, value, "text", id=number, src=url, **facts)
        elif number not in ("", "0", "-1"):
            self.add("extra", path, value, name="picture that is not in the export")

    def _old_address(self, path: str, value: str) -> None:
        """The address that the item had under an earlier slug."""
        link, slug = self.item.get("link", "").strip(), self.item.get("wp:post_name", "").strip()
        if slug and f"/{slug}" in link:
            before, _, after = link.rpartition(f"/{slug}")
            self.add("url", path, value, url=f"{before}/{value.strip()}{after}")


_HANDLERS = {
    "title": _Mapping._title,
    "content:encoded": _Mapping._content,
    "excerpt:encoded": _Mapping._excerpt,
    "link": _Mapping._address,
    "guid": _Mapping._address,
    "dc:creator": _Mapping._creator,
    "category": _Mapping._category,
    "wp:status": _Mapping._status,
    "wp:post_password": _Mapping._password,
    "wp:post_date": _Mapping._date,
    "wp:post_modified": _Mapping._date,
    "pubDate": _Mapping._feed_date,
}

_Meaning = Callable[[_Mapping, str, str], None] | None
_KNOWN_PATHS = 4096


def _unknown(_mapping: _Mapping, _path: str, _value: str) -> None:
    """Stands for a path that was not met before."""


_meanings: dict[str, _Meaning] = {}
"""What is to be done with the leaf at a path; None for those that hold no text whatever stands beside them."""


def _learn(path: str) -> _Meaning:
    if len(_meanings) >= _KNOWN_PATHS:
        _meanings.clear()
    found = _meanings[path] = _meaning(path)
    return found


def _meaning(path: str) -> _Meaning:
    name = path.partition("[")[0]
    if "@" not in path:
        if name in _HANDLERS:
            return _HANDLERS[name]
        if name.startswith("wp:postmeta") and path.endswith("/wp:meta_value"):
            return _Mapping._postmeta
        if name.startswith("wp:comment/") or path.startswith("wp:comment["):
            return _Mapping._comment
    if path.endswith("@domain"):
        return _Mapping._domain if is_non_text(SPEC, path, {}) else _Mapping._domain_elsewhere
    return None if is_non_text(SPEC, path, {}) else _Mapping._extra


@lru_cache(maxsize=1024)
def _is_machine(key: str) -> bool:
    """Whether the value of the custom field with that key holds no text."""
    return is_non_text(SPEC, "wp:postmeta/wp:meta_value", {"wp:postmeta/wp:meta_key": key})


_LOCAL = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[ T](\d\d?):(\d\d)(?::(\d\d))?")

_YEAR = re.compile(r", .* (?:19[7-9]|2\d\d)\d ")


def _moment(value: str) -> datetime | None:
    """A date of WordPress or of RSS, without its zone (RSS: in Greenwich); None for `0000-00-00` and other nonsense."""
    value = value.strip()
    if len(value) == 19 and value[4:17:3] == "-- ::" and value.isascii():
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass  # perhaps its beginning is a date
    match = _LOCAL.match(value)
    try:
        if match:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
        found = parsedate_to_datetime(value) if _YEAR.search(value) else None
        if found is None or found.replace(tzinfo=None) == datetime(1999, 11, 30):
            return None
        return found.replace(tzinfo=None) - (found.utcoffset() or timedelta())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@lru_cache(maxsize=256)
def _distance(ahead: timedelta) -> str:
    """Of local time to Greenwich: `+02:00`; empty for a distance that no zone has."""
    minutes = round(ahead.total_seconds() / 60)
    if abs(minutes) > 15 * 60 or minutes % 15:
        return ""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

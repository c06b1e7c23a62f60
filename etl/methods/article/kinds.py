"""Say why a page holds no article, and what a page says of its kind: live blog, cut off by a paywall.

Articles are told by what they state (a JSON-LD type, `og:type`) and by their text; what is none by its address, its
types, its title, and by having little text. Each reason is one short phrase, the same for all pages, so that it can
be counted.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.methods.article.blocks import Block
from etl.methods.article.lines import listed
from etl.methods.article.statements import ARTICLE_TYPES, Statements

EMPTY = "empty page"
BINARY = "not a text page"
ERROR = "error page"
CONSENT = "cookie or consent wall"
ROBOT = "robot check"
PAYWALL = "paywall"
FRONT = "front page"
LISTING = "list of articles"
MEDIA = "video or photo page with a caption only"
SHORT = "too few words"
UNREADABLE = "no text could be read"

LEAST_WORDS = 50  # shorter bodies are captions, tickers and cookie walls, unless the page says it is an article
_LEAST_STATED = 20
_MUCH = 250  # words beyond which a page with an odd address is an article all the same
_ERROR = re.compile(
    r"^\W*(?:error\W*)?(?:40[0-9]|410|50[0-9])\b|\b(?:page|article|story|file|content|site) (?:can(?:not|"
    r"'t|’t) be|could not be|was not|not) found|^not found|access denied|^forbidden|service unavailable|"
    r"bad gateway"
    r"|internal server error|no longer available|seite (?:wurde )?nicht gefunden|page (?:introuvable|"
    r"non trouvée)|página no encontrada|página não encontrada|pagina non trovata|pagina niet gevonden"
    r"|страница не найдена|nie znaleziono|ikke funnet|hittades inte|sayfa bulunamadı|ページが見つかりません|页面不存在",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|captcha|"
    r"verify(?:ing)? (?:that )?you are|checking your browser|pardon our interruption|unusual traffic|"
    r"enable javascript and cookies",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|gdpr|datenschutz|before you continue|einwilligung|zustimmen|consentement|privacidad|privacy",
    re.IGNORECASE,
)
_GATE = re.compile(
    r"(?:subscribe|sign (?:in|up)|register|log ?in|become a (?:member|"
    r"subscriber))\b.{0,40}\b(?:to (?:continue|read|keep|access|unlock)|for (?:full|unlimited))|"
    r"to continue reading|continue reading (?:this|with|for)"
    r"|(?:article|story|content) is (?:for|available to|reserved for|exclusive).{0,20}(?:subscribers|"
    r"members)|already a subscriber|for subscribers only|remaining (?:free )?articles?"
    r"|(?:weiterlesen|lesen sie).{0,30}(?:abo|plus|premium)|jetzt (?:abonnieren|freischalten)|"
    r"réservé aux abonnés|il vous reste .{0,20} à (?:lire|découvrir)|(?:contenido|"
    r"artículo) (?:exclusivo )?para suscriptores"
    r"|riservato agli abbonati|exclusivo para assinantes|alleen voor abonnees|kun for abonnenter|"
    r"endast för prenumeranter|только для подписчиков",
    re.IGNORECASE,
)
_LISTING_PATH = re.compile(
    r"/(?:tags?|category|categories|topics?|sections?|authors?|search|archives?|thema|themen|rubrik|"
    r"etiqueta|tema)(?:/[^/]*){0,2}/?$",
    re.IGNORECASE,
)
_LISTING_TYPES = frozenset(listed("collectionpage searchresultspage profilepage"))
_MEDIA_PATH = re.compile(
    r"/(?:videos?|watch|gallery|galleries|photos?|pictures|slideshows?|bilder|fotos?|galerie|galeria|"
    r"podcasts?|audio)(?:/|$)",
    re.IGNORECASE,
)
_MEDIA_TYPES = frozenset(listed("videoobject imagegallery mediagallery audioobject podcastepisode"))
_LIVE_PATH = re.compile(
    r"\blive-?(?:blog|ticker|updates|coverage)\b|/live/|/liveblog|ao-vivo|en-vivo|en-direct|/diretta",
    re.IGNORECASE,
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def count_words(text: str) -> int:
    """Return how many words a text has, two characters of a script without spaces being one."""
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2 if unspaced else len(text.split())


def why_no_article(stated: Statements, blocks: list[Block], text: str, *, title: str | None, url: str) -> str | None:
    """Return why the page holds no article, None where it holds one."""
    words = count_words(text)
    is_article = bool(stated.types & ARTICLE_TYPES) or (stated.first("og:type") or "").lower().endswith("article")
    names = f"{title or ''}\n{stated.head_title}"
    wall = _wall(blocks, names, words)
    if wall:
        return wall
    if _is_front_page(url) and not (is_article and words > _MUCH):
        return FRONT
    if (
        not is_article
        and words < _MUCH * 4
        and (stated.types & _LISTING_TYPES or _LISTING_PATH.search(_path(url)) or _is_list(blocks, text))
    ):
        return LISTING
    if words < 2 * LEAST_WORDS and not (is_article and words >= LEAST_WORDS) and _is_media(stated, url):
        return MEDIA
    if words == 0:
        return UNREADABLE
    return SHORT if words < (_LEAST_STATED if is_article else LEAST_WORDS) else None


def is_live_blog(stated: Statements, url: str) -> bool:
    """Tell whether the page says that it is a live blog."""
    return "liveblogposting" in stated.types or _LIVE_PATH.search(_path(url)) is not None


def is_truncated(stated: Statements, blocks: list[Block], text: str) -> bool:
    """Tell whether the page says that a part of its text is shown to subscribers only, and we do not have it."""
    words = count_words(text)
    stated_words = str(stated.item.get("wordCount", ""))
    whole = int(stated_words) if stated_words.isdecimal() and len(stated_words) < 7 else 0
    is_closed = str(stated.item.get("isAccessibleForFree", "")).lower() == "false" or (
        stated.first("article:content_tier") or ""
    ).lower() in ("locked", "metered")
    if words >= 0.8 * whole if whole else words >= 4 * LEAST_WORDS:
        return False
    return is_closed or any(_GATE.search(block.text, 0, 300) for block in blocks if block.size < 500)


def _wall(blocks: list[Block], names: str, words: int) -> str | None:
    """Return what stands before the article: an error, a robot check, a consent or subscription wall."""
    if words >= 4 * LEAST_WORDS:
        return None
    if _ERROR.search(names):
        return ERROR
    if _ROBOT.search(names):
        return ROBOT
    shown = sum(block.size for block in blocks)
    asking = sum(block.size for block in blocks if _CONSENT.search(block.text, 0, 2_000))
    if shown and asking > 0.6 * shown:
        return CONSENT
    if words < LEAST_WORDS and any(_GATE.search(block.text, 0, 300) for block in blocks):
        return PAYWALL
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _is_front_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        bool(parts.netloc)
        and not parts.query
        and re.fullmatch(r"/?(?:index\.\w+|home/?|[a-z]{2}/?)?", parts.path) is not None
    )


def _is_media(stated: Statements, url: str) -> bool:
    kind = (stated.first("og:type") or "").lower()
    return (
        bool(stated.types & _MEDIA_TYPES)
        or kind.startswith(("video", "music"))
        or _MEDIA_PATH.search(_path(url)) is not None
    )


def _is_list(blocks: list[Block], text: str) -> bool:
    """Tell whether most of the text's paragraphs, short ones at that, are links to somewhere else."""
    paragraphs = set(text.split("\n\n"))
    inside = [block for block in blocks if block.text in paragraphs]
    linked = sum(block.size for block in inside if block.link_share > 0.8)
    return len(inside) > 5 and linked > 0.5 * sum(block.size for block in inside)

"""Layouts: the ways in which sites show an article; each has its own trouble for whoever reads it by machine."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from etl.newsroom.pages.bodies import joined, paragraphs_of
from etl.newsroom.pages.heads import canonical, image_of, json_ld, json_ld_graph, keywords, open_graph
from etl.newsroom.pages.site import Site, frame_of, local_iso, said, sections_of, teasers
from etl.newsroom.truth import ArticleTruth
from etl.newsroom.world import Language

Layout = Callable[[Site, ArticleTruth], str]

# The names of an icon font's signs, which become words wherever its font is not loaded.
_ICONS = (
    "icon-menu icon-search icon-user icon-bell icon-bookmark icon-bookmark-b icon-share icon-mail icon-camera "
    "icon-play icon-clock icon-comment icon-arrow-down icon-close icon-sun icon-cloud icon-pin icon-download"
)


def json_ld_page(site: Site, article: ArticleTruth) -> str:
    """Show an article with everything a machine could wish for."""
    head = canonical(article) + open_graph(article, site.source) + json_ld(article, site.source) + keywords(article)
    return _modern(site, article, head=head)


def graph_page(site: Site, article: ArticleTruth) -> str:
    """Show an article with its data in a graph, and name its AMP page."""
    amp = article.address.replace(f"//{site.source.host}/", f"//{site.source.host}/amp/", 1)
    head = f'{canonical(article)}<link rel="amphtml" href="{escape(amp)}">{json_ld_graph(article, site.source)}'
    return _modern(site, article, head=head)


def open_graph_page(site: Site, article: ArticleTruth) -> str:
    """Show an article with OpenGraph tags and nothing else for machines."""
    return _modern(site, article, head=canonical(article) + open_graph(article, site.source))


def microdata_page(site: Site, article: ArticleTruth) -> str:
    """Show an article with its data woven into the markup."""
    words, at = said(article.language), local_iso(site.source, article.published_at)
    authors = "".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(name)}'
        "</span></span> "
        for name in article.authors
    )
    main = (
        f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(article.title)}</h1>'
        f'<div class="byline">{authors}<time itemprop="datePublished" datetime="{at}">{_shown_time(site, article)}</time>'
        f'</div><meta itemprop="image" content="{image_of(article)}">'
        f'<div itemprop="articleBody">{joined(article)}</div></article>'
        f'<aside class="box"><h2>{escape(words["latest"])}</h2>{teasers(site.neighbours(article))}</aside>'
    )
    return _page(site, article, head=canonical(article), main=main)


def bare_page(site: Site, article: ArticleTruth) -> str:
    """Show an article to people only: no tags, and the day without the hour."""
    local = site.source.local(article.published_at)
    voice = site.source.voice(_language(article))
    day = f"{local.day} {voice.months[local.month - 1]} {local.year}"
    author = f" · {escape(article.authors[0])}" if article.authors else ""
    main = (
        f'<section class="essay"><h1>{escape(article.title)}</h1><p class="date">{day}{author}</p>'
        f"<div class='text'>{joined(article)}</div></section>"
    )
    return _page(site, article, head="", main=main)


def blog_page(site: Site, article: ArticleTruth) -> str:
    """Show a blog's entry: its day stands in its address and nowhere else."""
    older = site.neighbours(article)[:2]
    main = (
        f'<div id="content" class="post"><h2 class="post-title"><a href="{escape(article.address)}">{escape(article.title)}'
        f'</a></h2>{joined(article)}<p class="post-footer">{escape(said(article.language)["comments"])}</p></div>'
        f'<div class="sidebar"><h3>{escape(said(article.language)["archive"])}</h3>{teasers(older)}</div>'
    )
    return _page(site, article, head="", main=main)


def icon_words_page(site: Site, article: ArticleTruth) -> str:
    """Show icon names and menus run together before the text, a date without a zone, and the headline twice."""
    icons = "".join(f'<i class="icon">{name}</i>' for name in _ICONS.split())
    menu = "".join(f"<span>{escape(name)}</span>" for _, name in sections_of(_language(article)))
    author = f"<span>{escape(article.authors[0])}</span>" if article.authors else ""
    main = (
        f'<div class="bar">{icons}</div><div class="bar">{menu}{menu}</div><div class="story">'
        f'<div class="stamp">{_zoneless(site, article)}</div><h1>{escape(article.title)}</h1>'
        f'<div class="lead">{escape(article.title)}</div>{author}<div class="body">{joined(article)}</div></div>'
        f'<div class="more">{teasers(site.neighbours(article), css="more__item")}</div>'
    )
    return _page(site, article, head="", main=main)


def cookie_wall_page(site: Site, article: ArticleTruth) -> str:
    """Show a cookie wall first, and lists of other stories between the paragraphs."""
    words = said(article.language)
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in paragraphs_of(article)]
    middle = len(paragraphs) // 2
    fold = f'<aside class="box related"><strong>{escape(words["fold"])}</strong>{teasers(site.neighbours(article)[:3])}</aside>'
    wall = (
        f'<div class="overlay" role="dialog" id="consent"><p>{escape(words["cookies"])}</p>'
        f"<button>{escape(words['accept'])}</button><button>{escape(words['choose'])}</button></div>"
    )
    main = (
        f'{wall}<main id="content" class="wrap"><article><h1>{escape(article.title)}</h1>'
        f'<p class="standfirst">{escape(article.standfirst)}</p>{_byline(site, article)}'
        f"{''.join(paragraphs[:middle])}{fold}{''.join(paragraphs[middle:])}</article>"
        f'<section class="box"><h2>{escape(words["related"])}</h2>{teasers(site.neighbours(article))}</section></main>'
    )
    return _page(site, article, head=canonical(article) + open_graph(article, site.source), main=main)


def divs_page(site: Site, article: ArticleTruth) -> str:
    """Show paragraphs that are no paragraphs, with advertisements and a newsletter between them."""
    words = said(article.language)
    blocks = [f'<div class="art-txt">{paragraph}</div>' for paragraph in paragraphs_of(article)]
    advert = f'<div class="pub"><span>{escape(words["advert"])}</span></div>'
    letter = f'<div class="nl"><div>{escape(words["newsletter"])}</div><input type="email"></div>'
    body = blocks[0] + advert + "".join(blocks[1:3]) + letter + "".join(blocks[3:])
    head = f'<meta name="DC.date.issued" content="{local_iso(site.source, article.published_at)}">{canonical(article)}'
    main = (
        f'<div class="art" id="content"><div class="art-h"><h1>{escape(article.title)}</h1>'
        f'<div class="art-sum">{escape(article.standfirst)}</div>{_byline(site, article, tag="div")}</div>'
        f'<div class="art-b">{body}</div></div><div class="rel">{teasers(site.neighbours(article))}</div>'
    )
    return _page(site, article, head=head, main=main)


def zoneless_page(site: Site, article: ArticleTruth) -> str:
    """Show a date and an hour without a zone, and tags for one social network only."""
    head = (
        f'<meta name="twitter:card" content="summary"><meta name="twitter:title" content="{escape(article.title)}">'
        f'<meta name="description" content="{escape(article.standfirst)}">{canonical(article)}'
    )
    return _modern(site, article, head=head, stamp=_zoneless(site, article))


def old_tables_page(site: Site, article: ArticleTruth) -> str:
    """Show a page of an older web: tables, fonts, line breaks for paragraphs.

    As such pages did, it has headline, date, standfirst and by-line as lines of the text's own cell: a trap for readers.
    """
    local, words = site.source.local(article.published_at), said(article.language)
    author = f"{escape(words['by'])} {escape(', '.join(article.authors))}" if article.authors else ""
    text = "<br><br>\n".join(paragraphs_of(article))
    links = "<br>".join(f'<a href="{escape(one.address)}">{escape(one.title)}</a>' for one in site.neighbours(article))
    menu = " | ".join(f'<a href="/{path}/">{escape(name)}</a>' for path, name in sections_of(_language(article)))
    main = (
        f'<table width="780" border="0" align="center"><tr><td colspan="2"><font size="1">{menu}</font></td></tr>'
        f'<tr><td width="560" valign="top"><font size="1" color="#666666">{local:%d.%m.%Y} {local:%H:%M} Uhr</font><br>'
        f'<font size="5"><b>{escape(article.title)}</b></font><br><font size="2"><b>{escape(article.standfirst)}</b></font>'
        f'<br><font size="1">{author}</font><br><br><font size="2">{text}</font></td>'
        f'<td width="220" valign="top" bgcolor="#eeeeee"><font size="1"><b>{escape(words["related"])}</b><br>{links}</font>'
        f'</td></tr><tr><td colspan="2"><font size="1">{escape(words["footer"])}</font></td></tr></table>'
    )
    return (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
        f"<title>{escape(article.title)} - {escape(site.source.source.name)}</title></head>"
        f'<body bgcolor="#ffffff">{main}</body></html>'
    )


def plain_japanese_page(site: Site, article: ArticleTruth) -> str:
    """Show a date in Japanese signs, and paragraphs that begin with a wide blank and end with a break.

    The text is one block whose only structure are those breaks, and the title names the source: traps for readers.
    """
    local = site.source.local(article.published_at)
    stamp = f"{local.year}年{local.month}月{local.day}日 {local.hour}時{local.minute:02}分"
    text = "<br>\n".join(f"\u3000{paragraph}" for paragraph in paragraphs_of(article))
    author = escape("、".join(article.authors))
    main = (
        f'<div id="main"><div class="midashi"><h2>{escape(article.title)}</h2><span class="hizuke">{stamp}</span>'
        f'<span class="kisha">{author}</span></div><div class="honbun">{text}</div></div>'
        f'<div id="side"><h3>{said("ja")["related"]}</h3>{teasers(site.neighbours(article))}</div>'
    )
    return _page(site, article, head="", main=main)


def right_to_left_page(site: Site, article: ArticleTruth) -> str:
    """Show a page that runs from right to left, its date in Eastern Arabic digits."""
    local, words = site.source.local(article.published_at), said("ar")
    months = site.source.voice("ar").months
    stamp = f"{local.day} {months[local.month - 1]} {local.year} - {local:%H:%M}".translate(_EASTERN)
    at = local_iso(site.source, article.published_at)
    author = (
        f'<span class="writer">{escape(words["by"])} {escape("، ".join(article.authors))}</span>'
        if article.authors
        else ""
    )
    main = (
        f'<main dir="rtl" id="content" class="wrap"><h1>{escape(article.title)}</h1><p class="standfirst">'
        f'{escape(article.standfirst)}</p><time datetime="{at}">{stamp}</time>{author}<section class="nass">'
        f"{joined(article)}</section><aside><h2>{escape(words['related'])}</h2>{teasers(site.neighbours(article))}</aside>"
        "</main>"
    )
    return _page(site, article, head=canonical(article) + open_graph(article, site.source, with_time=False), main=main)


def amp_page(site: Site, article: ArticleTruth) -> str:
    """Show the twin for telephones."""
    return (
        f'<!doctype html><html amp lang="{article.language}"><head><meta charset="utf-8"><title>{escape(article.title)}</title>'
        f"{canonical(article)}{json_ld(article, site.source)}<style amp-custom>body{{font-family:serif}}</style></head><body>"
        f"<h1>{escape(article.title)}</h1>{_byline(site, article)}{joined(article)}</body></html>"
    )


def print_page(site: Site, article: ArticleTruth) -> str:
    """Show the twin for printers."""
    return (
        f'<!doctype html><html lang="{article.language}"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<title>{escape(article.title)}</title>{canonical(article)}</head><body onload="window.print&&0">'
        f"<h1>{escape(article.title)}</h1><p>{_shown_time(site, article)}</p>{joined(article)}"
        f"<hr><p>{escape(article.address)}</p></body></html>"
    )


_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

LAYOUTS: dict[str, Layout] = {
    "json-ld": json_ld_page,
    "graph": graph_page,
    "open-graph": open_graph_page,
    "microdata": microdata_page,
    "bare": bare_page,
    "blog": blog_page,
    "icon-words": icon_words_page,
    "cookie-wall": cookie_wall_page,
    "divs": divs_page,
    "zoneless": zoneless_page,
    "old-tables": old_tables_page,
    "plain-japanese": plain_japanese_page,
    "right-to-left": right_to_left_page,
}


def _modern(site: Site, article: ArticleTruth, *, head: str, stamp: str | None = None) -> str:
    words = said(article.language)
    picture = f'<figure><img src="{image_of(article)}" alt="" width="960" height="540"></figure>'
    main = (
        f'<main id="content" class="wrap"><article class="story"><h1>{escape(article.title)}</h1>'
        f'<p class="standfirst">{escape(article.standfirst)}</p>{_byline(site, article, stamp=stamp)}{picture}'
        f'<div class="story-body">{joined(article)}</div><p class="share"><a href="#share">{escape(words["share"])}</a></p>'
        f'</article><aside class="box"><h2>{escape(words["related"])}</h2>{teasers(site.neighbours(article))}</aside></main>'
    )
    return _page(site, article, head=head, main=main)


def _byline(site: Site, article: ArticleTruth, *, tag: str = "p", stamp: str | None = None) -> str:
    words = said(article.language)
    names = (
        f'<span class="author">{escape(words["by"])} {escape(", ".join(article.authors))}</span> '
        if article.authors
        else ""
    )
    return f'<{tag} class="byline">{names}<span class="date">{stamp or _shown_time(site, article)}</span></{tag}>'


def _shown_time(site: Site, article: ArticleTruth) -> str:
    local = site.source.local(article.published_at)
    months = site.source.voice(_language(article)).months
    if article.language in {"ja"}:
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {months[local.month - 1]} {local.year}, {local:%H:%M} {local.tzname()}"


def _zoneless(site: Site, article: ArticleTruth) -> str:
    local = site.source.local(article.published_at)
    if article.language == "en":
        return f"{local.day} {local:%b}, {local.year} {local:%H:%M}"
    months = site.source.voice(_language(article)).months
    return f"{local.day} {months[local.month - 1]} {local.year} {local:%H:%M}"


def _language(article: ArticleTruth) -> Language:
    language: Language = article.language  # type: ignore[assignment]
    return language


def _page(site: Site, article: ArticleTruth, *, head: str, main: str) -> str:
    frame = frame_of(site.source.source_id, _language(article))
    direction = ' dir="rtl"' if article.language == "ar" else ""
    return (
        f'<!doctype html><html lang="{article.language}"{direction}><head><meta charset="{article.charset}">'
        f"<title>{escape(article.title)} | {escape(site.source.source.name)}</title>{head}{frame.head}</head>"
        f"<body>{frame.top}{main}{_ballast(site, article)}{frame.bottom}</body></html>"
    )


def _ballast(site: Site, article: ArticleTruth) -> str:
    """Return the state of a whole application, for the one page that carries it along: three megabytes."""
    if article.address != site.heavy:
        return ""
    row = '{"id":%d,"kind":"tile","seen":false,"flags":[0,0,1,0],"label":"module"},'
    return f"<script>window.__STATE__=[{''.join(row % number for number in range(46_000))}0];</script>"

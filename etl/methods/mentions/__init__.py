"""proto"""

from etl.methods.mentions.light import find_light


def find_mentions(text, *, language, title=None):
    return find_light(text, language)


def for_bench(articles):
    return [
        [{"start": m.start, "end": m.end, "kind": m.kind} for m in find_light(a["text"], a.get("language"))]
        for a in articles
    ]

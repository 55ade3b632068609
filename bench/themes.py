"""The same plain pages for Hugo and for ``archive build``, so that like is compared with like.

An article: its headline, date, text, tags, and the articles before and after it. A list: its
articles, 50 a page, each with date, headline and beginning.
"""

from __future__ import annotations

_HUGO_LIST = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">{{ site.Title }}</a></header>
<h1>{{ .Title }}</h1><ol>
{{ $list := .Paginate .Pages.ByDate.Reverse 50 }}
{{ range $list.Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time>
<a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Summary }}</p></li>{{ end }}</ol>
<nav>{{ if $list.HasPrev }}<a href="{{ $list.Prev.URL }}">Newer</a>{{ end }}
{{ if $list.HasNext }}<a href="{{ $list.Next.URL }}">Older</a>{{ end }}</nav></body></html>
"""
_HUGO_ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">{{ site.Title }}</a></header><article><h1>{{ .Title }}</h1>
<time>{{ .Date.Format "January 2, 2006" }}</time>{{ .Content }}
<p>{{ range .Params.tags }}<a href="/tags/{{ . | urlize }}/">{{ . }}</a> {{ end }}</p></article>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></body></html>
"""
HUGO = {
    "config.toml": (
        'baseURL = "https://archive.example/"\ntitle = "Benchmark"\n'
        'disableKinds = ["section"]\ntimeout = "300s"\n'
        '[taxonomies]\ntag = "tags"\nyear = "years"\nmonth = "months"\nday = "days"\n'
        '[outputs]\nhome = ["HTML", "RSS"]\nterm = ["HTML"]\ntaxonomy = ["HTML"]\n'
    ),
    "layouts/_default/single.html": _HUGO_ARTICLE,
    "layouts/_default/list.html": _HUGO_LIST,
    "layouts/index.html": _HUGO_LIST.replace(".Pages.ByDate", ".Site.RegularPages.ByDate"),
}
"""File → text of a Hugo site, its articles aside."""

_PLAIN_PERIOD = """{% extends "base.html" %}
{% block title %}{{ period }}{% endblock %}
{% block main %}<h1>{{ period }}</h1>{% include "_listing.html" %}{% endblock %}
"""
PLAIN = {
    "base.html": """<!doctype html><html lang="{{ site.language }}"><head><meta charset="utf-8">
<title>{% block title %}{% endblock %}</title>
<link rel="canonical" href="{{ page.url|absolute }}">
<link rel="stylesheet" href="{{ 'style.css'|asset }}"></head>
<body><header><a href="{{ ''|link }}">{{ site.title }}</a></header>
{% block main %}{% endblock %}</body></html>
""",
    "article.html": """{% extends "base.html" %}
{% block title %}{{ entry.title }}{% endblock %}
{% block main %}
<article><h1>{{ entry.title }}</h1>
<time>{{ entry.date|long_date }}</time>{{ body|safe }}
<p>{% for group in terms if group.taxonomy == "tags" %}{% for tag in group.links %}
<a href="{{ tag.url|link }}">{{ tag.title }}</a> {% endfor %}{% endfor %}</p></article>
<nav>{% if previous %}<a href="{{ previous.url|link }}">{{ previous.title }}</a>{% endif %}
{% if next %}<a href="{{ next.url|link }}">{{ next.title }}</a>{% endif %}</nav>
{% endblock %}
""",
    "_row.html": """<li><time>{{ entry.date|iso }}</time>
<a href="{{ entry.url|link }}">{{ entry.title }}</a><p>{{ entry.summary }}</p></li>
""",
    "day.html": _PLAIN_PERIOD,
    "month.html": _PLAIN_PERIOD,
    "year.html": _PLAIN_PERIOD,
    "term.html": _PLAIN_PERIOD.replace("period", "name"),
}
"""Template → text, in the place of the theme's."""

"""HTML: one self-contained page, the article on the left with its claims marked, the briefs on the right."""

from markupsafe import escape

from briefs.domain.brief import ArticleBriefs


def html(result: ArticleBriefs) -> str:
    """Return the page of an article's briefs."""
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>{escape(result.article.title)}</title>\n'

"""Render organizers' Markdown as HTML that is safe to put into any page."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_FIRST_LEVEL = 3
"""The page itself owns h1 and h2."""


@lru_cache(maxsize=256)
def html(markdown: str) -> str:
    """CommonMark without raw HTML and pictures; links only to http, https, mailto and tel."""
    return str(_parser().render(markdown))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.validateLink = _allowed  # type: ignore[method-assign]
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.core.ruler.push("page_fit", _fit_into_page)
    parser.add_render_rule("image", _description_of_image)
    return parser


def _allowed(url: str) -> bool:
    return url.partition(":")[0].lower() in _SCHEMES


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Asterisks open before whatever is no space and close behind it. CommonMark's rule looks at
    punctuation too, and shows them in `**(নতুন)**টি`, where Bangla has a suffix.
    See https://github.com/commonmark/commonmark-spec/issues/650."""
    start, known = state.pos, len(state.delimiters)
    if not emphasis(state, silent):
        return False
    before = state.src[start - 1 : start] or " "
    after = state.src[state.pos : state.pos + 1] or " "
    if state.src[start] == "*":
        for run in state.delimiters[known:]:
            run.open, run.close = not after.isspace(), not before.isspace()
    return True


def _fit_into_page(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + _FIRST_LEVEL - 1)}"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "nofollow noopener")


def _description_of_image(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return escapeHtml(self.renderInlineAsText(tokens[idx].children, options, env))

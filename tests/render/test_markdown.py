import pytest

from bashi.render.markdown import html


def test_prose_becomes_paragraphs_lists_and_emphasis() -> None:
    assert html("**Food** by\nAsha\n\n- rice\n- fish") == (
        "<p><strong>Food</strong> by<br />\nAsha</p>\n<ul>\n<li>rice</li>\n<li>fish</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("markdown", "out"),
    [
        ("**(নতুন)**টি", "<strong>(নতুন)</strong>টি"),
        ("**“দুর্গাপূজা”**র", "<strong>“দুর্গাপূজা”</strong>র"),
        ("আসুন**!**এখনই", "আসুন<strong>!</strong>এখনই"),
        ("**শেষ।**এর", "<strong>শেষ।</strong>এর"),
        ("*(new)*s", "<em>(new)</em>s"),
        ("***(নতুন)***টি", "<em><strong>(নতুন)</strong></em>টি"),
        ("**Note:**text", "<strong>Note:</strong>text"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("** a **", "** a **"),
        ("snake_case_name", "snake_case_name"),
        ("a*b", "a*b"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
    ],
)
def test_emphasis_ends_at_a_suffix(markdown: str, out: str) -> None:
    assert html(markdown) == f"<p>{out}</p>\n"


def test_raw_html_is_shown_not_run() -> None:
    out = html("<script>alert(1)</script> a <b onclick=x>b</b>\n\n<iframe src=x></iframe>")
    assert "<script" not in out
    assert "<b " not in out
    assert "<iframe" not in out
    assert "&lt;script&gt;" in out


@pytest.mark.parametrize(
    "url",
    ["https://a.org/x?y=1", "http://a.org", "mailto:a@b.org", "HTTPS://a.org", "tel:+14055550100"],
)
def test_links_to_the_web_and_to_mail_are_kept(url: str) -> None:
    assert f'<a href="{url}" rel="nofollow noopener">see</a>' in html(f"[see]({url})")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.org",
        "/admin",
        "#x",
    ],
)
def test_any_other_link_stays_text(url: str) -> None:
    for form in (f"[see]({url})", f"[see](<{url}>)", f"[see][1]\n\n[1]: {url}"):
        out = html(form)
        assert "<a " not in out
        assert "href" not in out


def test_autolinks_follow_the_same_rule() -> None:
    assert 'rel="nofollow noopener"' in html("<https://a.org>")
    assert "<a " not in html("<javascript:alert(1)>")


def test_pictures_are_replaced_by_their_description() -> None:
    assert html('![a "nice" <view>](https://evil.org/track.png)') == (
        "<p>a &quot;nice&quot; &lt;view&gt;</p>\n"
    )


def test_headings_start_below_the_page_s_own() -> None:
    assert html("# A\n\n## B\n\nC\n===\n\n###### D") == (
        "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<h6>D</h6>\n"
    )


def test_deep_nesting_ends() -> None:
    assert html(">" * 5_000 + "x").count("<blockquote>") < 100

//! Markdown of slides as HTML: headings, lists, bold, links to pages. Raw HTML is shown as it was typed, pictures and other
//! links are left out: what a slide loads and leads to is decided here and not by who writes it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// The HTML of a text.
#[must_use]
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut dropped = 0_u32;
    let events = Parser::new(text).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Link { ref dest_url, .. }) if !dest_url.starts_with("https://") => {
            dropped += 1;
            None
        }
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            None
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        other => Some(other),
    });
    html::push_html(&mut out, events);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_list_and_what_could_run_is_text() {
        assert!(to_html("- ett\n- två").contains("<li>ett</li>"));
        let html = to_html(
            "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![b](https://a.se/b.png) a<b onclick=x>b</b> **fet**",
        );
        assert!(!html.contains("<script") && !html.contains("javascript:") && !html.contains("<img"), "{html}");
        assert!(!html.contains("<b onclick"), "{html}");
        assert!(html.contains("&lt;script&gt;") && html.contains("<strong>fet</strong>"));
        assert!(to_html("[planen](https://intranat.example.se)").contains(r#"<a href="https://intranat.example.se">"#));
    }
}

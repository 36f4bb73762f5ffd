//! Text where Leptos escapes nothing: what stands inside a `<textarea>` (tachys takes it for another language, as in a
//! `<script>`) and the title of the page (`leptos_meta` writes it as it is). Whoever writes `</textarea>` there would write
//! the rest of the page, and `&amp;` would be `&` after each save. So both are written here and nowhere else: a test looks.

use leptos::prelude::*;
use leptos_meta::Title;

use super::html::escaped;

/// The bare control for a text of several lines, with the text exactly as it is.
#[component]
pub fn Lines(
    /// `id` of the control.
    id: String,
    /// The name that it posts.
    name: String,
    /// What stands in it.
    text: String,
    /// Lines shown.
    #[prop(default = 3)]
    rows: u32,
    /// The most characters that can be typed.
    #[prop(optional)]
    max: Option<usize>,
    /// Whether it can not be used.
    #[prop(optional)]
    disabled: bool,
    /// Whether something is wrong with it.
    #[prop(optional)]
    invalid: bool,
    /// Ids of what describes it.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
) -> impl IntoView {
    view! {
        <textarea
            id=id
            name=name
            rows=rows
            maxlength=max
            disabled=disabled
            aria-invalid=invalid.then_some("true")
            aria-describedby=described_by
            inner_html=inside(&text)
        ></textarea>
    }
}

/// The title of the tab. The last one on the page is the one that is shown.
#[component]
pub fn PageTitle(
    /// The whole title.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <Title text=escaped(&text).to_string()/> }
}

/// What is written between the tags of a textarea. The parser drops the first line break, so one that is text is doubled.
fn inside(text: &str) -> String {
    let first = if text.starts_with(['\n', '\r']) { "\n" } else { "" };
    format!("{first}{}", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        let (id, name, text) = ("a".to_owned(), "a".to_owned(), text.to_owned());
        view! { <Lines id name text/> }.to_html()
    }

    #[test]
    fn a_text_with_tags_stays_in_its_field_as_it_was_typed() {
        let html = drawn("</textarea><b>fet</b> &amp; \"&\"");
        assert!(
            html.contains(">&lt;/textarea&gt;&lt;b&gt;fet&lt;/b&gt; &amp;amp; &quot;&amp;&quot;</textarea>"),
            "{html}"
        );
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }

    #[test]
    fn the_empty_lines_that_a_text_begins_with_are_kept() {
        assert!(drawn("\n\nx").contains(">\n\n\nx</textarea>"));
        assert!(drawn("x\n").contains(">x\n</textarea>"));
        assert!(drawn("").contains("></textarea>"));
    }

    /// What writes markup from a text, sets a title, leads to another page or decodes a form, and the files that may, each for a
    /// text that it has made itself, escaped or cleaned. A file that is not here asks for one of ours instead.
    const MAY: [(&[&str], &[&str]); 7] = [
        // the passwords of a list, which the program has made, and escaped
        (&["<textarea", "textarea()"], &["ui/src/components/verbatim.rs", "web/src/once.rs"]),
        (&["leptos_meta::", "<Title"], &["ui/src/components/verbatim.rs", "ui/src/app.rs", "web/src/plain.rs"]),
        (
            &["inner_html", "outer_html", "insert_adjacent_html", "innerHTML", "outerHTML", "insertAdjacentHTML"],
            &[
                "ui/src/components/verbatim.rs",
                "ui/src/components/status_mark.rs",
                "ui/src/components/rows.rs",
                "ui/src/components/late.rs",
                "ui/src/app.rs",
                "ui/src/arshjul/wheel.rs",
                "ui/src/apt/parts.rs",
                "ui/src/apt/wall.rs",
                "ui/src/avvikelse/ny.rs",
                "islands/src/live.rs",
                // what the server has drawn of a row
                "entry/src/utfall/browser.rs",
            ],
        ),
        (
            &["<script", "<style", " Html("],
            &[
                "web/src/bilaga/kind.rs",
                "ui/src/app.rs",
                "ui/src/avvikelse/ny.rs",
                "web/src/once.rs",
                "web/src/plain.rs",
            ],
        ),
        // its own words escape nothing, elements in it do
        (
            &["<noscript"],
            &[
                "ui/src/components/plan.rs",
                "ui/src/arshjul/filters.rs",
                "ui/src/genomforande/judge.rs",
                "ui/src/verksamhetsplan/utfall.rs",
                "ui/src/ekonomi/vy.rs",
            ],
        ),
        (
            &["header::LOCATION", "Redirect::", "redirect(", "set_href", ".assign(", "set_location", "location.href ="],
            // the client of Kolada reads where an answer sends it
            &["web/src/link.rs", "web/src/kolada/client.rs"],
        ),
        // what comes in is decoded where it is cleaned
        (&["serde_urlencoded::from", ": Form<", ": Query<", "RawForm", "RawQuery"], &["web/src/form.rs"]),
    ];

    #[test]
    fn markup_titles_redirects_and_forms_are_handled_in_their_own_places_only() {
        let mut faults = Vec::new();
        for (name, code) in crate::sources::all() {
            // comments draw nothing
            for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                for (words, may) in MAY {
                    let found = words.iter().find(|word| line.contains(**word));
                    if let Some(word) = found.filter(|_| !may.iter().any(|file| name.ends_with(file))) {
                        faults.push(format!("{name}:{}: {word}", n + 1));
                    }
                }
            }
        }
        assert!(
            faults.is_empty(),
            "use Lines, PageTitle, html::escaped, link::see_other or form::Fields:\n{}",
            faults.join("\n")
        );
    }
}

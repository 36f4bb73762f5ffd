//! The wheel as a component: the SVG that `svg` writes, in the page as it is.

use chrono::NaiveDate;
use domain::{
    arshjul::{Zoom, layout::layout},
    occurrence::Item,
};
use leptos::prelude::*;

use super::svg;

/// The wheel of these items, already filtered. Complete without a script; wrap it in `WheelNav` for tooltip and arrow
/// keys. `base_query` is what links within the årshjul keep (year, filters), encoded, without `?` and without `zoom`.
#[component]
pub fn Wheel(items: Vec<Item>, year: i32, zoom: Zoom, today: NaiveDate, base_query: String) -> impl IntoView {
    let wheel = layout(&items, year, zoom, today);
    let svg = svg::wheel(&items, &wheel, today, &base_query);
    view! { <div class="wheel-box" inner_html=svg></div> }
}

#[cfg(test)]
mod tests {
    use domain::{
        id::{NodeId, OccurrenceId, ScheduleId},
        occurrence::{Andel, Occurrence, State},
        permission::Area,
        schedule::{Category, Responsible},
    };
    use uuid::Uuid;

    use super::*;

    fn item(n: u128, title: &str) -> Item {
        Item {
            occurrence: Occurrence {
                id: OccurrenceId(Uuid::from_u128(n)),
                schedule: ScheduleId(Uuid::from_u128(n)),
                node: NodeId(Uuid::from_u128(1)),
                start: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap(),
                due: NaiveDate::from_ymd_opt(2026, 10, 31).unwrap(),
                moved_from: None,
                state: State::Planerad,
                outcome: None,
                andel: Andel::default(),
                note: String::new(),
                figures: vec![],
                reason: String::new(),
                performed_by: None,
                performed_on: None,
                version: 1,
            },
            area: Area::Egenkontroll,
            source: Uuid::from_u128(n),
            level: None,
            category: Category::Egenkontroll,
            title: title.into(),
            rhythm: "en gång om året".into(),
            responsible: Responsible::Nobody,
            responsible_label: "Enhetens ledningsgrupp".into(),
            node_name: "Enheten".into(),
            performed_by_label: String::new(),
            mine: false,
            may_tick: true,
        }
    }

    fn drawn(items: &[Item]) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        svg::wheel(items, &layout(items, 2026, Zoom::Year, today), today, "ar=2026&kategori=egenkontroll")
    }

    #[test]
    fn a_mark_is_a_link_with_a_name_that_says_everything() {
        let svg = drawn(&[item(7, "Dokumentation")]);
        assert!(svg.contains(&format!(r#"href="/forekomster/{}""#, Uuid::from_u128(7))));
        assert!(svg.contains(r#"aria-label="Dokumentation, egenkontroll, oktober, försenad, Enhetens ledningsgrupp""#));
        assert!(
            svg.contains(r#"href="/arshjul?ar=2026&amp;kategori=egenkontroll&amp;zoom=10""#),
            "months open the month"
        );
    }

    #[test]
    fn a_title_cannot_break_out_of_the_drawing() {
        let svg = drawn(&[item(7, r#""><script>alert('x')</script>&"#)]);
        assert!(!svg.contains("<script"));
        assert!(svg.contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"));
    }

    #[test]
    fn nothing_in_the_drawing_needs_a_style_that_the_policy_forbids() {
        let many: Vec<Item> = (0..40).map(|n| item(n, "Kontroll")).collect();
        let svg = drawn(&many);
        assert!(!svg.contains("style="));
        assert!(
            svg.contains("40 i oktober") && svg.contains(">40</text>"),
            "what has no room is gathered with its count"
        );
    }
}

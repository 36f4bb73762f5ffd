//! The wheel as a component: the SVG that `svg` writes, in the page as it is. It is the same for everybody who looks at the
//! unit's year, so it is kept until something changes.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, LazyLock},
};

use chrono::NaiveDate;
use domain::{
    area::Area,
    arshjul::{Zoom, layout::layout},
    id::{NodeId, PersonId},
    occurrence::Item,
};
use leptos::prelude::*;
use store::{Kept, Part, Snapshot};

use super::svg;

/// Everything that a wheel depends on but for what the database holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Drawing {
    /// The unit.
    pub unit: NodeId,
    /// Whose it is, where it shows only own items or some that not everybody may see.
    pub of: Option<PersonId>,
    /// The year.
    pub year: i32,
    /// What is shown of it.
    pub zoom: Zoom,
    /// What of it the person can move: whoever can move the same sees the same drawing.
    pub moves: u64,
    /// The day: what is late depends on it.
    pub today: NaiveDate,
    /// What links within the årshjul keep (year, filters), encoded, without `?` and without `zoom`.
    pub query: String,
}

/// The wheels drawn for the database as it is: some tens of them.
static DRAWN: LazyLock<Kept<Drawing, str>> = LazyLock::new(|| Kept::new(4 * 1024 * 1024));

/// The SVG of these items, already filtered as `drawing` says and read at or after `snapshot`.
pub fn drawing(items: &[Item], snapshot: Option<Snapshot>, drawing: Drawing) -> Arc<str> {
    if let Some(drawn) = DRAWN.get(snapshot.as_ref(), &drawing) {
        return drawn;
    }
    let Drawing { year, zoom, today, .. } = drawing;
    let svg: Arc<str> = svg::wheel(items, &layout(items, year, zoom, today), today, &drawing.query).into();
    // what is of all is drawn of the unit's plan alone; what is of one, of more than that
    let parts = if drawing.of.is_some() { vec![Part::Anything] } else { vec![Part::Plan(drawing.unit), Part::Namn] };
    DRAWN.set(snapshot.as_ref(), drawing, svg.len(), parts, &svg);
    svg
}

/// What can be moved of these items, as one number.
pub fn movable(items: &[Item]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for item in items.iter().filter(|item| item.can_be_moved()) {
        item.occurrence.id.hash(&mut hasher);
    }
    hasher.finish()
}

/// The wheel. Complete without a script; wrap it in `islands::WheelNav` for tooltip and arrow keys.
#[component]
pub fn Wheel(svg: Arc<str>) -> impl IntoView {
    // the keys of WheelNav change the drawing in the page: whether it is another one is said beside it
    let mut hasher = DefaultHasher::new();
    svg.hash(&mut hasher);
    let stand = format!("{:x}", hasher.finish());
    view! { <div class="wheel-box" id="hjulet" data-live=Area::codes(Area::on_wheel()) data-stand=stand inner_html=svg></div> }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use domain::{arshjul::picture, schedule::Category};
    use uuid::Uuid;

    use super::*;
    use crate::components::drawing;

    fn item(n: u128, title: &str) -> Item {
        let day = |d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap();
        Item {
            title: title.into(),
            rhythm: "en gång om året".into(),
            responsible_label: "Enhetens ledningsgrupp".into(),
            node_name: "Enheten".into(),
            mine: false,
            ..Item::example((Area::Egenkontroll, Category::Egenkontroll), n, (day(1), day(31)))
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
    fn a_mark_that_can_be_moved_says_what_it_moves_and_one_that_cannot_says_nothing() {
        let mine = item(7, "Dokumentation");
        let others = Item { may_tick: false, ..mine.clone() };
        let said = format!(r#"data-flytt="{} 1 10""#, mine.occurrence.id);
        assert!(drawn(from_ref(&mine)).contains(&said));
        assert!(!drawn(from_ref(&others)).contains("data-flytt"));
        assert_ne!(movable(from_ref(&mine)), movable(from_ref(&others)), "they are drawn apart");
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let month = svg::wheel(from_ref(&mine), &layout(from_ref(&mine), 2026, Zoom::Month(10), today), today, "");
        assert!(!month.contains("data-flytt"), "a month by itself has no other");
    }

    #[test]
    fn on_the_wall_nothing_leads_anywhere_or_has_an_id() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let items = [item(7, r#"Med " href="/x" i"#), item(8, "Dokumentation")];
        for zoom in [Zoom::Year, Zoom::Month(10)] {
            let still = drawing::svg(&picture::wheel(&items, &layout(&items, 2026, zoom, today), today, None));
            assert!(!still.contains(r#"href="/"#) && !still.contains("0000-0000"), "{still}");
            assert!(still.contains(r##"href="#hjul-"##) && still.ends_with("</svg>"), "the drawing is whole");
            assert_eq!(still.matches("aria-label=").count(), 1, "that of the drawing");
        }
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

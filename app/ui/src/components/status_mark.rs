//! The mark of a status: one shape each, the same on the wheel, in lists and in grids. The drawing is here and nowhere
//! else; colours come from `status_mark.css` through the classes `st-…` (status) and `cat-…` (category).

use domain::{occurrence::Status, schedule::Category};
use leptos::{prelude::*, tachys::html::InertElement};

use super::html::put;

/// The shape as SVG within a square of 20 around the origin. Planned is a hollow ring, now a thick ring with a dot, done
/// a filled disc with a check, late a diamond with !, deviating a triangle, given up a crossed ring.
pub fn shape(status: Status) -> &'static str {
    match status {
        Status::Planerad => r#"<circle class="sm-ring" r="8.7" stroke-width="2.2"/>"#,
        Status::Pagar => r#"<circle class="sm-ring" r="8" stroke-width="3.6"/><circle class="sm-fill" r="3.1"/>"#,
        Status::Utford => r#"<circle class="sm-fill" r="9.8"/><path class="sm-sign" d="M-4.4.3-1.3 3.5 4.7-3.3"/>"#,
        Status::Forsenad => {
            r#"<path class="sm-solid" d="M0-9.3 9.3 0 0 9.3-9.3 0z"/><path class="sm-sign" d="M0-4.6V.6M0 4.5V4.6"/>"#
        }
        Status::Avvikelse => r#"<path class="sm-solid" d="M0-8 9 7.4H-9z"/>"#,
        Status::EjUtford => {
            r#"<circle class="sm-ring" r="8.7" stroke-width="2.2"/><path class="sm-cross" d="M-3.4-3.4 3.4 3.4M3.4-3.4-3.4 3.4"/>"#
        }
    }
}

/// The shape of a mark that stands for several: room for a number where one mark has its sign.
pub fn shape_of_many(status: Status) -> &'static str {
    match status {
        Status::Planerad => r#"<circle class="sm-ring" r="9.1" stroke-width="1.6"/>"#,
        Status::Pagar => r#"<circle class="sm-ring" r="8.5" stroke-width="2.8"/>"#,
        Status::Utford => r#"<circle class="sm-fill" r="9.9"/>"#,
        Status::Forsenad => r#"<path class="sm-solid" d="M0-9.7 9.7 0 0 9.7-9.7 0z"/>"#,
        Status::Avvikelse => r#"<path class="sm-solid" d="M0-9.4 9.6 8.2H-9.6z"/>"#,
        Status::EjUtford => {
            r#"<circle class="sm-ring" r="9.1" stroke-width="1.6"/><path class="sm-cross" d="M-9 9-6.4 6.4M9-9 6.4-6.4"/>"#
        }
    }
}

/// The mark of a status in a list or a grid, with its word for those who do not see it.
#[component]
pub fn StatusMark(
    /// What it says.
    status: Status,
    /// Whose colour it has.
    category: Category,
) -> impl IntoView {
    let mut out = String::new();
    mark(&mut out, status, category);
    InertElement::new(out)
}

/// The same as text.
pub fn mark(out: &mut String, status: Status, category: Category) {
    let (label, code, category, shape) = (status.label(), status.code(), category.code(), shape(status));
    put(
        out,
        format_args!(
            r#"<svg viewBox="-10 -10 20 20" width="20" height="20" role="img" aria-label="{label}" class="status-mark st-{code} cat-{category}">{shape}</svg>"#
        ),
    );
}

/// What the marks mean, in words; with `rings`, also which ring of the wheel is which, from the hub outwards.
#[component]
pub fn Legend(
    /// The rings to name.
    #[prop(optional)]
    rings: Vec<Category>,
) -> impl IntoView {
    // from what is planned to what is done: the order in which a mark changes
    let order =
        [Status::Planerad, Status::Pagar, Status::Forsenad, Status::Utford, Status::Avvikelse, Status::EjUtford];
    view! {
        <div class="legend">
            <ul class="legend-list" aria-label="Teckenförklaring">
                {order
                    .into_iter()
                    .map(|status| {
                        view! {
                            <li class="legend-item">
                                <svg
                                    class=format!("status-mark st-{}", status.code())
                                    viewBox="-10 -10 20 20"
                                    width="20"
                                    height="20"
                                    aria-hidden="true"
                                    inner_html=shape(status)
                                ></svg>
                                {status.label()}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {(!rings.is_empty())
                .then(|| {
                    view! {
                        <ul class="legend-list" aria-label="Ringarna inifrån och ut">
                            {rings
                                .into_iter()
                                .map(|category| {
                                    view! {
                                        <li class="legend-item">
                                            <span class=format!("legend-ring cat-{}", category.code())></span>
                                            {category.label()}
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_shape_of_its_own() {
        for (i, a) in Status::ALL.into_iter().enumerate() {
            for b in Status::ALL.into_iter().skip(i + 1) {
                assert_ne!(shape(a), shape(b));
                assert_ne!(shape_of_many(a), shape_of_many(b));
            }
        }
    }
}

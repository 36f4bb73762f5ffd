//! The mark of a status on the screen. The drawing is that of `domain::drawing::mark`; colours come from `status_mark.css`
//! through the classes `st-…` (status) and `cat-…` (category).

use std::sync::LazyLock;

use domain::{
    drawing::{Drawing, Width, mark},
    occurrence::Status,
    schedule::Category,
};
use leptos::{prelude::*, tachys::html::InertElement};

use super::{drawing, html::put};

/// The shape as SVG within a square of 20 around the origin: that of `domain::drawing::mark`, written once.
pub fn shape(status: Status) -> &'static str {
    static SHAPES: LazyLock<Vec<(Status, String)>> = LazyLock::new(|| {
        let written = |status: Status| {
            let marks = mark::shape(status);
            (status, drawing::strokes(&Drawing { marks, ..Drawing::new("", Width::Fixed(20.0), 20.0, String::new()) }))
        };
        Status::ALL.into_iter().map(written).collect()
    });
    SHAPES.iter().find(|(of, _)| *of == status).map_or("", |(_, shape)| shape)
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
    self::mark(&mut out, status, category);
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

//! The heading that the pages of a result share, with the tabs between them.

use domain::{
    enkat::Enkat,
    format,
    permission::{Action, Area},
    person::Actor,
};
use leptos::prelude::*;

use crate::components::PageHead;

/// Which of the pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Resultat,
    Fritext,
    Varden,
}

/// Heading and tabs. `texts` is how many free texts there are, for those who may read them.
#[component]
pub(super) fn ResultHead(
    enkat: Enkat,
    actor: std::sync::Arc<Actor>,
    current: Tab,
    texts: Option<i64>,
    /// A link beside "Till enkäten".
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let path = format!("/enkater/{}", enkat.id);
    let (word, title) = (
        match current {
            Tab::Resultat => "Resultat",
            Tab::Fritext => "Fritext",
            Tab::Varden => "Värden utifrån",
        },
        enkat.content.title,
    );
    let c = (enkat.content.first, enkat.content.last);
    let sub = format!(
        "{} · {}–{} · {}",
        actor.tree.name(enkat.node),
        format::date(c.0),
        format::date(c.1),
        enkat.state.label()
    );
    let may_edit = actor.may(enkat.node, Area::Enkat, Action::Edit);
    let here = |tab: Tab| (tab == current).then_some("page");
    let tabs = (may_edit || texts.is_some()).then(|| {
        view! {
            <nav class="tabs" aria-label="Flikar">
                <a href=format!("{path}/resultat") aria-current=here(Tab::Resultat)>"Resultat"</a>
                {texts
                    .map(|n| {
                        view! {
                            <a href=format!("{path}/fritext") aria-current=here(Tab::Fritext)>
                                "Fritext" <span class="count">{format::int(n)}</span>
                            </a>
                        }
                    })}
                {may_edit
                    .then(|| {
                        view! {
                            <a href=format!("{path}/varden") aria-current=here(Tab::Varden)>"Värden utifrån"</a>
                        }
                    })}
            </nav>
        }
    });
    view! {
        <PageHead title=format!("{word}: {title}") sub>
            {children.map(|c| c())}
            <a class="button secondary" href=path.clone()>"Till enkäten"</a>
        </PageHead>
        {tabs}
    }
}

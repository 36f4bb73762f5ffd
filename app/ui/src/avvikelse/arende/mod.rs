//! The page of a case: as its reporter follows it, or with everything for those who handle it. That it is opened is written
//! down.

mod atgarder;
mod beslut;
mod kopplingar;
mod lage;
mod pui;
mod steg;
mod utredning;

use std::sync::Arc;

use chrono::Datelike;
use domain::{
    atgard::{Atgard, Source},
    avvikelse::{
        Arende, Kind, Relation,
        access::handles,
        arende::{Bilaga, Syn},
        deadline::{Deadline, deadlines},
        lank::{Lank, LankKind},
    },
    history::Entry,
    id::{AvvikelseId, NodeId, PersonId},
    permission::{Action, Area},
    person::Actor,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, Tx, atgard, avvikelse, history, person, plan};

use super::egen::{EgenView, StateLine};
use crate::{
    components::{Hidden, HistoryList, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// The tab of what the case hangs together with.
const LINKS: &str = "kopplingar";

/// What the page shows of a case.
struct Data {
    ctx: Ctx,
    actor: Arc<Actor>,
    a: Arende,
    who: Relation,
    deadlines: Vec<Deadline>,
    words: Vec<String>,
    history: Vec<Entry>,
    files: Vec<Bilaga>,
    handlers: Vec<(PersonId, String)>,
    colleagues: Vec<(String, String)>,
    atgarder: Vec<Atgard>,
    /// The rows of this year's plans, to point to. Empty on tabs where nothing is pointed to.
    plan: Vec<(String, String)>,
}

/// Egenkontroller and internkontroller of the unit as choices of a form: what is sent, and what is read.
async fn plan(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<(String, String)>, AppError> {
    let choice = |kind: LankKind, id: String, name: &str| {
        (Lank::choice(kind, &format!("/{}/{id}", kind.code()), name), format!("{}: {name}", kind.label()))
    };
    let mut plan = vec![];
    for row in plan::list::<domain::egenkontroll::Content>(tx, node, year).await? {
        plan.push(choice(LankKind::Egenkontroll, row.id.to_string(), &row.content.kontrollmal));
    }
    for row in plan::list::<domain::internkontroll::Content>(tx, node, year).await? {
        plan.push(choice(LankKind::Internkontroll, row.id.to_string(), &row.content.systematisk_kontroll));
    }
    Ok(plan)
}

enum Opened {
    Handled(Box<Data>),
    Own(Box<domain::avvikelse::arende::Egen>, PersonId),
}

/// `tab`: what is shown of the case.
async fn open(id: &str, tab: &str) -> Result<Opened, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let id: AvvikelseId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = ctx.write(Target::Avvikelse(id), Action::View).await?;
    let (a, who) = match avvikelse::open(&mut tx, ctx.now, &actor, id, "Ärendet").await? {
        Syn::Rapportor(egen) => {
            tx.commit().await?;
            return Ok(Opened::Own(egen, actor.person));
        }
        Syn::Handlaggare(a, who) => (*a, who),
    };
    let set = avvikelse::installning::get(&mut tx, a.node).await?;
    let plan = if tab == LINKS { plan(&mut tx, a.node, ctx.today.year()).await? } else { vec![] };
    let data = Data {
        deadlines: deadlines(&a.case, &set.goals),
        words: set.handelsetyper,
        history: history::list(&mut tx, &[id.0]).await?,
        files: avvikelse::bilaga::list(&mut tx, id).await?,
        handlers: avvikelse::handlers(&mut tx, id).await?,
        colleagues: person::options(&mut tx, &actor.tree, a.node).await?,
        atgarder: atgard::of_source(&mut tx, &actor, Source::Avvikelse(id)).await?,
        plan,
        ctx,
        actor,
        a,
        who,
    };
    tx.commit().await?;
    Ok(Opened::Handled(Box::new(data)))
}

impl Data {
    /// The fields that every form of the case carries: which, and as it was when the page was made.
    fn ids(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="id" value=self.a.id.to_string()/>
            <Hidden name="version" value=self.a.version.to_string()/>
        }
    }

    fn key(&self) -> String {
        self.a.id.to_string()
    }

    fn handles_unit(&self) -> bool {
        handles(&self.actor.grants, &self.actor.tree, self.a.node)
    }
}

/// `/avvikelser/{id}`
#[component]
pub fn ArendePage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let tab = use_query_map().get_untracked().get("flik").unwrap_or_default();
    load(async move {
        let data = match open(&id, &tab).await? {
            Opened::Own(egen, person) => return Ok(view! { <EgenView egen=*egen person/> }.into_any()),
            Opened::Handled(data) => data,
        };
        let data = &*data;
        let (a, case) = (&data.a, &data.a.case);
        let pui = case.kinds.has(Kind::Pui);
        let tab = match tab.as_str() {
            "personuppgifter" if !pui => "",
            "utredning" | "personuppgifter" | "atgarder" | LINKS | "bilagor" | "historik" => tab.as_str(),
            _ => "",
        };
        let count = |n: usize| (n > 0).then(|| view! { <span class="count">{n}</span> });
        let tabs = [
            ("", "Läget", true, 0),
            ("utredning", "Utredning", true, 0),
            ("personuppgifter", "Personuppgifter", pui, 0),
            ("atgarder", "Åtgärder och återkoppling", true, data.atgarder.len()),
            (LINKS, "Kopplingar", true, a.links.len()),
            ("bilagor", "Filer", true, data.files.len()),
            ("historik", "Historik", true, 0),
        ]
        .into_iter()
        .filter(|(_, _, shown, _)| *shown)
        .map(|(code, label, _, n)| {
            let query = if code.is_empty() { String::new() } else { format!("?flik={code}") };
            let current = (code == tab).then_some("page");
            view! { <a href=format!("/avvikelser/{}{query}", a.id) aria-current=current>{label} {count(n)}</a> }
        })
        .collect_view();
        let content = match tab {
            "utredning" => utredning::tab(data),
            "personuppgifter" => pui::tab(data),
            "atgarder" => atgarder::tab(data),
            LINKS => kopplingar::links(data),
            "bilagor" => kopplingar::files(data),
            "historik" => view! { <HistoryList entries=data.history.clone()/> }.into_any(),
            _ => lage::tab(data),
        };
        let kinds = case.kinds.iter().map(Kind::label).collect::<Vec<_>>().join(", ");
        let known_by = format!("rapportörens referens {}", a.reference());
        let sub = [a.node_name.clone(), kinds, known_by]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let log = data.who.lex_sarah.then(|| {
            view! { <a class="button secondary" href=format!("/avvikelser/{}/logg", a.id)>"Vem har öppnat"</a> }
        });
        let files = case.is_lex_sarah().then(|| {
            let file = |ending: &str| format!("/avvikelser/{}/ivo.{ending}", a.id);
            view! {
                <a class="button secondary" href=file("docx") download="">"Till Word för IVO"</a>
                <a class="button secondary" href=file("pdf") download="">"Till PDF för IVO"</a>
            }
        });
        Ok(view! {
            <PageHead title=format!("Ärende {}", a.number()) sub>
                {log} {files} <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
                <a class="button secondary" href="/avvikelser">"Registret"</a>
            </PageHead>
            <StateLine state=case.state/>
            <nav class="tabs no-print" aria-label="Flikar" data-mottagen=a.id.to_string()>{tabs}</nav>
            {content}
        }
        .into_any())
    })
}

/// Whether the person may add åtgärder of the case.
fn may_add(data: &Data) -> bool {
    // of a missförhållande the one who investigates it adds them too
    data.actor.may(data.a.node, Area::Atgard, Action::Edit) || data.who.lex_sarah && data.a.case.is_lex_sarah()
}

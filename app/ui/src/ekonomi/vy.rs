//! What the address of the account asks for: which view, at which time, of which line; and the choices over the table, as links.

use domain::{
    ekonomi::{
        Tid,
        konto::{Content, RadId, Radslag, VerksamhetId},
        summa::{Del, Konto},
    },
    format,
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;

use super::path;
use crate::{components::Hidden, place::join};

/// A view of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vy {
    /// Rows and sums at a time.
    Konto,
    /// The twelve months of a line.
    Manader,
    /// How the forecast of a line has changed, and how right it was.
    Prognoser,
    /// The year's budget, a line for each verksamhet.
    Budget,
}

impl Vy {
    domain::every! {
        /// Every view, in order.
        Konto, Manader, Prognoser, Budget
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Konto => "konto",
            Self::Manader => "manader",
            Self::Prognoser => "prognoser",
            Self::Budget => "budget",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Konto => "Budget och utfall",
            Self::Manader => "Månader",
            Self::Prognoser => "Prognoser",
            Self::Budget => "Per verksamhet",
        }
    }
}

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Val {
    /// Which view.
    pub vy: Vy,
    /// At which time.
    pub tid: Tid,
    /// Of which line.
    pub del: Del,
}

impl Val {
    /// What an address asks for; what it does not say is what there is to see.
    #[must_use]
    pub fn of(konto: &Konto<'_>, [vy, tid, del]: [&str; 3]) -> Self {
        Self {
            vy: Vy::ALL.into_iter().find(|there| there.code() == vy).unwrap_or(Vy::Konto),
            tid: Tid::from_code(tid).unwrap_or_else(|| konto.senaste()),
            del: del_of(konto.content, del).unwrap_or(Del::Netto),
        }
    }

    /// The address of it.
    #[must_use]
    pub fn href(self, plan: PlanId) -> String {
        let mut query = vec![("vy", self.vy.code().to_owned()), ("tid", self.tid.code())];
        if self.del != Del::Netto {
            query.push(("del", del_code(self.del)));
        }
        let query: Vec<_> = query.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        join(&path(plan), &query)
    }
}

/// A line as an address has it.
fn del_code(del: Del) -> String {
    match del {
        Del::Rad(id) => format!("rad:{id}"),
        Del::Verksamhet(id) => format!("verksamhet:{id}"),
        Del::Alla(slag) => slag.code().to_owned(),
        // no view is of the rows of a kind of one verksamhet
        Del::Grupp(..) | Del::Netto => "netto".to_owned(),
    }
}

/// The line of such a text, where the account has it.
fn del_of(content: &Content, text: &str) -> Option<Del> {
    if let Some(id) = text.strip_prefix("rad:") {
        let id: RadId = id.parse().ok()?;
        return content.rad(id).map(|_| Del::Rad(id));
    }
    if let Some(id) = text.strip_prefix("verksamhet:") {
        let id: VerksamhetId = id.parse().ok()?;
        return content.verksamheter.iter().any(|v| v.id == id).then_some(Del::Verksamhet(id));
    }
    match Radslag::from_code(text)? {
        Radslag::Netto => Some(Del::Netto),
        slag => Some(Del::Alla(slag)),
    }
}

/// The lines that can be looked at by themselves: code and name.
fn delar(content: &Content) -> Vec<(String, String)> {
    let mut out = vec![(del_code(Del::Netto), "Netto för allt".to_owned())];
    let has = |slag| content.rader().any(|(_, rad)| rad.slag == slag);
    for slag in [Radslag::Intakt, Radslag::Kostnad].into_iter().filter(|slag| has(*slag)) {
        out.push((del_code(Del::Alla(slag)), format!("Alla {}", slag.rubrik().to_lowercase())));
    }
    for v in &content.verksamheter {
        out.push((del_code(Del::Verksamhet(v.id)), format!("Netto för {}", v.namn)));
        let rows = v.rader.iter().filter(|rad| rad.slag != Radslag::Netto);
        out.extend(rows.map(|rad| (del_code(Del::Rad(rad.id)), format!("{}, {}", rad.namn, v.namn))));
    }
    out
}

/// `Jan`, `Tertial 1`, `Helår`: a time as it stands among the others.
pub fn short(tid: Tid) -> String {
    match tid {
        Tid::Manad(month) => format::capitalised(format::month_short(month)),
        Tid::T1 | Tid::T2 | Tid::Bokslut => format::capitalised(tid.label()),
    }
}

/// The choices over the table.
pub fn val(plan: PlanId, content: &Content, val: Val) -> impl IntoView + use<> {
    let views = Vy::ALL.map(|vy| {
        let href = Val { vy, ..val }.href(plan);
        view! { <a href=href aria-current=(vy == val.vy).then_some("true")>{vy.label()}</a> }
    });
    let times = (val.vy == Vy::Konto).then(|| {
        let link = |tid: Tid| {
            let href = Val { tid, ..val }.href(plan);
            let label = format::capitalised(tid.label());
            view! {
                <a href=href aria-label=label aria-current=(tid == val.tid).then_some("true")>{short(tid)}</a>
            }
        };
        let reports = Tid::all().filter(|tid| tid.is_report()).map(link).collect_view();
        let months = Tid::all().filter(|tid| !tid.is_report()).map(link).collect_view();
        view! {
            <nav class="segmented small" aria-label="Tertial och år">{reports}</nav>
            <nav class="segmented small" aria-label="Månad">{months}</nav>
        }
    });
    let lines = matches!(val.vy, Vy::Manader | Vy::Prognoser).then(|| line(plan, content, val));
    view! {
        <div class="konto-val no-print">
            <nav class="segmented" aria-label="Vad som visas">{views.collect_view()}</nav>
            {times} {lines}
        </div>
    }
}

/// Which line is shown: works before the script has come, too.
fn line(plan: PlanId, content: &Content, val: Val) -> impl IntoView + use<> {
    let now = del_code(val.del);
    let options = delar(content).into_iter().map(|(code, name)| {
        let selected = code == now;
        view! { <option value=code selected=selected>{name}</option> }
    });
    let options = options.collect_view();
    view! {
        <form class="cluster" method="get" action=path(plan)>
            <Hidden name="vy" value=val.vy.code()/>
            <label for="konto-del">"Rad eller summa"</label>
            <select id="konto-del" name="del" data-submit="">{options}</select>
            <noscript><button class="button secondary small">"Visa"</button></noscript>
        </form>
    }
}

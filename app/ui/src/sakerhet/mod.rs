//! Säkerhet: `/admin/sakerhet`, for those who look after the whole installation: what has happened around accounts and
//! secrets, what waits for a second administrator, and the settings of both. No content of any case.

use chrono::{Days, NaiveDate};
use domain::{
    id::PersonId,
    permission::Action,
    sakerhet::{Handelse, MANADER, Slag},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use store::{
    Target,
    sakerhet::{self, EXPORT, PAGE, Urval, bekraftelse},
};

use crate::{
    admin::AdminTabs,
    components::{
        DateFilter, Empty, ErrorSummary, FormState, Hidden, PageHead, SelectField, filter_day, load, whole_period,
    },
    ctx::Ctx,
    error::AppError,
    moment::{stamp, utc},
    place::join,
};

pub mod api;
mod notiser;
mod pending;

use api::{SetSakerhetManader, SetTwoAdmins};
pub use notiser::Notiser;
use pending::Vantande;

/// The path of the page.
pub const PATH: &str = "/admin/sakerhet";

/// What the URL asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fraga {
    slag: String,
    person: String,
    fran: String,
    till: String,
    sida: i64,
}

impl Fraga {
    fn of(query: &[(String, String)]) -> Self {
        let get = |key: &str| query.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.trim()).to_owned();
        let sida = get("sida").parse().unwrap_or(1_i64).clamp(1, 10_000);
        Self { slag: get("slag"), person: get("person"), fran: get("fran"), till: get("till"), sida }
    }

    fn urval(&self, today: NaiveDate) -> Urval {
        // the field says what is wrong, and a workbook is refused
        let read = |text| filter_day(text, today).ok().flatten();
        let start = |day: NaiveDate| utc(day.and_time(chrono::NaiveTime::MIN));
        Urval {
            slag: Slag::from_code(&self.slag),
            person: self.person.parse::<PersonId>().ok(),
            from: read(&self.fran).map(start),
            // the last day is among those that are shown
            until: read(&self.till).and_then(|d| d.checked_add_days(Days::new(1))).map(start),
        }
    }

    fn pairs(&self, sida: i64) -> Vec<(String, String)> {
        let sida = if sida > 1 { sida.to_string() } else { String::new() };
        [("slag", &self.slag), ("person", &self.person), ("fran", &self.fran), ("till", &self.till), ("sida", &sida)]
            .into_iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(k, v)| (k.to_owned(), v.clone()))
            .collect()
    }
}

/// The rows of a workbook, as the URL asks for them, and whether there are more. `Forbidden` for others than those who may read the page;
/// days that cannot be read are refused.
pub async fn export(ctx: &Ctx, query: &[(String, String)]) -> Result<(Vec<Handelse>, bool), AppError> {
    let mut tx = ctx.read(Target::Installation, Action::Edit).await?;
    let fraga = Fraga::of(query);
    whole_period((&fraga.fran, &fraga.till), ctx.today)?;
    Ok(sakerhet::list(&mut tx, &fraga.urval(ctx.today), 0, EXPORT).await?)
}

/// The id of the form that chooses what is shown: the button that takes it out stands outside of it.
const FILTER: &str = "handelser";

/// `/admin/sakerhet?slag=…&person=…&fran=…&till=…&sida=…`
#[component]
pub fn SakerhetPage() -> impl IntoView {
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(k, v)| (k.into_owned(), v)).collect();
    let fraga = Fraga::of(&query);
    load(async move {
        let ctx = Ctx::current()?;
        let mut tx = ctx.read(Target::Installation, Action::Edit).await?;
        let (rows, more) = sakerhet::list(&mut tx, &fraga.urval(ctx.today), (fraga.sida - 1) * PAGE, PAGE).await?;
        let persons: Vec<(String, String)> =
            store::person::list(&mut tx).await?.into_iter().map(|p| (p.id.to_string(), p.name)).collect();
        let (on, months) = (bekraftelse::is_on(&mut tx).await?, sakerhet::months(&mut tx).await?);
        drop(tx);
        let file = join(&format!("{PATH}/export.xlsx"), &fraga.pairs(1));
        Ok(view! {
            <PageHead title="Säkerhet" sub="Vad som hänt kring konton, roller och det som är hemligt">
                <button class="button secondary" type="submit" form=FILTER formmethod="post" formaction=file>"Till Excel"</button>
            </PageHead>
            <AdminTabs current=PATH/>
            <div class="stack loose">
                <Vantande/>
                <Filter fraga=fraga.clone() persons today=ctx.today/>
                {table(rows)}
                <Sidor fraga more/>
                <TwoAdmins on/>
                <Months months/>
            </div>
        })
    })
}

#[component]
fn Filter(fraga: Fraga, persons: Vec<(String, String)>, today: NaiveDate) -> impl IntoView {
    let options = |chosen: &str, all: Vec<(String, String)>| {
        all.into_iter()
            .map(|(value, label)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{label}</option> }
            })
            .collect_view()
    };
    let slag = Slag::ALL.into_iter().map(|s| (s.code().to_owned(), s.label().to_owned())).collect();
    view! {
        <form class="filter-bar" id=FILTER method="get" action=PATH role="search">
            <div class="field">
                <label for="slag">"Händelse"</label>
                <select id="slag" name="slag"><option value="">"Alla"</option>{options(&fraga.slag, slag)}</select>
            </div>
            <div class="field">
                <label for="person">"Person"</label>
                <select id="person" name="person"><option value="">"Alla"</option>{options(&fraga.person, persons)}</select>
            </div>
            <DateFilter name="fran" label="Från och med" value=fraga.fran today/>
            <DateFilter name="till" label="Till och med" value=fraga.till today/>
            <button class="button secondary" type="submit">"Visa"</button>
            <a class="button quiet" href=PATH>"Rensa"</a>
        </form>
    }
}

fn table(rows: Vec<Handelse>) -> AnyView {
    if rows.is_empty() {
        return view! {
            <Empty title="Inget har hänt" text="Inget stämmer med det du har valt.">
                <p><a class="button secondary" href=PATH>"Visa allt"</a></p>
            </Empty>
        }
        .into_any();
    }
    let rows = rows
        .into_iter()
        .map(|h| {
            let times = (h.times > 1).then(|| format!(" {} gånger", h.times));
            view! {
                <tr>
                    <td class="nowrap">{stamp(h.at)}</td>
                    <th scope="row">{h.slag.label()}{times}</th>
                    <td>{whose(&h)}</td>
                    <td>{h.actor}</td>
                    <td>{h.detail}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Händelser">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"När"</th>
                        <th scope="col">"Händelse"</th>
                        <th scope="col">"Konto"</th>
                        <th scope="col">"Gjort av"</th>
                        <th scope="col">"Vad"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Whose account it is about, as far as it is known.
#[must_use]
pub fn whose(h: &Handelse) -> String {
    match h.okant.as_str() {
        "" => h.person.clone(),
        "flera" => "Flera okända konton".to_owned(),
        hash => format!("Okänt konto {hash}"),
    }
}

#[component]
fn Sidor(fraga: Fraga, more: bool) -> impl IntoView {
    let link = |sida: i64, label: &'static str| {
        let href = join(PATH, &fraga.pairs(sida));
        view! { <li><a href=href>{label}</a></li> }
    };
    (more || fraga.sida > 1).then(|| {
        view! {
            <nav class="pagination" aria-label="Sidor">
                <p class="range">{format!("Sida {}", fraga.sida)}</p>
                <ul>
                    {(fraga.sida > 1).then(|| link(fraga.sida - 1, "Nyare"))}
                    {more.then(|| link(fraga.sida + 1, "Äldre"))}
                </ul>
            </nav>
        }
    })
}

#[component]
fn TwoAdmins(on: bool) -> impl IntoView {
    let state = FormState::of(SetTwoAdmins::PATH, None);
    let (text, button) = if on {
        (
            "På. Roller som chef, lex Sarah-utredare och administratör, och roller som en administratör ger sig själv, börjar \
             gälla när en annan administratör har bekräftat dem. Den första chefen för en enhet väntar aldrig. Att ta bort \
             kravet behöver också bekräftas.",
            "Be om att ta bort kravet",
        )
    } else {
        (
            "Av. Slå på, så börjar roller som chef, lex Sarah-utredare och administratör, och roller som en administratör ger \
             sig själv, gälla först när en annan administratör har bekräftat dem. Den första chefen för en enhet väntar \
             aldrig.",
            "Kräv två administratörer",
        )
    };
    view! {
        <section class="card">
            <div class="card-head"><h2>"Två administratörer"</h2></div>
            <div class="card-body">
                <ErrorSummary state/>
                <p>{text}</p>
                <form method="post" action=SetTwoAdmins::PATH>
                    <Hidden name="on" value=(!on).to_string()/>
                    <button class="button secondary" type="submit">{button}</button>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Months(months: i64) -> impl IntoView {
    let state = FormState::of(SetSakerhetManader::PATH, None);
    let options = MANADER.into_iter().map(|n| (n.to_string(), format!("{n} månader"))).collect::<Vec<_>>();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Gallring"</h2>
                <p>"Händelser tas bort när de är äldre än så. Två år är vårt förslag, ingen lag säger hur länge."</p>
            </div>
            <div class="card-body">
                <form class="form" method="post" action=SetSakerhetManader::PATH>
                    <ErrorSummary state=state.clone()/>
                    <SelectField
                        state
                        name="manader"
                        label="Spara händelser i"
                        options
                        value=months.to_string()
                        required=true
                    />
                    <div class="cluster"><button class="button secondary" type="submit">"Spara"</button></div>
                </form>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_that_is_asked_for_is_shown_too() {
        let query = [("fran", "2026-11-20"), ("till", "2026-11-23"), ("slag", "nekad"), ("sida", "0")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()));
        let fraga = Fraga::of(&query);
        let urval = fraga.urval(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        assert_eq!(urval.slag, Some(Slag::Nekad));
        assert_eq!(urval.from.map(stamp).as_deref(), Some("2026-11-20 00.00"));
        assert_eq!(urval.until.map(stamp).as_deref(), Some("2026-11-24 00.00"));
        assert_eq!(join(PATH, &fraga.pairs(2)), "/admin/sakerhet?slag=nekad&fran=2026-11-20&till=2026-11-23&sida=2");
    }
}

//! Register: what waits for the person, then every case they may open, by filter and words; for others their own reports.

use chrono::{Datelike, NaiveDate};
use domain::{
    avvikelse::{
        Kategori, Kind, Orsak, State, Vantar,
        arende::{Arende, Egen},
        sok::{Sok, Term},
    },
    format,
    id::NodeId,
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Target,
    avvikelse::{self, frist, sok},
};

use crate::{
    components::{DateFilter, Empty, Newest, PageHead, filter_day, load, whole_period},
    ctx::Ctx,
    error::AppError,
    moment::latest,
    place::{Place, join},
    upphorda::UnitNotice,
};

const PATH: &str = "/avvikelser";
/// The most rows of a workbook.
const EXPORT: usize = 5_000;

/// What the URL asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urval {
    query: Vec<(String, String)>,
}

impl Urval {
    /// From the parameters of the URL.
    #[must_use]
    pub fn of(query: &[(String, String)]) -> Self {
        Self { query: query.iter().filter(|(_, v)| !v.trim().is_empty()).cloned().collect() }
    }

    fn get(&self, key: &str) -> &str {
        self.query.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.trim())
    }

    fn day(&self, key: &str, today: NaiveDate) -> Option<NaiveDate> {
        // the field says what is wrong, and a workbook is refused
        filter_day(self.get(key), today).ok().flatten()
    }

    /// What is searched for. A day without its year is the last one.
    #[must_use]
    pub fn sok(&self, today: NaiveDate) -> Sok {
        let terms = [
            Kind::from_code(self.get("typ")).map(Term::Kind),
            State::from_code(self.get("lage")).map(Term::State),
            Orsak::from_code(self.get("orsak")).map(Term::Orsak),
            Kategori::from_code(self.get("kategori")).map(Term::Kategori),
            Some(self.get("process")).filter(|p| !p.is_empty()).map(|p| Term::Process(p.to_owned())),
            Some(self.get("handelsetyp")).filter(|h| !h.is_empty()).map(|h| Term::Handelsetyp(h.to_owned())),
        ];
        let terms = terms.into_iter().flatten().map(|t| t.code()).collect();
        Sok { terms, from: self.day("fran", today), to: self.day("till", today), ..Sok::default() }
            .with_text(self.get("q"))
    }

    /// Whether anything but the unit is chosen.
    fn is_active(&self) -> bool {
        self.query.iter().any(|(k, _)| !matches!(k.as_str(), "enhet" | "fore" | "ar"))
    }
}

/// The cases of a workbook: everything that the person may open of what is searched for, at most five thousand, and whether that
/// is all. That it was taken out is written down for each case. Days that cannot be read are refused.
pub async fn export(ctx: &Ctx, query: &[(String, String)]) -> Result<(Vec<Arende>, bool), AppError> {
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Anywhere(Area::Avvikelse), Action::View).await?;
    let urval = Urval::of(query);
    whole_period((urval.get("fran"), urval.get("till")), ctx.today)?;
    let (nodes, sok) = (nodes(&actor, query), urval.sok(ctx.today));
    let mut cases: Vec<Arende> = Vec::new();
    let mut before = None;
    let all = loop {
        let (page, next) = sok::cases(&mut tx, &actor, &nodes, &sok, before).await?;
        cases.extend(page);
        before = next;
        if before.is_none() || cases.len() >= EXPORT {
            break before.is_none();
        }
    };
    let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
    avvikelse::taken_out(&mut tx, ctx.now, &actor, &ids).await?;
    tx.commit().await?;
    Ok((cases, all))
}

/// The units that are asked for, of those whose cases the person reads.
fn nodes(actor: &domain::person::Actor, query: &[(String, String)]) -> Vec<NodeId> {
    let handled = avvikelse::handled_units(actor);
    let asked: Option<NodeId> = query.iter().find(|(k, _)| k == "enhet").and_then(|(_, v)| v.parse().ok());
    match asked {
        Some(asked) => handled.into_iter().filter(|n| actor.tree.is_within(*n, asked)).collect(),
        None => handled,
    }
}

/// `/avvikelser`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, mut place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        if !place.asked {
            // the register is of all units until one is asked for
            place.query.retain(|(key, _)| key != "enhet");
        }
        let mut tx = ctx.read(Target::Anywhere(Area::Avvikelse), Action::View).await?;
        let nodes = nodes(&actor, &place.query);
        let handles = !avvikelse::handled_units(&actor).is_empty();
        let mine = place.get("visa") == Some("mina") || !handles;
        let own = if mine { avvikelse::own(&mut tx, &actor).await? } else { vec![] };
        let waiting = frist::list(&mut tx, &actor, &nodes).await?;
        let urval = Urval::of(&place.query);
        let before = place.get("fore").and_then(|f| f.parse().ok());
        let page = if mine {
            sok::Page::default()
        } else {
            sok::list(&mut tx, &actor, &nodes, &urval.sok(ctx.today), before).await?
        };
        let several = place.units.len() > 1;
        let n = waiting.len();
        let sub = match (handles, n) {
            (false, _) => place.unit_name.clone(),
            (true, 0) => "Inget väntar på dig".to_owned(),
            (true, 1) => "1 ärende väntar på dig".to_owned(),
            (true, n) => format!("{n} ärenden väntar på dig"),
        };
        let may_edit = actor.may(place.unit, Area::Avvikelse, Action::Edit);
        let tab = |href: &'static str, label: &'static str, on: bool| {
            view! { <a href=href aria-current=on.then_some("page")>{label}</a> }
        };
        let content = if mine {
            view! { <Own own/> }.into_any()
        } else {
            let waits = (n > 0 && before.is_none() && !urval.is_active()).then(|| {
                view! {
                    <section class="stack tight" aria-labelledby="vantar">
                        <div class="section-head"><h2 id="vantar">"Väntar på dig"</h2> <span class="count">{n}</span></div>
                        <div class="card"><ul class="rows">{waiting.iter().map(|v| waits(&ctx, v, several)).collect_view()}</ul></div>
                    </section>
                }
            });
            view! {
                <div class="stack loose">
                    {waits}
                    <section class="stack tight" aria-labelledby="alla">
                        <div class="section-head"><h2 id="alla">"Alla ärenden"</h2></div>
                        <Filters urval=urval.clone() place=place.clone() today=ctx.today/>
                        <Table page place=place.clone() several active=urval.is_active()/>
                    </section>
                </div>
            }
            .into_any()
        };
        let notice = view! { <UnitNotice place=place.clone() path="/avvikelser"/> };
        Ok(view! {
            <PageHead title="Avvikelser" sub>
                <a class="button secondary" href=place.link("/avvikelser/nytt-klagomal", ctx.today.year(), &[])>"Nytt klagomål"</a>
                <a class="button" href=place.link("/avvikelser/ny", ctx.today.year(), &[])>"Rapportera"</a>
            </PageHead>
            {notice}
            <nav class="tabs" aria-label="Flikar">
                {handles.then(|| tab(PATH, "Registret", !mine))}
                {tab("/avvikelser?visa=mina", "Mina rapporter", mine)}
                {tab("/avvikelser/statistik", "Statistik", false)}
                {may_edit.then(|| tab("/avvikelser/installningar", "Inställningar", false))}
            </nav>
            {content}
        })
    })
}

/// A case that waits for the person, with a first line of what happened: those who handle it may read it, and the rows stand on
/// this page alone.
fn waits(ctx: &Ctx, v: &Vantar, several: bool) -> AnyView {
    let a = &v.arende;
    let late = v.is_late(ctx.now, ctx.today).then(|| view! { <span class="badge late">"försenat"</span> " " });
    let when = v.by_when(ctx.now, ctx.today, latest);
    let meta = if several { format!("{when} · {}", a.node_name) } else { when };
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=format!("/avvikelser/{}", a.id)>{v.what()}</a>
                <p class="row-meta">{late} {meta}</p>
                <p class="row-meta">{cut(a.innehall.what(), 90)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The own reports and what came of them.
#[component]
fn Own(own: Vec<Egen>) -> impl IntoView {
    if own.is_empty() {
        return view! {
            <Empty
                title="Du har inte rapporterat något"
                text="Rapportera när något inte följde rutinen eller gick fel. Det tar två minuter, och du ser här vad som händer."
            >
                <p><a class="button" href="/avvikelser/ny">"Rapportera"</a></p>
            </Empty>
        }
        .into_any();
    }
    let shown = own.len();
    let rows = own
        .into_iter()
        .map(|e| {
            let told = if e.outcome.is_empty() { e.state.to_reporter().to_owned() } else { e.outcome.clone() };
            // two reports can be of the same words
            let title = cut(e.innehall.what(), 90);
            let name = format!("{title}, {}, {}", e.reference, format::date(e.inkommen));
            view! {
                <li class="row">
                    <div class="row-text">
                        <a class="row-title" href=format!("/avvikelser/{}", e.id) aria-label=name>{title}</a>
                        <p class="row-meta">{format!("{} · {} · {}", e.reference, format::date(e.inkommen), e.state.label())}</p>
                        <p class="row-meta">{cut(&told, 140)}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="card"><ul class="rows">{rows}</ul></div>
        <Newest asked=shown most=avvikelse::OWN_MOST what="rapporterna"/>
    }
    .into_any()
}

/// The beginning of a text, to a whole word.
fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    // one more than there is room for: a space there means that the last word is whole
    let short: String = line.chars().take(most + 1).collect();
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words);
    format!("{whole} …")
}

#[component]
fn Filters(urval: Urval, place: Place, today: NaiveDate) -> impl IntoView {
    let select =
        |name: &'static str, label: &'static str, all: &'static str, words: Vec<(&'static str, &'static str)>| {
            let chosen = urval.get(name).to_owned();
            let options = words
                .into_iter()
                .map(|(code, label)| view! { <option value=code selected=chosen == code>{label}</option> })
                .collect_view();
            view! {
                <div class="field short">
                    <label for=name>{label}</label>
                    <select id=name name=name><option value="">{all}</option>{options}</select>
                </div>
            }
        };
    let line = |name: &'static str, label: &'static str| {
        let value = urval.get(name).to_owned();
        view! {
            <div class="field short"><label for=name>{label}</label><input id=name name=name type="text" value=value/></div>
        }
    };
    let more = ["orsak", "kategori", "process", "handelsetyp", "fran", "till"].iter().any(|k| !urval.get(k).is_empty());
    let units = (place.units.len() > 1).then(|| {
        let chosen = urval.get("enhet").to_owned();
        let options = place
            .units
            .iter()
            .map(|(id, name)| {
                let id = id.to_string();
                let selected = id == chosen;
                view! { <option value=id selected=selected>{name.clone()}</option> }
            })
            .collect_view();
        view! {
            <div class="field short">
                <label for="enhet">"Enhet"</label>
                <select id="enhet" name="enhet"><option value="">"Alla"</option>{options}</select>
            </div>
        }
    });
    let searched = urval.get("q").to_owned();
    let export = join("/avvikelser/export.xlsx", &urval.query);
    view! {
        <form class="filter-form" method="get" action=PATH role="search">
            <div class="inline-fields">
                <div class="field">
                    <label for="q">"Sök"</label>
                    <input id="q" name="q" type="search" value=searched placeholder="Ord, 2026-014 eller R-7F3A9C"/>
                </div>
                {select("typ", "Typ", "Alla typer", Kind::ALL.map(|k| (k.code(), k.label())).to_vec())}
                {select("lage", "Läge", "Alla lägen", State::ALL.map(|s| (s.code(), s.label())).to_vec())}
                {units}
            </div>
            <details class="more-fields" open=more>
                <summary>"Fler urval"</summary>
                <div class="inline-fields">
                    {select("orsak", "Orsak", "Alla", Orsak::ALL.map(|o| (o.code(), o.label())).to_vec())}
                    {select("kategori", "Kategori", "Alla", Kategori::ALL.map(|k| (k.code(), k.label())).to_vec())}
                    {line("process", "Process")} {line("handelsetyp", "Händelsetyp")}
                    <DateFilter name="fran" label="Från och med" value=urval.get("fran").to_owned() today/>
                    <DateFilter name="till" label="Till och med" value=urval.get("till").to_owned() today/>
                </div>
            </details>
            <p class="cluster">
                <button class="button secondary">"Visa"</button>
                <a class="button quiet" href=PATH>"Rensa"</a>
                // what is taken out is written down: it needs a button, which no other site can press
                <button class="button quiet" formmethod="post" formaction=export>"Till Excel"</button>
            </p>
        </form>
    }
}

#[component]
fn Table(page: sok::Page, place: Place, several: bool, active: bool) -> impl IntoView {
    if page.rows.is_empty() {
        let (title, text) = if active {
            ("Inget stämmer med urvalet", "Ta bort ett ord eller ett filter.")
        } else {
            ("Inga ärenden än", "När någon rapporterar syns det här.")
        };
        let whole = active.then(|| view! { <p><a class="button secondary" href=PATH>"Visa alla ärenden"</a></p> });
        return view! { <Empty title text>{whole}</Empty> }.into_any();
    }
    let rows = page
        .rows
        .into_iter()
        .map(|r| {
            let kinds = if r.positive {
                "Beröm".to_owned()
            } else {
                r.kinds.iter().map(Kind::label).collect::<Vec<_>>().join(", ")
            };
            let waits = r.awaits_lex_sarah.then(|| view! { " " <span class="badge warn">"väntar på lex Sarah"</span> });
            view! {
                <tr>
                    <td class="nowrap">{r.number.clone()}</td>
                    <th scope="row"><a href=format!("/avvikelser/{}", r.id)>{cut(&r.what, 90)}</a> {waits}</th>
                    <td>{kinds}</td>
                    <td>{r.state.label()}</td>
                    <td class="nowrap">{format::date(r.inkommen)}</td>
                    {several.then(|| view! { <td>{r.node_name.clone()}</td> })}
                </tr>
            }
        })
        .collect_view();
    let next = page.next.map(|n| {
        let href = place.with(PATH, &[("fore", &n.to_string())]);
        view! { <a href=href rel="next">"Äldre ärenden"</a> }
    });
    let first = place.get("fore").map(|_| view! { <a href=place.with(PATH, &[("fore", "")])>"De senaste"</a> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Ärenden">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Nummer"</th>
                        <th scope="col">"Vad"</th>
                        <th scope="col">"Typ"</th>
                        <th scope="col">"Läge"</th>
                        <th scope="col">"Kom in"</th>
                        {several.then(|| view! { <th scope="col">"Enhet"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <nav class="pagination" aria-label="Sidor">{first} {next}</nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_address_asks_for_is_searched_for_and_what_is_not_known_is_passed_over() {
        let query =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
        let urval = Urval::of(&query(&[("typ", "pui"), ("lage", "kung"), ("q", "fel kuvert"), ("fran", "2026-01-01")]));
        let sok = urval.sok(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        assert_eq!((sok.terms, sok.words), (vec!["#typ:pui".to_owned()], vec!["fel".to_owned(), "kuvert".to_owned()]));
        assert_eq!(sok.from, NaiveDate::from_ymd_opt(2026, 1, 1));
        assert!(!Urval::of(&query(&[("enhet", "x"), ("q", " ")])).is_active());
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(cut("Återansökan låg i fel\ntjänst", 21), "Återansökan låg i fel …");
        assert_eq!(cut("Kort", 21), "Kort");
    }
}

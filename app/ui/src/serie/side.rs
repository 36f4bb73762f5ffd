//! Beside the picture: figures that were corrected, how it stands to its goals, and how it is reckoned.

use chrono::NaiveDate;
use domain::{
    format,
    period::Grain,
    person::Actor,
    siffror::{
        fynd::{Fynd, MalLage},
        jamstalldhet::analys::Analys,
        rutnat::skriven,
        serie::{Content, Riktning},
        siffra::{Siffra, Ursprung},
        slag::{Mark, Sammanlagd, Slag},
    },
};
use leptos::prelude::*;

use super::{data::Data, jamstalldhet};

/// So many corrections are listed; the rest is counted.
const SHOWN: usize = 5;

/// Each earlier value with the one that replaced it.
pub type Revisioner = Vec<(Siffra, Siffra)>;

/// Those that somebody may see: of parts only where nothing of their time is hidden from them.
pub fn seen(data: &Data, mut all: Revisioner) -> Revisioner {
    if !data.ser_allt && data.serie.content.skyddas && !data.dimensioner.is_empty() {
        // an earlier value of a part was perhaps a small one: only totals are shown
        all.retain(|(_, new)| {
            new.plats.0.iter().all(Option::is_none) && !data.visat.dolda.totaler.contains(&new.period)
        });
    }
    all
}

/// The figures that were corrected, the newest first.
pub fn corrected(data: &Data, all: &[(Siffra, Siffra)]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let content = &data.serie.content;
    let more = all.len().saturating_sub(SHOWN);
    let rows = all.iter().take(SHOWN).map(|(old, new)| {
        let place = place_words(data, new);
        let from = said(content, old);
        let to = said(content, new);
        let came = if new.ursprung == Ursprung::Kontroll { "Ändringen kom från en kontroll. " } else { "" };
        let seen = format!("{came}Det tidigare värdet skrevs {}.", format::date(old.sedd));
        view! {
            <li>
                <strong>{format!("{}{place}", new.period.label())}</strong>
                <p>
                    {from} " " <span aria-hidden="true">"→"</span> <span class="visually-hidden">"ändrades till"</span>
                    " " <strong>{to}</strong>
                </p>
                <p class="row-meta">{seen}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="stack tight">
                <h2>"Rättade siffror"</h2>
                <ul class="serie-corrected">{rows}</ul>
                {(more > 0).then(|| view! { <p class="row-meta">{format!("och {more} till")}</p> })}
            </section>
        }
        .into_any(),
    )
}

/// `316 prel.`, `328`, `–`.
fn said(content: &Content, siffra: &Siffra) -> String {
    match siffra.varde {
        Some(v) if v.share.is_none() => {
            let after = if v.mark == Mark::Preliminar { " prel." } else { "" };
            let before = if v.mark == Mark::Ungefarlig { "ca " } else { "" };
            format!("{before}{}{after}", content.shown(v.tal))
        }
        Some(v) => skriven(content, Some(&v), ""),
        None => "–".to_owned(),
    }
}

/// `, Ensamstående kvinnor`: where among the dimensions; nothing of a total.
fn place_words(data: &Data, siffra: &Siffra) -> String {
    let names = data.dimensioner.iter().zip(&siffra.plats.0);
    let names = names.filter_map(|(dim, id)| dim.get((*id)?)).map(|v| format!(", {}", v.namn));
    names.collect()
}

/// How the last value stands to the goals.
pub fn goals(content: &Content, fynd: &Fynd) -> Option<AnyView> {
    if content.mal.is_empty() {
        return None;
    }
    let rows = content.mal.iter().enumerate().map(|(i, mal)| {
        let of = if mal.namn.is_empty() { String::new() } else { format!("{}: ", mal.namn) };
        let lage = fynd.mal.get(i).map(|lage| goal_mark(lage, None));
        let said = if of.is_empty() { format::capitalised(&mal.said(content)) } else { mal.said(content) };
        view! { <li><p>{of} {format!("{said}.")}</p> {lage}</li> }
    });
    let rows = rows.collect_view();
    Some(view! { <section class="stack tight"><h2>"Mål"</h2> <ul class="serie-goals">{rows}</ul></section> }.into_any())
}

/// The jämställdhetsanalyser that are about it.
pub fn analyser(actor: &Actor, about: &[Analys]) -> Option<AnyView> {
    if about.is_empty() {
        return None;
    }
    let rows = about.iter().map(|a| {
        let content = &a.skriven.content;
        let shown = jamstalldhet::shown_to(actor, a);
        view! {
            <li>
                <a href=format!("{}/{}", jamstalldhet::PATH, a.id)>{content.rubrik(shown)}</a>
                <p class="row-meta">{format!("{} · {}", format::date(a.skriven.on), content.bedomd())}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! { <section class="stack tight"><h2>"Jämställdhetsanalyser"</h2> <ul class="serie-goals">{rows}</ul></section> }
            .into_any(),
    )
}

/// A disc or a triangle, and the word; with what is aimed at where it does not stand beside it.
pub fn goal_mark(lage: &MalLage, of: Option<&Content>) -> AnyView {
    let class = if lage.nas { "goal-mark reached" } else { "goal-mark missed" };
    let said = of.map_or_else(|| lage.said.clone(), |content| lage.with_goal(content));
    view! { <p class=class>{said}</p> }.into_any()
}

/// How months make the year, as it stands beside the picture.
pub fn way(content: &Content) -> String {
    let slag = content.slag.label();
    if content.grain == Grain::Ar {
        return format!("{slag}, ett värde om året");
    }
    let of = match content.grain {
        Grain::Manad => "månaderna",
        Grain::Vecka => "veckorna",
        Grain::Kvartal => "kvartalen",
        Grain::Tertial => "tertialen",
        Grain::Halvar => "halvåren",
        Grain::Ar => "åren",
    };
    if content.grain == Grain::Vecka {
        return format!("{slag}: veckor läggs inte ihop till år");
    }
    match content.sammanlagd {
        Some(Sammanlagd::Medel) => format!("{slag}: årets siffra är medel av {of}, aldrig en summa"),
        Some(Sammanlagd::Sista) => format!("{slag}: årets siffra är årets sista värde"),
        Some(Sammanlagd::Summa) => format!("{slag}: årets siffra är summan av {of}"),
        Some(Sammanlagd::Andel) => format!("{slag}: årets siffra är alla täljare genom alla nämnare"),
        None => format!("{slag}: årets siffra kan inte räknas ur {of}"),
    }
}

/// How it is reckoned: what is counted, when the source has it, and where from; `made` says it of a series that is made of others.
pub fn reckoned(content: &Content, closed: Option<NaiveDate>, made: Option<AnyView>) -> AnyView {
    let own = content.harledd.is_none();
    let lag = match content.efterslapning {
        0 => format!("Värdet finns när {} är slut.", content.grain.the()),
        1 => "En månads eftersläpning.".to_owned(),
        n => format!("{n} månaders eftersläpning."),
    };
    let source = if content.kalla.is_empty() {
        "Ingen källa är skriven.".to_owned()
    } else {
        format!("Källa: {}.", content.kalla.trim_end_matches('.'))
    };
    let direction = (content.riktning != Riktning::Ingen).then(|| format!("{}.", content.riktning.label()));
    let protects = (content.skyddas && !content.dimensioner.is_empty()).then(|| {
        "Uppdelade värden under 5, och de som skulle avslöja dem, visas bara för den som fyller på serien.".to_owned()
    });
    let sums = (!content.dimensioner.is_empty() && matches!(content.slag, Slag::Bestand | Slag::Flode | Slag::Belopp))
        .then(|| "Totalen är summan av delarna där den inte är skriven.".to_owned());
    let closed = closed.map(|day| format!("Serien avslutades {}.", format::date(day)));
    let sentences: Vec<String> = [
        Some(lag).filter(|_| own),
        Some(source).filter(|_| own || !content.kalla.is_empty()),
        direction,
        sums,
        protects,
        closed,
    ]
    .into_iter()
    .flatten()
    .collect();
    let raknas = (!content.raknas.is_empty()).then(|| view! { <p class="prewrap">{content.raknas.clone()}</p> });
    let brott = content.brott.iter().map(|b| {
        let better = if b.rapportering { ". En ökning efter det kan komma av bättre rapportering" } else { "" };
        view! { <li>{format!("Brott {}: {}{better}.", format::date(b.fran), b.varfor)}</li> }
    });
    let brott = (!content.brott.is_empty()).then(|| view! { <ul class="serie-breaks">{brott.collect_view()}</ul> });
    view! {
        <section class="stack tight">
            <h2>"Så räknas det"</h2>
            {made}
            {raknas}
            <p>{sentences.join(" ")}</p>
            {brott}
        </section>
    }
    .into_any()
}

//! Series that are reckoned from others: read of what somebody is shown of their parts, so that nothing hidden is known through them, and
//! said in a sentence with links to those.

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    sync::Arc,
};

use domain::{
    field::FieldError,
    period::Period,
    person::Actor,
    siffror::{
        dimension::Dimension,
        harledd::{Del, Harledd, INGA_VARDEN, Led, Rakning, Tidsserie, VAGER_LIKA, brott, raknad},
        serie::{Content, Form, Serie, SerieId},
        siffra::Plats,
        visad::Dolda,
        visning::{Visat, Visning},
    },
};
use leptos::prelude::*;
use store::{Tx, serie};

use super::data::{self, Data};
use crate::{
    components::{FormState, PageHead, SelectField, TextField},
    error::AppError,
};

/// A part of what is reckoned, as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ur {
    /// Its series.
    pub id: SerieId,
    /// `Hushåll`, `Hushåll efter hushållstyp: Par med barn`.
    pub namn: String,
}

/// Reads a series that is reckoned for somebody, or, with `for_all`, for where everybody sees it. Of many see [`super::flera`].
pub(super) async fn read(tx: &mut Tx, actor: &Actor, found: Serie, for_all: bool) -> Result<Data, AppError> {
    let leds: Vec<Led> = found.content.harledd.iter().flat_map(Harledd::parts).collect();
    let mut read: HashMap<SerieId, Data> = HashMap::new();
    for led in &leds {
        // two values of one series are read once
        if let Entry::Vacant(free) = read.entry(led.serie) {
            let part = serie::get(tx, led.serie).await?;
            free.insert(data::own(tx, actor, part, for_all).await?);
        }
    }
    let parts: Vec<(Led, &Data)> = leds.iter().filter_map(|led| Some((*led, read.get(&led.serie)?))).collect();
    Ok(reckoned(actor, found, &parts))
}

/// A series that is reckoned, of what is shown of its parts.
pub(super) fn reckoned(actor: &Actor, found: Serie, parts: &[(Led, &Data)]) -> Data {
    let contents: Vec<&Content> = parts.iter().map(|(_, data)| &data.serie.content).collect();
    let mut content = Content {
        brott: brott(&found.content, &contents),
        // it is there when its parts are
        efterslapning: contents.iter().map(|part| part.efterslapning).max().unwrap_or_default(),
        ..found.content.clone()
    };
    let dels: Vec<Del<'_>> = parts.iter().map(|(led, data)| part(*led, data)).collect();
    // the second must not pass for the first
    let is_whole = found.content.harledd.is_some_and(|h| h.parts().count() == dels.len());
    let made = dels.first().filter(|_| is_whole).map(|a| raknad(&content, a, dels.get(1))).unwrap_or_default();
    if made.lika {
        // it stands where the other things that are not sure are said
        let own = content.kvalitet.trim_end();
        let between = if own.is_empty() {
            ""
        } else if own.ends_with(['.', '?', ')']) {
            " "
        } else {
            ". "
        };
        content.kvalitet = format!("{own}{between}{VAGER_LIKA}");
    }
    let dolda_platser = made.dolda.iter().map(|period| (*period, Plats::default())).collect();
    let visat = Visat {
        totaler: made.values,
        dolda: Dolda { totaler: made.dolda, ..Dolda::default() },
        dolda_platser,
        ..Visat::default()
    };
    let visning = Arc::new(Visning { visat, ..Visning::default() });
    let ur = parts.iter().map(|(led, data)| Ur { id: led.serie, namn: part_name(*led, data) }).collect();
    let ser_allt = parts.iter().all(|(_, data)| data.ser_allt);
    let serie = Serie { content, ..found };
    let may_edit = data::may_edit(actor, &serie);
    Data { serie, visning, ser_allt, may_edit, may_fill: false, ur }
}

/// What is shown of a part.
fn part(led: Led, data: &Data) -> Del<'_> {
    static NOTHING: Tidsserie = Tidsserie::new();
    let content = &data.serie.content;
    let Some(id) = led.varde else {
        return Del { content, values: &data.visat.totaler, dolda: data.visat.dolda.totaler.clone() };
    };
    let of = data.visat.uppdelat.first().and_then(|of| of.delar.iter().find(|(other, _)| *other == id));
    let hidden = data.visat.dolda.summor.iter().filter(|(at, other, _)| (*at, *other) == (0, id));
    let dolda: BTreeSet<Period> = hidden.map(|(.., period)| *period).collect();
    Del { content, values: of.map_or(&NOTHING, |(_, values)| values), dolda }
}

fn part_name(led: Led, data: &Data) -> String {
    let namn = &data.serie.content.namn;
    let varde = led.varde.and_then(|id| data.dimensioner.first()?.get(id));
    varde.map_or_else(|| namn.clone(), |varde| format!("{namn}: {}", varde.namn))
}

/// Refuses what would write values into a series that has none of its own.
pub fn refuse(content: &Content) -> Result<(), AppError> {
    match content.harledd {
        None => Ok(()),
        Some(_) => Err(AppError::Invalid(vec![FieldError { field: String::new(), message: INGA_VARDEN.to_owned() }])),
    }
}

/// What stands where values of a series would be written, of one that has none of its own.
pub fn no_values(serie: &Serie, title: &'static str) -> AnyView {
    let (to, namn) = (format!("/siffror/{}", serie.id), serie.content.namn.clone());
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href="/siffror">"Siffror"</a></li>
                <li><a href=to>{namn.clone()}</a></li>
                <li aria-current="page">{title}</li>
            </ol>
        </nav>
        <PageHead title=title sub=namn/>
        <p class="notice info">{INGA_VARDEN}</p>
    }
    .into_any()
}

/// `Utbetalt bistånd delat med Hushåll. Räknas ut när serien visas.`, with links to its parts; nothing of one that has values of its own.
pub fn sentence(data: &Data) -> Option<AnyView> {
    let harledd = data.serie.content.harledd?;
    let mut parts = data.ur.iter().map(|ur| {
        let (href, namn) = (format!("/siffror/{}", ur.id), ur.namn.clone());
        view! { <a href=href>{namn}</a> }
    });
    let (a, b) = (parts.next(), parts.next());
    let between = b.is_some().then(|| format!(" {} ", harledd.between()));
    let after = format!("{}. Räknas ut när serien visas.", harledd.after());
    Some(view! { <p>{a} {between} {b} {after}</p> }.into_any())
}

/// The same in words alone, for a workbook.
#[must_use]
pub fn words(data: &Data) -> String {
    let names: Vec<String> = data.ur.iter().map(|ur| ur.namn.clone()).collect();
    let said = data.serie.content.harledd.map(|h| format!("{}. Räknas ut när serien visas.", h.said(&names)));
    said.unwrap_or_default()
}

/// Which series are reckoned from this one, on its page.
pub fn uses(all: &[Serie]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let rows = all.iter().map(|serie| {
        view! { <li><a href=format!("/siffror/{}", serie.id)>{serie.content.namn.clone()}</a></li> }
    });
    let rows = rows.collect_view();
    let section = view! {
        <section class="stack tight">
            <h2>"Används i"</h2>
            <p class="row-meta">"Serier som räknas ut ur den här."</p>
            <ul class="serie-uses">{rows}</ul>
        </section>
    };
    Some(section.into_any())
}

/// What a series can be reckoned from: the others of its unit that have values of their own, each as a whole and by each value of its
/// first dimension; nothing first.
#[must_use]
pub fn choices(all: &[Serie], dimensioner: &[Dimension], own: Option<SerieId>) -> Vec<(String, String)> {
    let mut out = vec![(String::new(), "Ingen".to_owned())];
    for serie in all.iter().filter(|s| s.content.harledd.is_none() && Some(s.id) != own) {
        let namn = &serie.content.namn;
        let first = serie.content.dimensioner.first().and_then(|id| dimensioner.iter().find(|d| d.id == *id));
        let whole = if first.is_some() { format!("{namn}, totalt") } else { namn.clone() };
        out.push((Led { serie: serie.id, varde: None }.code(), whole));
        for varde in first.iter().flat_map(|d| &d.values) {
            let led = Led { serie: serie.id, varde: Some(varde.id) };
            out.push((led.code(), format!("{namn}: {}", varde.namn)));
        }
    }
    out
}

/// The part of the form where a series is reckoned from others.
#[component]
pub fn Fields(
    /// The form.
    state: FormState,
    /// What is stored.
    form: Form,
    /// See [`choices`].
    options: Vec<(String, String)>,
) -> impl IntoView {
    let s = move || state.clone();
    let ways = Rakning::ALL.map(|r| (r.code().to_owned(), domain::format::capitalised(r.word())));
    let ways: Vec<_> = std::iter::once((String::new(), "Inget, bara serie A".to_owned())).chain(ways).collect();
    let then = [("", "Nej, räkna inte om"), ("index", "Index"), ("medel", "Medel av tolv månader")];
    let then = then.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec();
    view! {
        <fieldset class="fieldset stack tight">
            <legend>"Räknas ut ur andra serier"</legend>
            <p class="help">
                "En sådan serie fylls aldrig på. Slag, enhet och hur ofta den har ett värde följer av serierna. Eftersläpning, uppdelningar och vem som fyller på gäller inte. Om du delar med en serie i samma enhet blir det en andel i procent, annars ett medelvärde."
            </p>
            <div class="inline-fields">
                <SelectField state=s() name="del_a" label="Serie A" options=options.clone() value=form.del_a/>
                <SelectField state=s() name="rakning" label="Räknesätt" options=ways value=form.rakning/>
                <SelectField state=s() name="del_b" label="Serie B" options value=form.del_b/>
            </div>
            <div class="inline-fields">
                <SelectField state=s() name="sedan" label="Räkna om till" options=then value=form.sedan/>
                <TextField state=s() name="bas" label="Tid som är 100" value=form.bas short=true
                    help="Bara för ett index. Till exempel januari 2021."/>
            </div>
        </fieldset>
    }
}

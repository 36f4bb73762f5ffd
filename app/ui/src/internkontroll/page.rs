//! The columns of the internkontrollplan: as fields, in the grid and the list, and on the page of a row; with their risk, and
//! two levels of control.

use std::cmp::Ordering;

use chrono::NaiveDate;
use domain::{
    id::InternkontrollId,
    internkontroll::{Band, Content, Form, KONSEKVENS, SANNOLIKHET},
    occurrence::Item,
    organisation::swedish_order,
    plan::Kind as _,
    recurrence::form::Fields,
    schedule::Level,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{
    api::{
        CopyInternkontrollplan, CreateInternkontroll, RemoveInternkontroll, RestoreInternkontroll,
        UndoInternkontrollplanCopy, UpdateInternkontroll,
    },
    series::Series,
};
use crate::{
    components::{
        Fact, GridGroup, GridRow, LatePlace, SelectField, TextArea, TextField, Times,
        plan::{sort_head, sort_head_down},
    },
    place::Place,
    plan::{Filled, Forms, Kind, Planned, Shown, Words},
};

impl Kind for Content {
    const WORDS: Words = Words {
        plan: "Internkontrollplan",
        new: "Ny internkontroll",
        path: "/internkontroll",
        empty: "Chefen lägger in planen. Då visas den här.",
        first: "Kontroll",
    };
    const FORMS: Forms = Forms {
        create: CreateInternkontroll::PATH,
        update: UpdateInternkontroll::PATH,
        remove: RemoveInternkontroll::PATH,
        restore: RestoreInternkontroll::PATH,
        copy: CopyInternkontrollplan::PATH,
        undo_copy: UndoInternkontrollplanCopy::PATH,
    };

    fn target(id: InternkontrollId) -> Target {
        Target::Internkontroll(id)
    }

    fn blank() -> Form {
        Form { when: Fields::named("varje_manad"), ..Form::default() }
    }

    fn fields(filled: Filled<Self>) -> (AnyView, AnyView) {
        let Filled { state, form, who, .. } = filled;
        let s = move || state.clone();
        let before = view! {
            <fieldset class="fieldset">
                <legend>"Risk"</legend>
                <TextField state=s() name="process" label="Process" value=form.process/>
                <TextField state=s() name="arbetssatt" label="Arbetssätt" value=form.arbetssatt/>
                <TextArea state=s() name="oonskad_handelse" label="Oönskad händelse" value=form.oonskad_handelse rows=2/>
                <div class="inline-fields">
                    <SelectField state=s() name="sannolikhet" label="Sannolikhet" options=scale(SANNOLIKHET) value=form.sannolikhet/>
                    <SelectField state=s() name="konsekvens" label="Konsekvens" options=scale(KONSEKVENS) value=form.konsekvens/>
                </div>
            </fieldset>
            <fieldset class="fieldset">
                <legend>"Systematisk kontroll"</legend>
                <TextField state=s() name="systematisk_kontroll" label="Vad kontrolleras" value=form.systematisk_kontroll required=true/>
                <SelectField state=s() name="utfors_av" label="Utförs av" options=who.clone() value=form.utfors_av/>
                <TextField state=s() name="dokumenteras_i" label="Dokumenteras i" value=form.dokumenteras_i/>
            </fieldset>
            <fieldset class="fieldset">
                <legend>"Kontrollaktivitet"</legend>
                <TextField state=s() name="kontrollaktivitet" label="Hur verifieras kontrollen" value=form.kontrollaktivitet required=true
                    help="Så bekräftar den kontrollansvariga att den systematiska kontrollen är gjord."/>
                <SelectField state=s() name="kontrollansvarig" label="Kontrollansvarig" options=who value=form.kontrollansvarig/>
            </fieldset>
        };
        (before.into_any(), ().into_any())
    }

    fn searched<'a>(&'a self, _: &'a [Item]) -> Vec<&'a str> {
        vec![
            &self.process,
            &self.arbetssatt,
            &self.oonskad_handelse,
            &self.systematisk_kontroll,
            &self.kontrollaktivitet,
        ]
    }

    fn compare((a, _): &Planned<Self>, (b, _): &Planned<Self>, by: &str, _: NaiveDate) -> Ordering {
        let (a, b) = (&a.content, &b.content);
        match by {
            // the greatest first
            "risk" => b.riskvarde().cmp(&a.riskvarde()),
            "kontroll" => swedish_order(&a.systematisk_kontroll).cmp(&swedish_order(&b.systematisk_kontroll)),
            _ => swedish_order(&a.process).cmp(&swedish_order(&b.process)),
        }
    }

    /// By process, with a row for each level.
    fn groups(rows: Vec<Planned<Self>>) -> Vec<GridGroup> {
        let mut groups: Vec<GridGroup> = Vec::new();
        for (row, items) in rows {
            let c = &row.content;
            if groups.last().is_none_or(|g| g.heading != c.process) {
                groups.push(GridGroup { heading: c.process.clone(), rows: vec![] });
            }
            let risk = c.riskvarde().map(|r| format!(" · riskvärde {r}, {}", Band::of(r).label())).unwrap_or_default();
            let lines = [Level::Systematisk, Level::Aktivitet].map(|level| {
                let own: Vec<Item> = of(&items, level).cloned().collect();
                let risk = if level == Level::Systematisk { &risk } else { "" };
                GridRow {
                    title: c.at(Some(level)).0.to_owned(),
                    href: format!("{}/{}", Self::WORDS.path, row.id),
                    sub: format!("{}{risk}", level.label()),
                    who: own.first().map(|i| i.responsible_label.clone()).unwrap_or_default(),
                    category: Self::CATEGORY,
                    items: own,
                }
            });
            if let Some(group) = groups.last_mut() {
                group.rows.extend(lines);
            }
        }
        groups
    }

    fn heads(place: &Place) -> AnyView {
        let path = Self::WORDS.path;
        view! {
            {sort_head(place, path, "kontroll", "Systematisk kontroll")}
            <th scope="col">"Oönskad händelse"</th>
            {sort_head_down(place, path, "risk", "Riskvärde")}
            <th scope="col">"Kontrollaktivitet"</th>
            <th scope="col">"I år"</th>
        }
        .into_any()
    }

    fn sub((row, items): &Planned<Self>) -> AnyView {
        view! { {who(items, Level::Systematisk)} " · " {row.content.timing().sentence()} }.into_any()
    }

    fn cells((row, items): &Planned<Self>, year: AnyView) -> AnyView {
        let c = &row.content;
        let risk = c.riskvarde().map(|r| {
            view! {
                <strong>{r}</strong>
                <span class="sub">
                    {format!("{} · {} × {}", Band::of(r).label(), c.sannolikhet.unwrap_or(0), c.konsekvens.unwrap_or(0))}
                </span>
            }
        });
        view! {
            <td>{c.oonskad_handelse.clone()}</td>
            <td class="num">{risk}</td>
            <td>{c.kontrollaktivitet.clone()} <span class="sub">{who(items, Level::Aktivitet)}</span></td>
            {year}
        }
        .into_any()
    }

    fn facts(&self, _: &[Item]) -> (AnyView, AnyView) {
        let risk = self.riskvarde().map(|r| {
            let (s, k) = (self.sannolikhet.unwrap_or(0), self.konsekvens.unwrap_or(0));
            format!("{r}, {} (sannolikhet {s} × konsekvens {k})", Band::of(r).label())
        });
        let before = view! {
            <Fact label="Process" value=self.process.clone()/>
            <Fact label="Arbetssätt" value=self.arbetssatt.clone()/>
            <Fact label="Oönskad händelse" value=self.oonskad_handelse.clone()/>
            <Fact label="Riskvärde" value=risk.unwrap_or_default()/>
            <Fact label="Dokumenteras i" value=self.dokumenteras_i.clone()/>
        };
        (before.into_any(), ().into_any())
    }

    fn times(&self, shown: Shown) -> AnyView {
        let Shown { items, path, marked, today } = shown;
        let places = ["forsenat", "forsenat-systematisk"];
        let [first, second] = [(Level::Aktivitet, 1), (Level::Systematisk, 2)].map(|(level, nr)| {
            let own: Vec<Item> = of(&items, level).cloned().collect();
            let place = LatePlace::new(path.clone(), places[nr - 1], marked.clone());
            view! { <Times items=own heading=level.label() help=self.at(Some(level)).0.to_owned() today nr place/> }
        });
        view! { {first} {second} <Series items/> }.into_any()
    }
}

/// Those of a level.
fn of(items: &[Item], level: Level) -> impl Iterator<Item = &Item> {
    items.iter().filter(move |i| i.level == Some(level))
}

/// Who carries out a level.
fn who(items: &[Item], level: Level) -> Option<String> {
    of(items, level).next().map(|i| i.responsible_label.clone())
}

/// A scale of five with its words.
fn scale(words: [&'static str; 5]) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Inte bedömd".to_owned()))
        .chain((1..).zip(words).map(|(n, word)| (n.to_string(), format!("{n} – {word}"))))
        .collect()
}

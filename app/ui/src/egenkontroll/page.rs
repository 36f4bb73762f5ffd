//! The columns of the egenkontrollplan: as fields, in the grid and the list, and on the page of a row.

use std::cmp::Ordering;

use chrono::NaiveDate;
use domain::{
    egenkontroll::{Content, Form},
    format,
    id::{EgenkontrollId, NodeId},
    occurrence::{Item, Status},
    organisation::swedish_order,
    permission::Action,
    person::Actor,
    plan::Kind as _,
    recurrence::form::Fields,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Target, Tx, genomforande};

use super::api::{
    CopyEgenkontrollplan, CreateEgenkontroll, RemoveEgenkontroll, RestoreEgenkontroll, UndoEgenkontrollplanCopy,
    UpdateEgenkontroll,
};
use crate::{
    components::{
        Checkbox, Fact, GridGroup, GridRow, LatePlace, SelectField, TextArea, TextField, Times, plan::sort_head,
    },
    error::AppError,
    genomforande::ControlCard,
    place::Place,
    plan::{Filled, Forms, Kind, Planned, Shown, Words},
};

impl Kind for Content {
    const WORDS: Words = Words {
        plan: "Egenkontrollplan",
        new: "Ny egenkontroll",
        path: "/egenkontroll",
        empty: "Metodutvecklaren eller chefen lägger in planen. Då visas den här.",
        first: "Kontrollmål",
    };
    const FORMS: Forms = Forms {
        create: CreateEgenkontroll::PATH,
        update: UpdateEgenkontroll::PATH,
        remove: RemoveEgenkontroll::PATH,
        restore: RestoreEgenkontroll::PATH,
        copy: CopyEgenkontrollplan::PATH,
        undo_copy: UndoEgenkontrollplanCopy::PATH,
    };

    fn target(id: EgenkontrollId) -> Target {
        Target::Egenkontroll(id)
    }

    /// The unit, or the node above it that the person may edit: a controller adds to the avdelning, everybody else to the unit.
    fn owner(actor: &Actor, unit: NodeId) -> Option<NodeId> {
        actor.tree.path(unit).into_iter().find(|n| actor.may(*n, Self::AREA, Action::Edit))
    }

    fn blank() -> Form {
        Form { styrmodell: "SOSFS 2011:9".into(), when: Fields::named("varje_manad"), ..Form::default() }
    }

    fn fields(filled: Filled<Self>) -> (AnyView, AnyView) {
        let Filled { state, form, who, spans_units } = filled;
        let s = move || state.clone();
        let laid = form.laid_on_units == "on";
        let before = view! {
            <TextField state=s() name="kontrollmal" label="Kontrollmål" value=form.kontrollmal required=true
                help="Det som listan och hjulet visar, till exempel Dokumentation."/>
            <TextArea state=s() name="vad" label="Vad kontrolleras" value=form.vad rows=2/>
            <TextField state=s() name="metod" label="Hur sker kontrollen" value=form.metod help="Till exempel stickprov eller andel ur uppföljningsfil."/>
            <SelectField state=s() name="responsible" label="Utförs av" options=who value=form.responsible/>
        };
        let after = view! {
            {spans_units.then(|| view! { <Checkbox state=s() name="laid_on_units" label="Gäller alla enheter under avdelningen" checked=laid/> })}
            <div class="inline-fields">
                <TextField state=s() name="number" label="Nummer i planen" value=form.number short=true/>
                <TextField state=s() name="urval" label="Urval, antal ärenden" value=form.urval short=true inputmode="numeric"/>
                <TextField state=s() name="malvarde" label="Målvärde i procent" value=form.malvarde short=true inputmode="decimal"/>
            </div>
            <details class="more-fields" open=s().is_back()>
                <summary>"Fler uppgifter: dokumentation, rutin, styrmodell, anpassning, process"</summary>
                <TextArea state=s() name="dokumentation" label="Hur dokumenteras" value=form.dokumentation rows=2/>
                <TextArea state=s() name="bedomning" label="Rutin eller metod för bedömning" value=form.bedomning rows=2/>
                <TextField state=s() name="styrmodell" label="Styrmodell" value=form.styrmodell/>
                <TextArea state=s() name="anpassning" label="Enhetens anpassning" value=form.anpassning rows=2/>
                <TextField state=s() name="process" label="Process" value=form.process/>
            </details>
        };
        (before.into_any(), after.into_any())
    }

    fn searched<'a>(&'a self, items: &'a [Item]) -> Vec<&'a str> {
        vec![&self.kontrollmal, &self.vad, &self.metod, &self.number, &self.process, who(items)]
    }

    fn compare(a: &Planned<Self>, b: &Planned<Self>, by: &str, today: NaiveDate) -> Ordering {
        match by {
            "kontrollmal" => swedish_order(&a.0.content.kontrollmal).cmp(&swedish_order(&b.0.content.kontrollmal)),
            "vem" => swedish_order(who(&a.1)).cmp(&swedish_order(who(&b.1))),
            "nasta" => {
                let due = |items: &[Item]| next_open(items).map_or(NaiveDate::MAX, |i| i.occurrence.due);
                due(&a.1).cmp(&due(&b.1))
            }
            "status" => {
                let worst = |items: &[Item]| items.iter().map(|i| i.status(today)).min().unwrap_or(Status::Utford);
                worst(&a.1).cmp(&worst(&b.1))
            }
            _ => Ordering::Equal,
        }
    }

    fn groups(rows: Vec<Planned<Self>>) -> Vec<GridGroup> {
        let rows = rows
            .into_iter()
            .map(|(row, items)| GridRow {
                title: row.content.kontrollmal.clone(),
                href: format!("{}/{}", Self::WORDS.path, row.id),
                sub: sub(&row.content),
                who: who(&items).to_owned(),
                category: Self::CATEGORY,
                items,
            })
            .collect();
        vec![GridGroup { heading: String::new(), rows }]
    }

    fn heads(place: &Place) -> AnyView {
        let sorted = [("kontrollmal", "Kontrollmål"), ("vem", "Utförs av"), ("nasta", "Nästa"), ("status", "I år")]
            .into_iter()
            .map(|(key, label)| sort_head(place, Self::WORDS.path, key, label))
            .collect_view();
        view! { {sorted} <th scope="col">"Senaste resultat"</th> }.into_any()
    }

    fn sub((row, _): &Planned<Self>) -> AnyView {
        sub(&row.content).into_any()
    }

    fn cells((row, items): &Planned<Self>, year: AnyView) -> AnyView {
        let next = next_open(items).map(|i| {
            let when = format::capitalised(&i.occurrence.when().label());
            let name = format!("{when}: {}", row.content.kontrollmal);
            view! { <a href=format!("/forekomster/{}", i.occurrence.id) aria-label=name>{when}</a> }
        });
        let last = items.iter().rev().find(|i| !i.occurrence.state.is_open()).map(|i| {
            let text = i.result_label();
            let when = i.occurrence.when();
            if text.is_empty() {
                format!("Utförd {}", when.during(row.year))
            } else {
                format!("{text} ({})", when.label())
            }
        });
        view! {
            <td>{who(items).to_owned()}</td>
            <td>{next}</td>
            {year}
            <td>{last}</td>
        }
        .into_any()
    }

    fn number(&self) -> Option<&str> {
        Some(&self.number)
    }

    fn facts(&self, items: &[Item]) -> (AnyView, AnyView) {
        let before = view! {
            <Fact label="Vad kontrolleras" value=self.vad.clone()/>
            <Fact label="Metod" value=self.metod.clone()/>
            <Fact label="Urval" value=self.urval.map(|n| format!("{} ärenden", format::int(n))).unwrap_or_default()/>
            <Fact label="Utförs av" value=who(items).to_owned()/>
        };
        let after = view! {
            <Fact label="Målvärde" value={self.malvarde.map(|m| format!("{m}\u{a0}%")).unwrap_or_default()}/>
            <Fact label="Dokumenteras" value=self.dokumentation.clone()/>
            <Fact label="Bedömning" value=self.bedomning.clone()/>
            <Fact label="Styrmodell" value=self.styrmodell.clone()/>
            <Fact label="Anpassning" value=self.anpassning.clone()/>
            <Fact label="Process" value=self.process.clone()/>
            <Fact label="Gäller" value={if self.laid_on_units { "Alla enheter under avdelningen".to_owned() } else { String::new() }}/>
        };
        (before.into_any(), after.into_any())
    }

    fn times(&self, shown: Shown) -> AnyView {
        let Shown { items, path, marked, today } = shown;
        let place = LatePlace::new(path, "forsenat", marked);
        view! { <Times items heading="Tillfällen" help=String::new() today place/> }.into_any()
    }

    async fn beside(tx: &mut Tx, id: EgenkontrollId, may_edit: bool) -> Result<Option<AnyView>, AppError> {
        let mall = genomforande::mall(tx, id).await?;
        Ok(Some(view! { <ControlCard id mall may_edit/> }.into_any()))
    }
}

/// Who carries it out.
fn who(items: &[Item]) -> &str {
    items.first().map_or("", |i| i.responsible_label.as_str())
}

/// Number, sample and target in a line.
fn sub(c: &Content) -> String {
    let mut parts = Vec::new();
    if !c.number.is_empty() {
        parts.push(c.number.clone());
    }
    if !c.metod.is_empty() {
        parts.push(c.metod.clone());
    }
    if let Some(n) = c.urval {
        parts.push(format!("{} ärenden", format::int(n)));
    }
    if let Some(m) = c.malvarde {
        parts.push(format!("mål {m}\u{a0}%"));
    }
    parts.join(" · ")
}

fn next_open(items: &[Item]) -> Option<&Item> {
    items.iter().filter(|i| i.occurrence.state.is_open()).min_by_key(|i| i.occurrence.due)
}

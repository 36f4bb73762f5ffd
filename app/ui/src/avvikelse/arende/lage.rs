//! Läget: what is to be done now and by when, what came in, and who handles it.

use domain::{
    avvikelse::{Innehall, Kind, arende::Egen, deadline::Deadline},
    format::{self, capitalised},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{Data, beslut, steg};
use crate::{
    avvikelse::{
        case_api::SetAvvikelseHandlaggare,
        egen::{Inkom, Tillaggen, add},
    },
    components::{Fact, Hidden},
};

/// The tab.
pub fn tab(data: &Data) -> AnyView {
    let a = &data.a;
    let heading = if matches!(a.innehall, Innehall::Rapport(_)) { "Rapporten" } else { "Det som framfördes" };
    view! {
        <div class="two-col">
            <div class="stack loose">
                // who assesses reads what is assessed
                <section class="card">
                    <div class="card-head"><h2>{heading}</h2></div>
                    <div class="card-text"><Inkom innehall=a.innehall.clone()/></div>
                    <Tillaggen list=a.tillagg.clone()/>
                    {add(&Egen::from(a), data.actor.person)}
                </section>
                {steg::card(data)} {beslut::card(data)}
            </div>
            <aside class="stack">{deadlines(data)} {facts(data)} {handlers(data)}</aside>
        </div>
    }
    .into_any()
}

fn deadlines(data: &Data) -> AnyView {
    let rows = data.deadlines.iter().map(|d| countdown(data, d)).collect_view();
    let none = data.deadlines.is_empty();
    view! {
        <section class="card" aria-labelledby="tider">
            <div class="card-head"><h2 id="tider">"Tider"</h2></div>
            {none.then(|| view! { <p class="card-text">"Inga tider löper i ärendet."</p> })}
            {rows}
        </section>
    }
    .into_any()
}

fn countdown(data: &Data, d: &Deadline) -> AnyView {
    let rule = d.frist.rule();
    let class = if d.done.is_some() {
        "countdown kept"
    } else if d.is_late(data.ctx.now, data.ctx.today) {
        "countdown late"
    } else {
        "countdown"
    };
    let left = d.countdown(data.ctx.now, data.ctx.today);
    let latest = d.done.is_none().then(|| crate::moment::latest(d.due)).filter(|said| !said.is_empty());
    let length = if d.local { "lokalt mål".to_owned() } else { rule.length.label() };
    let source = format!("{length} från {}, {}", rule.start.label(), rule.source);
    view! {
        <div class=class>
            <p class="left">{left}</p>
            <p class="what">{rule.name}</p>
            {latest.map(|said| view! { <p class="what">{capitalised(&said)}</p> })}
            <p class="source">{source}</p>
        </div>
    }
    .into_any()
}

fn facts(data: &Data) -> AnyView {
    let (a, c) = (&data.a, &data.a.case);
    let kinds = c.kinds.iter().map(Kind::label).collect::<Vec<_>>().join(", ");
    let reporter = if a.reporter_name.is_empty() { "Okänd".to_owned() } else { a.reporter_name.clone() };
    let who = if matches!(a.innehall, Innehall::Rapport(_)) { "Rapporterad av" } else { "Mottagen av" };
    let day = |d: Option<chrono::NaiveDate>| d.map(format::date).unwrap_or_default();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Om ärendet"</h2></div>
            <dl class="dl card-text">
                <Fact label="Kom in" value=crate::moment::stamp(a.created_at)/>
                <Fact label=who value=reporter/>
                <Fact label="Åt" value=a.on_behalf_name.clone()/>
                <Fact label="Händelsen är" value=kinds/>
                <Fact label="Kategori" value=c.kategori.map(|k| k.label().to_owned()).unwrap_or_default()/>
                <Fact label="Händelsetyp" value=a.handelsetyp.clone()/>
                <Fact label="Process" value=a.process.clone()/>
                <Fact label="Följs upp" value=day(c.follow_up_on)/>
                <Fact label="Återkopplat" value=day(c.feedback_on)/>
                <Fact label="Avslutat" value=day(a.closed_on)/>
            </dl>
        </section>
    }
    .into_any()
}

/// Who handles it beside the chefer, and asking one more.
fn handlers(data: &Data) -> AnyView {
    let may = data.handles_unit();
    let id = data.key();
    let rows = data
        .handlers
        .iter()
        .map(|(person, name)| {
            let remove = may.then(|| {
                view! {
                    <form method="post" action=SetAvvikelseHandlaggare::PATH>
                        <Hidden name="id" value=id.clone()/>
                        <Hidden name="person" value=person.to_string()/>
                        <Hidden name="asked" value="false"/>
                        <button class="button quiet small" aria-label=format!("Ta bort {name}")>"Ta bort"</button>
                    </form>
                }
            });
            view! {
                <li class="row">
                    <div class="row-text"><p>{name.clone()}</p></div>
                    <div class="row-actions">{remove}</div>
                </li>
            }
        })
        .collect_view();
    let known = |code: &str| data.handlers.iter().any(|(p, _)| code == format!("person:{p}"));
    let options = data
        .colleagues
        .iter()
        .filter_map(|(code, name)| Some((code.strip_prefix("person:")?.to_owned(), name.clone())))
        .filter(|(id, _)| !known(&format!("person:{id}")) && *id != data.actor.person.to_string())
        .map(|(id, name)| view! { <option value=id>{name}</option> })
        .collect_view();
    let add = may.then(|| {
        view! {
            <details class="disclosure no-print">
                <summary>"Be någon mer handlägga"</summary>
                <form class="form" method="post" action=SetAvvikelseHandlaggare::PATH>
                    <Hidden name="id" value=id.clone()/>
                    <Hidden name="asked" value="true"/>
                    <div class="field">
                        <label for="handlaggare">"Vem?"</label>
                        <select id="handlaggare" name="person">{options}</select>
                        <p class="help">"Personen får läsa hela ärendet, tills du tar bort den igen."</p>
                    </div>
                    <div class="form-actions"><button class="button">"Be om hjälp"</button></div>
                </form>
            </details>
        }
    });
    view! {
        <section class="card">
            <div class="card-head"><h2>"Handläggs av"</h2></div>
            <ul class="rows">
                <li class="row"><div class="row-text"><p>"Enhetens chefer"</p></div></li>
                {rows}
            </ul>
            <div class="card-text">{add}</div>
        </section>
    }
    .into_any()
}

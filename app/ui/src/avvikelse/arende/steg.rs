//! Steg: every button of the case. One that is not allowed says why.

use domain::{
    avvikelse::{
        Bedomning, Kategori, Kind, Step,
        act::{may_send_with_report, may_write},
        step,
    },
    format,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::Data;
use crate::{
    avvikelse::case_api::{DecideLexSarah, ReportIvo, ReportIvoUtredning, SetAvvikelseBedomning, SetAvvikelseState},
    components::{ChoiceField, DateField, ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField},
};

/// What can be done now, the next step first.
pub fn card(data: &Data) -> AnyView {
    let case = &data.a.case;
    let all: Vec<Step> = Step::ALL.into_iter().filter(|s| s.belongs(case)).collect();
    let (allowed, not): (Vec<Step>, Vec<Step>) = all.into_iter().partition(|s| step::may(*s, data.who, case).is_ok());
    // going back and closing early are not what is next
    // the reporter is told when something has come of it
    let early = !case.kinds.is_from_outside() && case.state < domain::avvikelse::State::Atgardas;
    let main = |s: &Step| {
        !(matches!(s, Step::Tillbaka | Step::Misstank)
            || *s == Step::Avsluta && s.needs_reason(case)
            || *s == Step::Aterkoppla && early)
    };
    let first = allowed.iter().copied().find(main);
    let others: Vec<Step> = allowed.into_iter().filter(|s| Some(*s) != first).collect();
    let correction = case.state != domain::avvikelse::State::Inkommen
        && case.state != domain::avvikelse::State::Avslutad
        && data.who.handler;
    let writes =
        first.is_none() && case.state == domain::avvikelse::State::Utreds && may_write(&data.a, data.who).is_ok();
    let write = writes.then(|| {
        let href = format!("/avvikelser/{}?flik=utredning", data.a.id);
        view! { <p><a class="button" href=href>"Skriv utredningen"</a></p> }
    });
    let others_turn = first.is_none() && (case.is_lex_sarah() || case.awaits_lex_sarah()) && !data.who.lex_sarah;
    let nothing = !writes && first.is_none() && others.is_empty() && not.is_empty();
    let refused = not
        .into_iter()
        .map(|s| {
            let why = step::may(s, data.who, case).err().unwrap_or_default();
            view! {
                <li class="row">
                    <div class="row-text"><p>{s.label()}</p> <p class="row-meta">{why}</p></div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let has_refused = !refused.is_empty();
    view! {
        <section class="card no-print" aria-labelledby="nu">
            <div class="card-head"><h2 id="nu">"Nu"</h2></div>
            <div class="card-body">
                {nothing.then(|| view! { <p>"Inget mer behöver göras."</p> })}
                {others_turn.then(|| view! { <p>"Lex Sarah-utredaren har ärendet. Du kan lägga till åtgärder, filer och återkoppling."</p> })}
                {write} {first.map(|s| action(data, s, true))}
                {others.into_iter().map(|s| action(data, s, false)).collect_view()}
                {correction.then(|| bedom(data, false))}
            </div>
            {has_refused
                .then(|| {
                    view! {
                        <div class="card-foot"><h3>"Går inte än"</h3></div>
                        <ul class="rows">{refused}</ul>
                    }
                })}
        </section>
    }
    .into_any()
}

fn action(data: &Data, s: Step, first: bool) -> AnyView {
    let tab = |tab: &str, anchor: &str| format!("/avvikelser/{}?flik={tab}#{anchor}", data.a.id);
    let class = if first { "button" } else { "button secondary" };
    match s {
        Step::Bedom => bedom(data, first),
        Step::BeslutaLexSarah => lex_sarah(data, first),
        Step::AnmalIvo => ivo(data, first),
        Step::SkickaUtredning => sent(data, first),
        Step::BeslutaImy => {
            view! { <p><a class=class href=tab("personuppgifter", "risk")>{s.label()}</a></p> }.into_any()
        }
        Step::AnmalImy => view! { <p><a class=class href=tab("personuppgifter", "imy")>{s.label()}</a></p> }.into_any(),
        Step::Informera => {
            view! { <p><a class=class href=tab("personuppgifter", "informera")>{s.label()}</a></p> }.into_any()
        }
        Step::Aterkoppla => {
            view! { <p><a class=class href=tab("atgarder", "aterkoppling")>{s.label()}</a></p> }.into_any()
        }
        _ if s.needs_reason(&data.a.case) => reasoned(data, s),
        _ => view! {
            <form method="post" action=SetAvvikelseState::PATH>
                {data.ids()} <Hidden name="step" value=s.code()/>
                <button class=class>{s.label()}</button>
            </form>
        }
        .into_any(),
    }
}

/// A step that asks why.
fn reasoned(data: &Data, s: Step) -> AnyView {
    let state = FormState::of(SetAvvikelseState::PATH, Some(("step", s.code())));
    let (label, help) = match s {
        Step::Misstank => {
            ("Vad talar för ett missförhållande?", "Lex Sarah-utredaren får ärendet och beslutar skriftligt.")
        }
        Step::Avsluta => ("Varför behöver inget mer göras?", ""),
        _ => ("Varför?", "Står i ärendets historik."),
    };
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>{s.label()}</summary>
            <form class="form" method="post" action=SetAvvikelseState::PATH>
                <ErrorSummary state=state.clone()/>
                {data.ids()} <Hidden name="step" value=s.code()/>
                <TextArea state=state.clone() name="reason" label=label help=help required=true/>
                <div class="form-actions"><button class="button">{s.label()}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// What the event is; later a correction.
fn bedom(data: &Data, first: bool) -> AnyView {
    let (a, case) = (&data.a, &data.a.case);
    let state = FormState::nested(SetAvvikelseBedomning::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let kinds = [Kind::Avvikelse, Kind::Pui, Kind::Klagomal, Kind::Synpunkt].map(|k| (k.code(), k.label())).to_vec();
    let chosen = case.kinds.iter().map(|k| k.code().to_owned()).collect();
    let word = |label: &str| (label.to_owned(), label.to_owned());
    let mut words = vec![(String::new(), "Ingen vald".to_owned())];
    words.extend(data.words.iter().map(|w| word(w)));
    if !a.handelsetyp.is_empty() && !data.words.contains(&a.handelsetyp) {
        words.push(word(&a.handelsetyp));
    }
    let mut kategorier = vec![(String::new(), "Bara för klagomål och synpunkter".to_owned())];
    kategorier.extend(Kategori::ALL.map(|k| (k.code().to_owned(), k.label().to_owned())));
    let process = if a.process.is_empty() {
        match &a.innehall {
            domain::avvikelse::Innehall::Rapport(r) => r.process.clone(),
            domain::avvikelse::Innehall::Inkommet(_) => String::new(),
        }
    } else {
        a.process.clone()
    };
    let is_new = case.state == domain::avvikelse::State::Inkommen;
    let (summary, button) =
        if is_new { ("Bedöm", "Spara bedömningen") } else { ("Ändra bedömningen", "Spara ändringen") };
    view! {
        <details class="disclosure" open=first || s().is_back()>
            <summary>{summary}</summary>
            <form class="form" method="post" action=SetAvvikelseBedomning::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <ChoiceField state=s() name="kinds" legend="Vad är händelsen?" options=kinds value=chosen multiple=true
                    help="Den kan vara flera. En personuppgiftsincident är alltid en avvikelse. Om lex Sarah beslutar lex Sarah-utredaren."/>
                <SelectField state=s() name="kategori" label="Kategori" options=kategorier conditional=case.kinds.is_from_outside()
                    value=case.kategori.map(|k| k.code().to_owned()).unwrap_or_default()/>
                <div class="inline-fields">
                    <SelectField state=s() name="handelsetyp" label="Händelsetyp" options=words value=a.handelsetyp.clone()/>
                    <TextField state=s() name="process" label="Process" value=process/>
                </div>
                <TextArea state=s() name="reason" label="Varför bedöms den så?" rows=2/>
                <div class="form-actions"><button class="button">{button}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// The five assessments, with a motive also when it declines.
fn lex_sarah(data: &Data, first: bool) -> AnyView {
    let state = FormState::of(DecideLexSarah::PATH, Some(("id", &data.key())));
    let beslut = data.a.case.beslut.as_ref();
    let s = move || state.clone();
    let chosen = beslut.map(|b| b.bedomning.code().to_owned()).into_iter().collect();
    let motive = beslut.map(|b| b.motive.clone()).unwrap_or_default();
    let summary = if beslut.is_some() { "Ändra beslutet om lex Sarah" } else { "Besluta om lex Sarah" };
    view! {
        <details class="disclosure" open=(first && beslut.is_none()) || s().is_back()>
            <summary>{summary}</summary>
            <form class="form" method="post" action=DecideLexSarah::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <ChoiceField state=s() name="bedomning" legend="Bedömning"
                    options=Bedomning::ALL.map(|b| (b.code(), b.label())).to_vec() value=chosen
                    help="Ett allvarligt missförhållande, eller en påtaglig risk för ett sådant, anmäls till IVO (27 kap. 6 § socialtjänstlagen)."/>
                <TextArea state=s() name="motive" label="Motivering" value=motive required=true rows=4
                    help="Skrivs alltid, också när det inte är lex Sarah."/>
                <div class="form-actions"><button class="button">"Spara beslutet"</button></div>
            </form>
        </details>
    }
    .into_any()
}

fn ivo(data: &Data, first: bool) -> AnyView {
    let state = FormState::of(ReportIvo::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    // an investigation that is written is sent with the report, in one form
    let with_it = may_send_with_report(&data.a, data.who, data.ctx.today).then(|| {
        view! {
            <DateField state=s() name="sent_on" label="Utredningen skickad"
                help="Lämna tomt om utredningen skickas senare."/>
        }
    });
    view! {
        <details class="disclosure" open=first || s().is_back()>
            <summary>{Step::AnmalIvo.label()}</summary>
            <form class="form" method="post" action=ReportIvo::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <div class="inline-fields">
                    <DateField state=s() name="on" label="Dag" value=format::date(data.ctx.today) required=true/>
                    <TextField state=s() name="dnr" label="Diarienummer" required=true/>
                </div>
                {with_it}
                <div class="form-actions"><button class="button">"Spara"</button></div>
            </form>
        </details>
    }
    .into_any()
}

fn sent(data: &Data, first: bool) -> AnyView {
    let state = FormState::of(ReportIvoUtredning::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    view! {
        <details class="disclosure" open=first || s().is_back()>
            <summary>{Step::SkickaUtredning.label()}</summary>
            <form class="form" method="post" action=ReportIvoUtredning::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <DateField state=s() name="on" label="Dag" value=format::date(data.ctx.today) required=true
                    help="Utredningen bifogas anmälan till IVO."/>
                <div class="form-actions"><button class="button">"Spara"</button></div>
            </form>
        </details>
    }
    .into_any()
}

//! Close: the analysis, the åtgärder and the end of a run; and opening it again.

use domain::{
    atgard::Source,
    format,
    genomforande::{GALLRING, Stage},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{CloseGenomforande, ReopenGenomforande, SetApt, UpdateAnalys},
    load::Data,
};
use crate::{
    atgard::AtgardRows,
    components::{
        DateField, ErrorSummary, FormState, Hidden, SelectField, TextArea, paper_notice,
        tick::{ahead_field, in_advance},
    },
};

fn ids(data: &Data) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=data.run.id.to_string()/>
        <Hidden name="version" value=data.run.version.to_string()/>
    }
}

/// The tab.
pub fn analysis(data: &Data) -> AnyView {
    let run = &data.run;
    let open = run.is_open() && data.may_close();
    let texts = &run.texts;
    let written = if open {
        let state = FormState::nested(UpdateAnalys::PATH, Some(("id", &run.id.to_string())));
        view! {
            <form class="form" method="post" action=UpdateAnalys::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(data)}
                <TextArea state=state.clone() name="analys" label="Analys" rows=4 value=texts.analys.clone()
                    help="Vad betyder resultatet, och varför blev det så? Skriv aldrig namn eller personnummer på klienter."/>
                <TextArea state=state.clone() name="brister" label="Brister" rows=3 value=texts.brister.clone()/>
                <TextArea state=state.clone() name="slutsats" label="Slutsats" rows=3 value=texts.slutsats.clone()
                    help="Följer med till listor och hjulet som beskrivning av resultatet."/>
                <div class="form-actions"><button class="button">"Spara analysen"</button></div>
            </form>
        }
        .into_any()
    } else {
        let part = |label: &'static str, text: &str| {
            (!text.is_empty()).then(|| view! { <dt>{label}</dt> <dd class="prewrap">{text.to_owned()}</dd> })
        };
        let empty = [&texts.analys, &texts.brister, &texts.slutsats].iter().all(|t| t.is_empty());
        view! {
            {empty.then(|| view! { <p class="help">"Ingen analys är skriven."</p> })}
            <dl class="dl">
                {part("Analys", &texts.analys)} {part("Brister", &texts.brister)} {part("Slutsats", &texts.slutsats)}
            </dl>
        }
        .into_any()
    };
    view! {
        <div class="two-col">
            <div class="stack loose">
                <section class="stack" aria-labelledby="analysrubrik"><h2 id="analysrubrik">"Analys"</h2> {written}</section>
                {actions(data)}
            </div>
            <aside class="stack">{end(data)}</aside>
        </div>
    }
    .into_any()
}

/// What is done about it.
fn actions(data: &Data) -> AnyView {
    let run = &data.run;
    let may_add = data.actor.may(run.node, domain::permission::Area::Atgard, domain::permission::Action::Edit);
    let link = Source::Genomforande(run.id).new_atgard();
    let list = if data.atgarder.is_empty() {
        let text = if run.utan_atgard.is_empty() {
            "Inga åtgärder än.".to_owned()
        } else {
            format!("Inga åtgärder: {}", run.utan_atgard)
        };
        view! { <p class="help">{text}</p> }.into_any()
    } else {
        view! { <div class="card"><AtgardRows list=data.atgarder.clone() today=data.ctx.today/></div> }.into_any()
    };
    view! {
        <section class="stack tight" aria-labelledby="atgardsrubrik">
            <div class="section-head">
                <h2 id="atgardsrubrik">"Åtgärder"</h2>
                {may_add.then(|| view! { <a class="button secondary small" href=link>"Ny åtgärd"</a> })}
            </div>
            {list}
        </section>
    }
    .into_any()
}

/// Closing, and what has been closed.
fn end(data: &Data) -> AnyView {
    let run = &data.run;
    if run.is_open() {
        return if data.may_close() {
            close_form(data)
        } else {
            view! { <p class="notice">"Den som utför kontrollen avslutar genomförandet."</p> }.into_any()
        };
    }
    let state = FormState::of(ReopenGenomforande::PATH, Some(("id", &run.id.to_string())));
    let closed = run.closed_on.map(|day| format!("Avslutat {} av {}.", format::date(day), run.closed_by));
    let purge = match (run.purged, run.purge_on) {
        (true, Some(day)) => {
            Some(format!("Ärendenummer och kommentarer togs bort {}. Siffrorna finns kvar.", format::date(day)))
        }
        (false, Some(day)) => {
            Some(format!("Ärendenummer och kommentarer tas bort {}. Siffrorna finns kvar.", format::date(day)))
        }
        _ => None,
    };
    let (apt_word, apt_button) = if run.apt {
        ("Resultatet visas på APT.", "Visa inte på APT")
    } else {
        ("Resultatet visas inte på APT.", "Visa på APT")
    };
    let avslutad = run.stage == Stage::Avslutad;
    view! {
        <section class="card">
            <div class="card-head"><h2>{run.stage.label()}</h2></div>
            <div class="card-body">
                {closed.map(|text| view! { <p>{text}</p> })} {purge.map(|text| view! { <p class="help">{text}</p> })}
                {avslutad.then(|| view! { <p>{apt_word}</p> })}
                {(avslutad && data.may_close())
                    .then(|| {
                        view! {
                            <form method="post" action=SetApt::PATH>
                                {ids(data)} <Hidden name="apt" value=(!run.apt).to_string()/>
                                <button class="button secondary">{apt_button}</button>
                            </form>
                            {(!data.item.removed)
                                .then(|| {
                                    view! {
                                        <details class="disclosure" open=state.is_back()>
                                            <summary>"Öppna igen"</summary>
                                            <form class="form" method="post" action=ReopenGenomforande::PATH>
                                                <ErrorSummary state=state.clone()/>
                                                <Hidden name="id" value=run.id.to_string()/>
                                                <TextArea state=state.clone() name="reason" label="Varför öppnas det igen?" required=true
                                                    help="Tillfället blir åter att göra. Svaren finns kvar."/>
                                                <div class="form-actions"><button class="button secondary">"Öppna igen"</button></div>
                                            </form>
                                        </details>
                                    }
                                })}
                        }
                    })}
            </div>
        </section>
    }
    .into_any()
}

fn close_form(data: &Data) -> AnyView {
    let run = &data.run;
    let state = FormState::nested(CloseGenomforande::PATH, Some(("id", &run.id.to_string())));
    let andel = data.parts().andel();
    let notice = paper_notice(&data.parts().document(), Some("genomförandet avslutas"));
    let short = run.reaches_goal(&andel) == Some(false);
    let missing = data.result.as_ref().map_or(0, |r| r.missing);
    let months = GALLRING
        .into_iter()
        .map(|m| {
            let label = if m == 1 { "1 månad".to_owned() } else { format!("{m} månader") };
            (m.to_string(), label)
        })
        .collect();
    let apt = state.value("apt", "") == "on";
    let has_cases = data.run.urval.is_some();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Avsluta"</h2></div>
            <div class="card-body">
                {(missing > 0).then(|| view! { <p class="notice warn">{format!("{} svar saknas. De behövs innan du avslutar.", format::int(missing))}</p> })}
                {notice}
                <form class="form" method="post" action=CloseGenomforande::PATH>
                    <ErrorSummary state=state.clone()/>
                    {ids(data)}
                    <DateField state=state.clone() name="performed_on" label="Dag" help="Lämna tomt för i dag."/>
                    <label class="check">
                        <input type="checkbox" name="form[apt]" value="on" checked=apt/> <span>"Visa på APT"</span>
                    </label>
                    {(short && data.atgarder.is_empty())
                        .then(|| {
                            view! {
                                <TextArea state=state.clone() name="utan_atgard" label="Varför behövs ingen åtgärd?" rows=2
                                    help="Målvärdet nås inte. Lägg till en åtgärd, eller skriv varför ingen behövs."/>
                            }
                        })}
                    {has_cases
                        .then(|| {
                            view! {
                                <SelectField state=state.clone() name="gallring" label="Ärendenumren tas bort efter" options=months value="3" required=true/>
                            }
                        })}
                    {ahead_field(&data.item, data.ctx.today, &state)}
                    <div class="form-actions">
                        <button class="button">{in_advance("Avsluta genomförandet", &data.item, data.ctx.today)}</button>
                    </div>
                </form>
                <p class="help">"Tillfället blir utfört. Det kan öppnas igen med en orsak."</p>
            </div>
        </section>
    }
    .into_any()
}

//! Åtgärder: what is done, whether it had effect, who was told, and what everybody may read of it.

use domain::{
    atgard::Source,
    avvikelse::{Kind, State},
    format,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{Data, may_add};
use crate::{
    atgard::SourceCard,
    avvikelse::case_api::{UpdateAterkoppling, UpdateAvvikelseApt, UpdateAvvikelseAvslut, UpdateUppfoljning},
    components::{DateField, ErrorSummary, Fact, FormState, TextArea},
};

/// The tab.
pub fn tab(data: &Data) -> AnyView {
    let closed = data.a.case.state == State::Avslutad;
    let ends = ends(data);
    view! {
        <div class="two-col">
            <div class="stack loose">
                <div id="atgarder">
                    <SourceCard source=Source::Avvikelse(data.a.id) list=data.atgarder.clone() today=data.ctx.today
                        may_add=may_add(data) && !closed/>
                    <p class="help">"Åtgärderna syns för hela enheten. Skriv vad som ska göras, inte vad som hände."</p>
                </div>
                {if ends { finish(data) } else { follow_up(data, closed) }}
            </div>
            <aside class="stack loose">{(!ends).then(|| feedback(data, closed))} {apt(data, closed)}</aside>
        </div>
    }
    .into_any()
}

/// Whether what is left is the end: the effect is written, the reporter told and the case closed in one form.
fn ends(data: &Data) -> bool {
    let case = &data.a.case;
    case.state == State::FoljsUpp || case.state == State::Atgardas && case.atgarder_open <= 0
}

fn finish(data: &Data) -> AnyView {
    let (a, case) = (&data.a, &data.a.case);
    let day = |d: Option<chrono::NaiveDate>| d.map(format::date).unwrap_or_default();
    let state = FormState::nested(UpdateAvvikelseAvslut::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let followed = case.state == State::FoljsUpp;
    let (whom, help) = feedback_words(data);
    let told = (!case.anonymous).then(|| {
        let on = day(case.feedback_on.or(Some(data.ctx.today)));
        view! { <DateField state=s() name="on" label="Återkopplat" value=on conditional=true/> }
    });
    let group = case.kinds.has(Kind::Avvikelse);
    let closes = data.who.lex_sarah || !case.is_lex_sarah();
    let close = closes.then(
        || view! { <button class="button secondary" name="close" value="ja">"Spara och avsluta ärendet"</button> },
    );
    view! {
        <section class="card" id="aterkoppling">
            <div class="card-head"><h2>"Uppföljning och återkoppling"</h2></div>
            <div class="card-body">
                <form class="form" method="post" action=UpdateAvvikelseAvslut::PATH>
                    <ErrorSummary state=s()/>
                    {data.ids()}
                    <DateField state=s() name="follow_up_on" label="Effekten följs upp" value=day(case.follow_up_on) required=true/>
                    <TextArea state=s() name="effect" label="Vilken effekt fick åtgärderna?" value=case.effect.clone() required=followed
                        conditional=true help="Har det hänt igen? Hur märks skillnaden?"/>
                    <TextArea state=s() name="outcome" label=whom value=a.outcome.clone() help=help conditional=!case.anonymous/>
                    <div class="inline-fields">
                        {told}
                        <DateField state=s() name="group_on" label="Arbetsgruppen" value=day(case.group_feedback_on)
                            conditional=group/>
                    </div>
                    <div class="form-actions"><button class="button" name="close" value="nej">"Spara"</button> {close}</div>
                </form>
            </div>
        </section>
    }
    .into_any()
}

/// What the feedback is called, and what becomes of it.
fn feedback_words(data: &Data) -> (&'static str, &'static str) {
    let case = &data.a.case;
    if case.anonymous {
        ("Vad ni kom fram till", "Den som hörde av sig är anonym, så ingen återkoppling går att ge.")
    } else if case.kinds.is_from_outside() {
        ("Vad som återkopplades", "Vad ni kom fram till och vad som händer nu.")
    } else {
        ("Vad rapportören får läsa", "Visas på rapportörens egen sida. Utredningen visas inte där.")
    }
}

/// The day the effect is followed up, before it can be.
fn follow_up(data: &Data, closed: bool) -> AnyView {
    let case = &data.a.case;
    let day = case.follow_up_on.map(format::date).unwrap_or_default();
    let state = FormState::of(UpdateUppfoljning::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let body = if closed {
        view! { <dl class="dl"><Fact label="Följdes upp" value=day/> <Fact label="Effekt" value=case.effect.clone()/></dl> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action=UpdateUppfoljning::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <DateField state=s() name="follow_up_on" label="Effekten följs upp" value=day required=true/>
                <div class="form-actions"><button class="button">"Spara uppföljningen"</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card" id="uppfoljning">
            <div class="card-head"><h2>"Uppföljning"</h2></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}

fn feedback(data: &Data, closed: bool) -> AnyView {
    let (a, case) = (&data.a, &data.a.case);
    let day = |d: Option<chrono::NaiveDate>| d.map(format::date).unwrap_or_default();
    let state = FormState::nested(UpdateAterkoppling::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let body = if closed {
        view! {
            <dl class="dl">
                <Fact label="Återkopplat" value=day(case.feedback_on)/> <Fact label="Vad som sades" value=a.outcome.clone()/>
                <Fact label="Arbetsgruppen" value=day(case.group_feedback_on)/>
            </dl>
        }
        .into_any()
    } else {
        let (whom, help) = feedback_words(data);
        view! {
            <form class="form" method="post" action=UpdateAterkoppling::PATH>
                <ErrorSummary state=s()/>
                {data.ids()}
                <TextArea state=s() name="outcome" label=whom value=a.outcome.clone() help=help/>
                <div class="inline-fields">
                    <DateField state=s() name="on" label="Återkopplat" value=day(case.feedback_on)/>
                    <DateField state=s() name="group_on" label="Arbetsgruppen" value=day(case.group_feedback_on)/>
                </div>
                <div class="form-actions"><button class="button">"Spara återkopplingen"</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card" id="aterkoppling">
            <div class="card-head"><h2>"Återkoppling"</h2></div>
            <div class="card-body">{body}</div>
        </section>
    }
    .into_any()
}

fn apt(data: &Data, closed: bool) -> AnyView {
    let apt = &data.a.apt;
    if closed && apt.is_empty() {
        return ().into_any();
    }
    let state = FormState::of(UpdateAvvikelseApt::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Vad vi lärde oss"</h2></div>
            <div class="card-body">
                <form class="form" method="post" action=UpdateAvvikelseApt::PATH>
                    <ErrorSummary state=s()/>
                    {data.ids()}
                    <TextArea state=s() name="apt" label="Text för APT" value=apt.clone()
                        help="Alla i enheten läser den. Skriv så att ingen känns igen."/>
                    <div class="form-actions"><button class="button secondary">"Spara texten"</button></div>
                </form>
            </div>
        </section>
    }
    .into_any()
}

//! How the answers to a question were spread elsewhere: a form with a field for each option of the question.

use domain::{
    enkat::{Fraga, fordelning::sum_of},
    id::EnkatId,
    kon::Kon,
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{ErrorSummary, FormState, Hidden, SelectField, TextField},
    enkat::api::UpdateEnkatFordelning,
};

/// The questions to choose among, and the form of the one that is chosen (its key).
#[component]
pub(super) fn Spread(id: EnkatId, questions: Vec<Fraga>, chosen: String) -> impl IntoView {
    let links = questions
        .iter()
        .zip(1..)
        .filter(|(q, _)| q.is_choice())
        .map(|(q, n)| {
            let href = format!("/enkater/{id}/varden?fordelning={}#fordelning", q.key);
            let current = (q.key.to_string() == chosen).then_some("true");
            view! { <li value=n><a href=href aria-current=current>{q.text.clone()}</a></li> }
        })
        .collect_view();
    let form = questions.into_iter().find(|q| q.key.to_string() == chosen && q.is_choice());
    let form = form.map(|question| view! { <SpreadForm id question/> });
    view! {
        <section class="stack" id="fordelning">
            <div>
                <h2>"Hur svaren fördelades någon annanstans"</h2>
                <p class="muted">
                    "Välj en fråga och skriv en andel för varje svar, också 0, till exempel ur stadens rapport. De ska bli 100 %, så när som på avrundning."
                </p>
            </div>
            <ol class="varden-questions">{links}</ol>
            {form}
        </section>
    }
}

#[component]
fn SpreadForm(id: EnkatId, question: Fraga) -> impl IntoView {
    let state = FormState::nested(UpdateEnkatFordelning::PATH, Some(("key", &question.key.to_string())));
    let s = move || state.clone();
    let typed = s().values("andelar", &[]);
    let error = s().error("andelar");
    let invalid = error.is_some();
    let described = invalid.then(|| format!("{}-fel", s().id("andelar")));
    let error_id = described.clone();
    let (first, name) = (s().id("andelar"), format!("{}[]", s().name("andelar")));
    let fields = question
        .choices()
        .into_iter()
        .enumerate()
        .map(|(i, label)| {
            let value = typed.get(i).cloned().unwrap_or_default();
            let field = if i == 0 { first.clone() } else { format!("{first}-{i}") };
            view! {
                <div class="field short">
                    <label for=field.clone()>{format!("{label}, %")}</label>
                    <input id=field name=name.clone() type="text" autocomplete="off" value=value
                        aria-invalid=invalid.then_some("true") aria-describedby=described.clone()/>
                </div>
            }
        })
        .collect_view();
    let kons: Vec<(String, String)> = std::iter::once((String::new(), "Alla".to_owned()))
        .chain(Kon::ALL.into_iter().map(|k| (k.code().to_owned(), k.plural().to_owned())))
        .collect();
    // asked only where it is further from a hundred than rounding takes it. What is confirmed is this sum
    let sum = sum_of(&typed);
    let confirmed = s().value("bekraftad", "") == sum;
    let confirm = (s().error("bekraftad").is_some() || confirmed).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" id=s().id("bekraftad") name=s().name("bekraftad") value=sum.clone() checked=confirmed/>
                <span>{format!("Ja, andelarna stämmer och blir {sum}\u{a0}%. Spara dem som de är.")}</span>
            </label>
        }
    });
    view! {
        <form class="form" method="post" action=UpdateEnkatFordelning::PATH>
            <ErrorSummary state=s()/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="key" value=question.key.to_string()/>
            <h3>{question.text.clone()}</h3>
            <div class="inline-fields">
                <TextField state=s() name="source" label="Källa" required=true short=true/>
                <TextField state=s() name="wave" label="År eller månad" required=true short=true/>
                <SelectField state=s() name="kon" label="Kön" options=kons/>
                <TextField state=s() name="n" label="Antal svar" short=true inputmode="numeric"/>
            </div>
            <fieldset class="fieldset" class:invalid=invalid>
                <legend>"Andel för varje svar"</legend>
                {error.map(|e| view! { <p class="field-error" id=error_id>{e}</p> })}
                <div class="inline-fields">{fields}</div>
            </fieldset>
            {confirm}
            <div class="form-actions"><button class="button">"Spara fördelningen"</button></div>
        </form>
    }
}

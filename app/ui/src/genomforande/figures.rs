//! Figures: what the run showed. Sentences first, then the table, then the comparison over time. For an andel and a
//! bedömning also the form where it is filled in.

use domain::{
    drawing::whisker::beside_goal,
    format,
    genomforande::{
        Kind,
        documentation::{COMPARISON, goal_sentence},
        result::{Line, change_sentence, difference_sentence, interval, interval_label, percent, share_label},
        whole::certain,
    },
    occurrence::{Andel, Outcome, Share},
    permission::Area,
    tal::Tal,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{UpdateAndel, UpdateBedomning},
    load::Data,
};
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, TextField, drawing::drawn},
    upphorda::apart_words,
};

/// The tab.
pub fn figures(data: &Data) -> AnyView {
    let run = &data.run;
    let andel = data.parts().andel();
    let form = (run.is_open() && data.may_close()).then(|| match run.kind {
        Kind::Andel => andel_form(data),
        Kind::Bedomning => bedomning_form(data),
        Kind::Stickprov => ().into_any(),
    });
    let shown = match (run.kind, andel.total, run.outcome) {
        (Kind::Bedomning, _, Some(outcome)) => {
            view! { <p class="finding">{format!("Bedömningen är: {}.", outcome.label().to_lowercase())}</p> }.into_any()
        }
        (_, Some(total), _) => shares(data, &andel, total),
        _ => view! {
            <Empty title="Inget resultat än" text="Det visas här när de första svaren är givna."/>
        }
        .into_any(),
    };
    view! { <div class="stack loose">{form} {shown}</div> }.into_any()
}

fn shares(data: &Data, andel: &Andel, total: Share) -> AnyView {
    let run = &data.run;
    let what = match run.kind {
        Kind::Stickprov if run.kriterier.len() > 1 => "ärenden håller måttet på alla kriterier",
        Kind::Stickprov => "ärenden håller måttet",
        _ => "når kontrollmålet",
    };
    let finding = format!("{} {what}.", share_label(total));
    let all = run.is_of_all();
    let uncertain = (run.kind == Kind::Stickprov).then(|| {
        if all {
            return "Alla ärenden är med i urvalet: andelen gäller dem alla, utan intervall.".to_owned();
        }
        format!(
            "Med {} bedömda ärenden ligger andelen bland alla ärenden troligen mellan {} (95 % intervall enligt Wilson).",
            format::int(total.denominator),
            interval_label(total).replace('–', " och ")
        )
    });
    let missing = data.result.as_ref().filter(|r| r.missing > 0).map(|r| {
        let (missing, asked) = (format::int(r.missing), format::int(r.asked));
        view! { <p class="notice warn">{format!("{missing} av {asked} svar saknas än, så resultatet kan ändras.")}</p> }
    });
    let last = data.earlier.iter().rev().find(|e| e.andel.total.is_some());
    let change = last.and_then(|e| Some(change_sentence(&e.when.with_year(), e.andel.total?, total, e.all && all)));
    let sentences: Vec<String> = [uncertain, goal_sentence(run, andel), Some(difference_sentence(andel, all)), change]
        .into_iter()
        .flatten()
        .collect();
    let sentences = sentences.into_iter().map(|s| view! { <li>{s}</li> }).collect_view();
    view! {
        {missing}
        <section class="stack" aria-labelledby="fynd">
            <h2 class="finding" id="fynd">{finding}</h2>
            <ul class="sentences">{sentences}</ul>
        </section>
        {table(data, andel)}
        {comparison(data)}
    }
    .into_any()
}

/// A share with its interval and what is aimed at. The cells beside it say the same.
fn bar(share: Share, goal: Option<Tal>, all: bool) -> Option<AnyView> {
    let interval = interval(share).filter(|_| !all).map(|(low, high)| (low / 100.0, high / 100.0));
    Some(drawn(&beside_goal(percent(share)? / 100.0, interval, goal.map(|goal| goal.float() / 100.0))))
}

fn table(data: &Data, andel: &Andel) -> AnyView {
    let (goal, all) = (data.run.malvarde, data.run.is_of_all());
    let share = |share: Option<Share>| match share {
        Some(share) => view! { <td class="num">{share_label(share)}</td> }.into_any(),
        None => view! { <td class="num">"–" <span class="visually-hidden">" inga svar"</span></td> }.into_any(),
    };
    let row = |label: &str, andel: &Andel, rest: Option<(i64, i64)>, whole: bool| {
        view! {
            <tr class:total=whole>
                <th scope="row">{label.to_owned()}</th>
                <td class="bar">{andel.total.and_then(|share| bar(share, goal, all))}</td>
                {share(andel.total)}
                <td class="num">{andel.total.map(|share| certain(share, all))}</td>
                {share(andel.kvinnor)} {share(andel.man)}
                {rest
                    .map(|(ej, missing)| {
                        view! { <td class="num">{format::int(ej)}</td> <td class="num">{format::int(missing)}</td> }
                    })}
            </tr>
        }
    };
    let rest = |line: &Line| Some((line.ej, line.missing));
    let (rows, cases) = match &data.result {
        Some(result) => {
            let lines = result.lines.iter().map(|l| row(&l.label, &l.andel, rest(l), false)).collect::<Vec<_>>();
            let whole = (result.lines.len() > 1)
                .then(|| row("Ärenden som håller måttet på allt", &result.whole.andel, rest(&result.whole), true));
            (lines.into_iter().chain(whole).collect_view(), true)
        }
        None => ([row("Andel", andel, None, false)].into_iter().collect_view(), false),
    };
    let first = if cases { "Kriterium" } else { "" };
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Resultat i siffror">
            <table class="table result">
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col"><span class="visually-hidden">"Som stapel"</span></th>
                        <th scope="col" class="num">"Totalt"</th>
                        <th scope="col" class="num">"95 % intervall"</th>
                        <th scope="col" class="num">"Kvinnor"</th>
                        <th scope="col" class="num">"Män"</th>
                        {cases
                            .then(|| {
                                view! {
                                    <th scope="col" class="num">"Ej relevant"</th>
                                    <th scope="col" class="num">"Saknas"</th>
                                }
                            })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn comparison(data: &Data) -> AnyView {
    let before = before(data);
    let Some(drawn) = data.parts().comparison().as_ref().map(drawn) else {
        return view! {
            <section class="stack">
                <h2>"Jämförelse"</h2>
                <p class="help">"Det här är första gången kontrollen görs. Nästa gång står resultaten bredvid varandra här."</p>
                {before}
            </section>
        }
        .into_any();
    };
    view! {
        <section class="stack" aria-labelledby="jamforelse">
            <h2 id="jamforelse">"Jämförelse med tidigare gånger"</h2>
            <div class="card chart-card"><div class="chart-line">{drawn}</div></div>
            <p class="help">{COMPARISON} " Det finns också som tabell i dokumentationen."</p>
            {before}
        </section>
    }
    .into_any()
}

/// What the control showed in the units that were there before this one: by name, and beside the unit's own line. Nothing where none
/// was.
fn before(data: &Data) -> Option<impl IntoView + use<>> {
    let words = apart_words(&data.actor, data.run.node, Area::Egenkontroll)?;
    let rows: Vec<_> = data
        .before
        .iter()
        .flat_map(|(name, times)| times.iter().map(move |time| (name, time)))
        .map(|(name, time)| {
            let (share, certain) = match time.andel.total {
                Some(share) => (share_label(share), certain(share, time.all)),
                None => (time.outcome.clone(), String::new()),
            };
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td>{time.when.with_year()}</td>
                    <td class="num">{share}</td>
                    <td class="num">{certain}</td>
                </tr>
            }
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="Enheterna som fanns före">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Enhet"</th>
                            <th scope="col">"När"</th>
                            <th scope="col" class="num">"Resultat"</th>
                            <th scope="col" class="num">"95 % intervall"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let none =
        table.is_none().then(|| view! { <p class="help">"Kontrollen har inget resultat där som du kan läsa."</p> });
    Some(view! {
        <h3>"Enheterna som fanns före"</h3>
        <p class="help">{words}</p>
        {table} {none}
    })
}

fn ids(data: &Data) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=data.run.id.to_string()/>
        <Hidden name="version" value=data.run.version.to_string()/>
    }
}

fn andel_form(data: &Data) -> AnyView {
    let state = FormState::nested(UpdateAndel::PATH, Some(("id", &data.run.id.to_string())));
    let number = |share: Option<Share>, f: fn(Share) -> i64| share.map(|s| f(s).to_string()).unwrap_or_default();
    let line = |who: &str, n: &'static str, d: &'static str, share: Option<Share>| {
        view! {
            <div class="inline-fields">
                <TextField state=state.clone() name=n label=format!("{who}: når kontrollmålet") short=true inputmode="numeric"
                    value=number(share, |s| s.numerator)/>
                <TextField state=state.clone() name=d label="av antal kontrollerade" short=true inputmode="numeric"
                    value=number(share, |s| s.denominator)/>
            </div>
        }
    };
    let andel = data.run.andel;
    view! {
        <form class="form" method="post" action=UpdateAndel::PATH>
            <ErrorSummary state=state.clone()/>
            {ids(data)}
            {line("Totalt", "total_numerator", "total_denominator", andel.total)}
            {line("Kvinnor", "kvinnor_numerator", "kvinnor_denominator", andel.kvinnor)}
            {line("Män", "man_numerator", "man_denominator", andel.man)}
            <div class="form-actions"><button class="button">"Spara resultatet"</button></div>
        </form>
    }
    .into_any()
}

fn bedomning_form(data: &Data) -> AnyView {
    let state = FormState::nested(UpdateBedomning::PATH, Some(("id", &data.run.id.to_string())));
    let chosen = state.value("outcome", data.run.outcome.map_or("", Outcome::code));
    let choices = Outcome::EGENKONTROLL
        .into_iter()
        .enumerate()
        .map(|(i, outcome)| {
            let id = (i == 0).then(|| state.id("outcome"));
            view! {
                <label class="choice">
                    <input type="radio" name="form[outcome]" id=id value=outcome.code() checked=outcome.code() == chosen/>
                    <span>{outcome.label()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="form" method="post" action=UpdateBedomning::PATH>
            <ErrorSummary state=state.clone()/>
            {ids(data)}
            <fieldset class="fieldset" aria-describedby=state.described_by("outcome", false)>
                <legend>"Är kontrollmålet uppfyllt?"</legend>
                {state.fault("outcome")}
                <div class="choices row-wise">{choices}</div>
            </fieldset>
            <p class="help">"Skriv vad bedömningen bygger på under Analys och avslut."</p>
            <div class="form-actions"><button class="button">"Spara bedömningen"</button></div>
        </form>
    }
    .into_any()
}

//! Judge: the table in which cases are judged. A real form of radio buttons that is saved with a button; with script the
//! island around it saves each answer as it is given, and the keys go through the table as in a spreadsheet.

use domain::genomforande::{
    Arende,
    cell::{Answer, Field, is_own_case},
};
use entry::Judging;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::UpdateBedomningar, load::Data};
use crate::components::Hidden;

/// One option of a cell.
fn option(name: &str, value: &'static str, label: &'static str, chosen: bool, off: bool) -> impl IntoView + use<> {
    view! { <input type="radio" name=name.to_owned() value=value aria-label=label checked=chosen disabled=off/> }
}

/// Who handles the case: a colleague, or the name that came with the list.
fn owner(data: &Data, nr: i64, label: &str, handlaggare: &str, open: bool) -> AnyView {
    let known = data.persons.iter().any(|(code, _)| code == handlaggare);
    let written = (!known && !handlaggare.is_empty()).then(|| {
        let text = handlaggare.to_owned();
        view! { <option value=text.clone() selected=true>{text.clone()}</option> }
    });
    let options = data
        .persons
        .iter()
        .map(|(code, name)| {
            view! { <option value=code.clone() selected=code == handlaggare>{name.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="judge-cell" role="cell" data-label="Handläggare">
            <select name=format!("cells[a{nr}.handlaggare]") aria-label=format!("Handläggare, {label}")
                data-cell=format!("a{nr}.handlaggare") disabled=!open>
                <option value="">"Välj"</option>
                {written} {options}
            </select>
        </div>
    }
    .into_any()
}

/// One case.
fn row(data: &Data, case: &Arende, open: bool) -> AnyView {
    let run = &data.run;
    let stored = |nr: i64, field: Field| data.cells.get(&(nr, field.code()));
    let value = |nr: i64, field: Field| stored(nr, field).map(|s| s.value.clone()).unwrap_or_default();
    let nr = case.nr;
    let handlaggare = value(nr, Field::Handlaggare);
    let own = run.kollegie && is_own_case(&handlaggare, &data.actor);
    let off = !open || own;
    let label = case.label();
    let kon = value(nr, Field::Kon);
    let kon_name = format!("cells[a{nr}.kon]");
    let answers = run
        .kriterier
        .iter()
        .zip(1_u32..)
        .map(|(kriterium, k)| {
            let field = Field::Kriterium(k);
            let chosen = value(nr, field);
            let name = format!("cells[a{nr}.{k}]");
            let options = Answer::ALL
                .into_iter()
                .map(|a| option(&name, a.code(), a.label(), a.code() == chosen, off))
                .collect_view();
            view! {
                <div class="judge-cell" role="cell" data-label=kriterium.clone()>
                    <div class="jne" class:off=off role="radiogroup" aria-label=format!("{kriterium}, {label}") data-cell=format!("a{nr}.{k}")>
                        {options}
                    </div>
                </div>
            }
        })
        .collect_view();
    let latest = data.cells.values().filter(|s| s.nr == nr && s.at.is_some()).max_by_key(|s| s.seq);
    let saved = latest.map(super::api::now).map(|c| format!("Sparat {}", c.at)).unwrap_or_default();
    let owner = run.kollegie.then(|| owner(data, nr, &label, &handlaggare, open));
    view! {
        <div class="judge-row" role="row" data-nr=nr data-arende=label.clone() data-own=own.then_some("") id=format!("arende-{nr}")>
            <div class="judge-name" role="rowheader">
                {label.clone()} {own.then(|| view! { <span class="sub">"Ditt eget ärende"</span> })}
            </div>
            {owner}
            <div class="judge-cell" role="cell" data-label="Kön">
                <div class="jne kon" class:off=off role="radiogroup" aria-label=format!("Kön, {label}") data-cell=format!("a{nr}.kon")>
                    {option(&kon_name, "kvinna", "Kvinna", kon == "kvinna", off)}
                    {option(&kon_name, "man", "Man", kon == "man", off)}
                </div>
            </div>
            {answers}
            <div class="judge-cell" role="cell" data-label="Kommentar">
                <input type="text" name=format!("cells[a{nr}.kommentar]") value=value(nr, Field::Kommentar) maxlength="500"
                    aria-label=format!("Kommentar, {label}") data-cell=format!("a{nr}.kommentar") autocomplete="off" disabled=off/>
            </div>
            <div class="judge-saved" role="cell"><span class="when">{saved}</span></div>
        </div>
    }
    .into_any()
}

/// The table.
pub fn table(data: &Data) -> AnyView {
    let run = &data.run;
    let open = run.is_open() && data.may_judge;
    let heads = run
        .kriterier
        .iter()
        .map(|label| view! { <div class="judge-head" role="columnheader">{label.clone()}</div> })
        .collect_view();
    let rows = data.cases.iter().map(|case| row(data, case, open)).collect_view();
    let wide = run.kriterier.len();
    let class = if run.kollegie { format!("judge cols-{wide} has-owner") } else { format!("judge cols-{wide}") };
    let result = data.result.as_ref();
    let (asked, answered) = result.map_or((0, 0), |r| (r.asked, r.asked - r.missing));
    let table = view! {
        <form method="post" action=UpdateBedomningar::PATH data-saves="">
            <Hidden name="id" value=run.id.to_string()/>
            <Hidden name="seen" value=run.change.to_string()/>
            <div class="judge-wrap" tabindex="0" role="region" aria-label="Ärenden att bedöma">
                <div class=class role="table" aria-label="Bedömning av ärenden">
                    <div class="judge-row judge-heads" role="row">
                        <div class="judge-head" role="columnheader">"Ärende"</div>
                        {run.kollegie.then(|| view! { <div class="judge-head" role="columnheader">"Handläggare"</div> })}
                        <div class="judge-head" role="columnheader">"Kön"</div>
                        {heads}
                        <div class="judge-head" role="columnheader">"Kommentar"</div>
                        <div class="judge-head" role="columnheader">"Sparat"</div>
                    </div>
                    {rows}
                </div>
            </div>
            {open
                .then(|| {
                    view! {
                        <noscript>
                            <div class="form-actions"><button class="button">"Spara svaren"</button></div>
                        </noscript>
                    }
                })}
        </form>
    };
    let help = open.then(|| {
        view! {
            <p class="help judge-help">
                <kbd>"J"</kbd> " Ja · " <kbd>"N"</kbd> " Nej · " <kbd>"E"</kbd> " Ej relevant · " <kbd>"K"</kbd> " " <kbd>"M"</kbd> " kön · piltangenter
                går mellan rutorna · " <kbd>"Delete"</kbd> " tar bort · klistra in från Excel med " <kbd>"Ctrl+V"</kbd>
                ", gärna med ärendenumren i första kolumnen"
            </p>
        }
    });
    if open {
        view! {
            {help}
            <Judging run=run.id.to_string() seen=run.change asked answered me=data.actor.name.clone()>{table}</Judging>
        }
        .into_any()
    } else {
        table.into_any()
    }
}

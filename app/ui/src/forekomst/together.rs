//! Several tillfällen at once: ticked off, or given up with one reason; and a toast's way back for one or several.

use domain::{
    id::{NodeId, OccurrenceId},
    link,
    occurrence::together::{Act, Seen, check_act, check_rows, code, sentence},
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Target,
    occurrence::{
        self,
        together::{Marked, mark, undo_marks},
    },
};

use super::api::{UndoOccurrenceMark, UndoOccurrenceMove};
use crate::{
    components::Hidden,
    ctx::Ctx,
    error::AppError,
    flash::{Done, Moved, Toast},
};

/// Marks the chosen tillfällen of a unit: `act` is `utford`, done on the day `performed_on` (today where that is empty), or
/// `ej_utford` with a reason. What cannot be marked stays, and is
/// said with why beside what was. `back` is the page without what was chosen on it.
#[server(endpoint = "mark_occurrences")]
pub async fn mark_occurrences(
    node: NodeId,
    act: String,
    #[server(default)] rows: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] performed_on: String,
    #[server(default)] back: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Node(node, Area::Aktivitet), Action::TickOwn).await?;
    let (rows, act) = (check_rows(&rows)?, check_act(&act, &reason, &performed_on, ctx.today)?);
    let marked = mark(&mut tx, &actor, (ctx.now, ctx.today), node, &rows, &act).await?;
    tx.commit().await?;
    let (items, versions): (Vec<_>, Vec<_>) = marked.done.iter().cloned().unzip();
    let undo: Vec<Seen> = match act {
        Act::Tick(_) => items.iter().map(|i| i.occurrence.id).zip(versions).collect(),
        Act::GiveUp(_) => vec![],
    };
    // what cannot be taken back together says how it is
    let apart = matches!(act, Act::GiveUp(_)) && items.len() > 1;
    let said = Toast::word(sentence(&items, &act, ctx.today)).to_read_if(apart);
    let toast = Toast { undo, left: left(&marked), ..said };
    Ok(Done { to: link::local(&back).map(str::to_owned), toast: Some(toast), ..Done::default() })
}

/// Takes the ticks of one form back, straight after, without a word.
#[server(endpoint = "undo_occurrence_marks")]
pub async fn undo_occurrence_marks(#[server(default)] rows: Vec<String>) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let rows = check_rows(&rows)?;
    let first = rows.first().ok_or(AppError::NotFound)?.0;
    let mut tx = ctx.write(Target::Occurrence(first), Action::TickOwn).await?;
    let node = occurrence::get(&mut tx, &actor, first).await?.occurrence.node;
    let marked = undo_marks(&mut tx, &actor, ctx.now, node, &rows).await?;
    tx.commit().await?;
    let said = match marked.done.as_slice() {
        [] => "Inget är ångrat".to_owned(),
        [(one, _)] => format!("{} är åter att göra", one.name_and_time()),
        all => format!("{} tillfällen är åter att göra", all.len()),
    };
    Ok(Done { toast: Some(Toast { left: left(&marked), ..Toast::word(said) }), ..Done::default() })
}

/// What stays, each with why.
fn left(marked: &Marked) -> Vec<String> {
    marked.left.iter().map(|(item, why)| format!("{} {why}.", item.name_and_time()).replace("..", ".")).collect()
}

/// The form that takes back what a toast tells of.
pub fn undo_form(undo: &[(OccurrenceId, i64)], button: AnyView) -> Option<AnyView> {
    match undo {
        [] => None,
        [(id, version)] => Some(
            view! {
                <form method="post" action=UndoOccurrenceMark::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="version" value=version.to_string()/>
                    <Hidden name="reason" value=""/>
                    {button}
                </form>
            }
            .into_any(),
        ),
        many => {
            let rows = many.iter().map(|row| view! { <Hidden name="rows[]" value=code(*row)/> }).collect_view();
            Some(view! { <form method="post" action=UndoOccurrenceMarks::PATH>{rows} {button}</form> }.into_any())
        }
    }
}

/// The form that moves back what a toast tells of.
pub fn move_back_form(moved: &Moved, button: AnyView) -> impl IntoView + use<> {
    view! {
        <form method="post" action=UndoOccurrenceMove::PATH>
            <Hidden name="id" value=moved.id.to_string()/>
            <Hidden name="version" value=moved.version.to_string()/>
            <Hidden name="start" value=moved.start.to_string()/>
            <Hidden name="due" value=moved.due.to_string()/>
            {button}
        </form>
    }
}

/// What stayed when several were marked, on the page where it is looked for.
pub fn left_notice(left: &[String]) -> Option<impl IntoView + use<>> {
    let rows = left.iter().map(|row| view! { <li>{row.clone()}</li> }).collect_view();
    let head =
        if left.len() == 1 { "Ett tillfälle står kvar" } else { "Dessa står kvar, var och en med sitt skäl" };
    (!left.is_empty()).then(|| {
        view! {
            <div class="notice warn" id="star-kvar">
                <p><strong>{head}</strong></p>
                <ul>{rows}</ul>
            </div>
        }
    })
}

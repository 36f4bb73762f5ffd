//! `/enkater/{id}/klistra`: single answers from a table. The table is pasted or sent as a file (`web::import::svar` reads it), and the page
//! that answers shows how it is read. It stands in the page until it is confirmed, and nothing of it is kept: not in a session, not on
//! the device, not in an address.

use domain::{
    enkat::{
        Enkat, Fraga, Kanal, State, Version,
        resultat::waiting_sentence,
        tabell::{self, FIELD, Kolumn, REMEMBERED_FROM, ROWS_MAX, Roll, Tabell},
    },
    field::ERRORS_MAX,
    format,
    id::EnkatId,
    kon::{Kon, Lasning},
    permission::Action,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{
    Target,
    enkat::{self, svar},
};
use uuid::Uuid;

use super::{
    entry::NotOpen,
    tabell_api::{ANGRA, ANTAL, FRO, IGEN, KON, MARKE, NOT, SETT, SPARA, STEG, UTFALL, action_of, read},
};
use crate::{
    components::{
        Checkbox, DateField, ErrorSummary, FileField, FormState, Hidden, PageHead, SelectField, TextArea, load,
    },
    ctx::Ctx,
    error::AppError,
};

/// The form, and above it how the table that was sent is read, or what became of it.
#[component]
pub fn TabellPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::TickOwn).await?;
        let found = enkat::get(&mut tx, id).await?;
        let versions = enkat::versions(&mut tx, id).await?;
        let (waiting, _) = svar::counts(&mut tx, id).await?;
        let remembers = enkat::tabell::remembers(&tx);
        drop(tx);
        let version = match versions.iter().rfind(|v| v.in_use) {
            Some(version) if found.state == State::Oppen => version.clone(),
            _ => return Ok(view! { <NotOpen found/> }.into_any()),
        };
        let state = FormState::of(&action_of(id), None);
        let said = |name: &str| state.value_of(name).unwrap_or_default();
        let sent = ctx.flash.submitted.as_ref().filter(|s| s.action == action_of(id));
        let is_sent = sent.is_some_and(|s| s.errors.iter().all(|e| e.field == tabell::DAG)) && !said(FIELD).is_empty();
        let (preview, refused) = match sent.filter(|_| is_sent).map(|s| read(&ctx, (&found, &versions), &s.fields)) {
            None => (None, None),
            Some(Ok(table)) => (Some(table), None),
            Some(Err(faults)) => (None, faults.into_iter().next().map(|fault| fault.message)),
        };
        let (utfall, text) = (said(UTFALL), said(FIELD));
        // what could not be done just now, whatever it was
        let problem = sent.and_then(|s| s.problem.clone());
        let title = found.content.title.clone();
        let again = preview.is_some();
        let heard = match utfall.as_str() {
            "sparad" => Some(view! { <Saved id found=found.clone() waiting state=state.clone()/> }.into_any()),
            "borta" => Some(view! { <Undone state=state.clone()/> }.into_any()),
            "redan" => Some(already().into_any()),
            _ => None,
        };
        let is_new = heard.is_none() && !again;
        let preview = preview.map(|table| {
            view! { <Preview id found version=version.clone() table text=text.clone() state=state.clone() remembers/> }
        });
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href="/enkater">"Enkäter"</a></li>
                    <li><a href=format!("/enkater/{id}")>{title}</a></li>
                    <li aria-current="page">"Klistra in flera svar"</li>
                </ol>
            </nav>
            <PageHead title="Klistra in flera svar" sub="Du får se hur tabellen läses innan något sparas."/>
            <div class="stack loose">
                {problem.map(|text| view! { <div class="notice late" role="alert"><p>{text}</p></div> })}
                {heard}
                {preview}
                {refused.map(|text| view! { <div class="notice late" role="alert" id="fel" tabindex="-1" autofocus><p>{text}</p></div> })}
                <Upload id state text again/>
                {is_new.then(|| view! { <Mall version/> })}
            </div>
        }
        .into_any())
    })
}

/// The form for the table. After a preview it holds the table, to be mended and looked at again.
#[component]
fn Upload(id: EnkatId, state: FormState, text: String, again: bool) -> impl IntoView {
    let heading = if again { "Ändra i tabellen" } else { "Tabellen" };
    let wrong = state.error("file").is_some() || state.error(FIELD).is_some();
    view! {
        <section class="stack tight">
            <h2>{heading}</h2>
            <form class="form" method="post" action=action_of(id) enctype="multipart/form-data">
                {wrong.then(|| view! { <ErrorSummary state=state.clone()/> })}
                <FileField state=state.clone() help=format!("xlsx eller CSV, högst {ROWS_MAX} rader.")/>
                <div data-unkept="">
                    <TextArea
                        state
                        name=FIELD
                        label="Eller klistra in från Excel"
                        value=text
                        rows=8
                        help="Markera tabellen med rubrikraden i Excel, kopiera, och klistra in här. Ta inte med namn, nummer eller annat som leder till en person."
                    />
                </div>
                <div class="form-actions">
                    <button class=if again { "button secondary" } else { "button" }>"Förhandsgranska"</button>
                    <a class="button quiet" href=format!("/enkater/{id}")>"Avbryt"</a>
                </div>
            </form>
        </section>
    }
}

/// A table to begin with: the questions as heads, and what is written under them.
#[component]
fn Mall(version: Version) -> impl IntoView {
    let heads = version.questions.list.iter().map(|fraga| (fraga.text.clone(), allowed(fraga)));
    let kon = version.questions.kon.then(|| {
        let words = Kon::ALL.map(Kon::label).join(", ");
        ("Kön".to_owned(), words)
    });
    let dag = ("Dag".to_owned(), "Frivillig. Bara månaden eller veckan sparas.".to_owned());
    let rows = heads
        .chain(kon)
        .chain([dag])
        .map(|(head, words)| view! { <tr><th scope="row">{head}</th> <td>{words}</td></tr> })
        .collect_view();
    view! {
        <section class="stack tight">
            <h2>"Så ser tabellen ut"</h2>
            <p>
                "En rad för varje svar och en kolumn för varje fråga, i vilken ordning som helst. Lämna cellen tom där frågan inte är besvarad. Svaren blandas när de sparas, så att ingen ordning finns kvar."
            </p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Kolumnerna">
                <table class="table">
                    <thead><tr><th scope="col">"Rubrik"</th> <th scope="col">"Det som står under den"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn allowed(fraga: &Fraga) -> String {
    let words = if fraga.is_choice() {
        fraga.choices().join(", ")
    } else {
        "Text utan namn och andra uppgifter om personer".to_owned()
    };
    if fraga.required { format!("{words}. Måste besvaras.") } else { words }
}

/// How the table is read, and the form that enters it.
#[component]
fn Preview(
    id: EnkatId,
    found: Enkat,
    version: Version,
    table: Tabell,
    text: String,
    state: FormState,
    remembers: bool,
) -> impl IntoView {
    let (whole, n) = (table.is_whole(), table.read().len());
    let utfall = state.value_of(UTFALL).unwrap_or_default();
    let heading = match (whole, n) {
        (true, 1) => "1 svar kan läggas in".to_owned(),
        (true, n) => format!("{} svar kan läggas in", int(n)),
        (false, _) => "Inget är inlagt än. Något behöver rättas.".to_owned(),
    };
    let button = if n == 1 { "Lägg in 1 svar".to_owned() } else { format!("Lägg in {} svar", int(n)) };
    let seed = state.value_of(FRO).filter(|seed| seed.parse::<Uuid>().is_ok());
    let seed = seed.unwrap_or_else(|| Uuid::new_v4().to_string());
    let notes = table.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view();
    let has_notes = !table.notes.is_empty();
    let told = match utfall.as_str() {
        "samma" => Some("Samma tabell har redan lagts in. Inget är inlagt nu."),
        "titta" if whole => Some("Tabellen läses på ett annat sätt än du såg. Titta igen innan du lägger in den."),
        _ => None,
    };
    let columns = table.kolumner.iter().map(|kolumn| column(kolumn, &version, &table)).collect_view();
    let again = (utfall == "samma")
        .then(|| view! { <Checkbox state=state.clone() name=IGEN label="Lägg in den en gång till"/> });
    // the form is not one that came back with faults: what is wrong is said of the table as it is read
    let own = state.clone();
    let options = Lasning::ANSWERS.into_iter().map(|l| (l.code().to_owned(), l.label().to_owned()));
    let options = std::iter::once((String::new(), "Välj".to_owned())).chain(options).collect();
    let kon = table
        .kon_fragas
        .then(|| view! { <SelectField state=own.clone() name=KON label="Så läses kön" options conditional=true/> });
    let dag = (table.utan_dag > 0).then(|| {
        view! {
            <DateField
                state=state.clone()
                name=tabell::DAG
                label="Dag för rader utan dag"
                help="Dagen sparas inte, bara månaden eller veckan. Är fältet tomt gäller i dag."
            />
        }
    });
    let sett = table.seen();
    let (known, by) = (known_again(n, remembers), by_sentence(&found));
    view! {
        <section class="stack">
            <h2 id="resultat" tabindex="-1" autofocus>{heading}</h2>
            {told.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> })}
            {has_notes.then(|| view! { <div class="notice">{notes}</div> })}
            <Faults table=table.clone()/>
            {whole.then(|| view! { <Counts table=table.clone() version=version.clone()/> })}
            <form class="form" method="post" action=action_of(id) data-unkept="">
                <Hidden name=FIELD value=text/>
                <Hidden name=FRO value=seed/>
                <Hidden name=SETT value=sett/>
                <fieldset class="stack tight">
                    <legend>"Kolumnerna"</legend>
                    {columns}
                </fieldset>
                {kon} {dag} {again}
                {whole.then(|| view! { <p class="muted">{by}" "{known}</p> })}
                <div class="form-actions">
                    {whole.then(|| view! { <button class="button" name=STEG value=SPARA>{button}</button> })}
                    <button class=if whole { "button secondary" } else { "button" } name=STEG value="">
                        "Läs tabellen igen"
                    </button>
                </div>
            </form>
        </section>
    }
}

fn int(n: usize) -> String {
    format::int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Whether the table would be known if it came again.
fn known_again(n: usize, remembers: bool) -> String {
    if !remembers {
        "Servern har ingen nyckel, så det märks inte om samma tabell läggs in en gång till.".to_owned()
    } else if n < REMEMBERED_FROM {
        format!("Det märks inte om samma tabell läggs in en gång till, för den har färre än {REMEMBERED_FROM} svar.")
    } else {
        String::new()
    }
}

/// How they come to be shown, and whose they count as.
fn by_sentence(found: &Enkat) -> &'static str {
    if found.content.kanal == Kanal::Papper {
        "Svaren väntar på att visas som alla andra, minst fem åt gången. De kan tas tillbaka så länge de väntar."
    } else {
        "Svaren räknas som inmatade av dig. De väntar på att visas som alla andra, minst fem åt gången som minst tre \
         personer har matat in, och kan tas tillbaka så länge de väntar."
    }
}

/// A column, and what it is.
fn column(kolumn: &Kolumn, version: &Version, table: &Tabell) -> impl IntoView + use<> {
    let field = kolumn.field();
    let fault = table.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.clone());
    let described = fault.is_some().then(|| format!("{field}-fel"));
    let invalid = fault.is_some();
    let error_id = described.clone();
    let chosen = kolumn.roll.map(Roll::code).unwrap_or_default();
    let options = Roll::choices(version)
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    let filled =
        if kolumn.filled == 1 { "1 ifylld cell".to_owned() } else { format!("{} ifyllda celler", int(kolumn.filled)) };
    let label = format::capitalised(&kolumn.words());
    view! {
        <div class="field" class:invalid=invalid>
            <label for=field.clone()>{label} " " <span class="optional">{filled}</span></label>
            {fault.map(|text| view! { <p class="field-error" id=error_id>{text}</p> })}
            <select id=field.clone() name=field.clone() aria-invalid=invalid.then_some("true") aria-describedby=described>
                {options}
            </select>
        </div>
    }
}

/// Everything that has to be mended, in the order of the page and of the rows.
#[component]
fn Faults(table: Tabell) -> impl IntoView {
    if table.faults.is_empty() && table.cellfel.is_empty() {
        return None;
    }
    let columns = table.faults.iter().map(|fault| {
        let to = format!("#{}", fault.field);
        view! { <li><a href=to>{fault.message.clone()}</a></li> }.into_any()
    });
    let cells = table.cellfel.iter().map(|fault| view! { <li>{fault.message.clone()}</li> }.into_any());
    let all: Vec<_> = columns.chain(cells).collect();
    let more = all.len().saturating_sub(ERRORS_MAX);
    let listed = all.into_iter().take(ERRORS_MAX).collect_view();
    Some(view! {
        <div class="notice late" role="alert" id="fel">
            <p>"Rätta i Excel eller i tabellen nedan, eller välj vad kolumnerna är. Inget sparas förrän allt stämmer."</p>
            <ul>
                {listed}
                {(more > 0).then(|| view! { <li>{format!("och {} till", int(more))}</li> })}
            </ul>
        </div>
    })
}

/// What would be entered, counted.
#[component]
fn Counts(table: Tabell, version: Version) -> impl IntoView {
    let listed = |parts: Vec<(String, usize)>| {
        parts.into_iter().map(|(words, n)| format!("{words} {}", int(n))).collect::<Vec<_>>().join(", ")
    };
    let questions = version.questions.list.iter().map(|fraga| {
        let (mut parts, blank) = table.per_val(fraga);
        if blank > 0 {
            parts.push(("utan svar".to_owned(), blank));
        }
        (fraga.text.clone(), listed(parts))
    });
    let kon = version.questions.kon.then(|| {
        let words = |kon: Option<Kon>| kon.map_or("utan svar", Kon::plural).to_owned();
        ("Kön".to_owned(), listed(table.per_kon().into_iter().map(|(kon, n)| (words(kon), n)).collect()))
    });
    let time = listed(table.per_period().into_iter().map(|(period, n)| (format!("{}:", period.label()), n)).collect());
    let rows = questions
        .chain(kon)
        .chain([("Månad eller vecka".to_owned(), time)])
        .map(|(head, words)| view! { <dt>{head}</dt> <dd>{words}</dd> })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Så läses tabellen"</h2></div>
            <dl class="dl card-text">{rows}</dl>
        </section>
    }
}

/// Entered: how many, what was left out, when they are shown, and the way back.
#[component]
fn Saved(id: EnkatId, found: Enkat, waiting: i64, state: FormState) -> impl IntoView {
    let said = |name: &str| state.value_of(name).unwrap_or_default();
    let (n, seed, mark) = (said(ANTAL), said(FRO), said(MARKE));
    let left = Ctx::current().ok().and_then(|ctx| ctx.flash.submitted.clone()).map(|s| s.fields).unwrap_or_default();
    let notes =
        left.into_iter().filter(|(name, _)| name == NOT).map(|(_, note)| view! { <p>{note}</p> }).collect_view();
    let when = waiting_sentence(&found, waiting);
    view! {
        <section class="notice done stack tight" role="status" id="resultat" tabindex="-1" autofocus>
            <p><strong>{said_of(&n, &found.content.title)}</strong></p>
            {notes}
            {when.map(|text| view! { <p>{text}</p> })}
            <div class="cluster">
                <form method="post" action=action_of(id)>
                    <Hidden name=STEG value=ANGRA/>
                    <Hidden name=FRO value=seed/>
                    <Hidden name=ANTAL value=n/>
                    <Hidden name=MARKE value=mark/>
                    <button class="button quiet small">"Ångra"</button>
                </form>
                <a href=format!("/enkater/{id}")>"Till enkäten"</a>
            </div>
        </section>
    }
}

fn said_of(n: &str, title: &str) -> String {
    if n == "1" { format!("1 svar är inlagt i {title}.") } else { format!("{n} svar är inlagda i {title}.") }
}

/// Taken back, as far as it went.
#[component]
fn Undone(state: FormState) -> impl IntoView {
    let number = |name: &str| state.value_of(name).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    let text = match (number(ANTAL), number("kvar")) {
        (1, 0) => "1 svar är borttaget.".to_owned(),
        (gone, 0) => format!("{} svar är borttagna.", format::int(gone)),
        (0, _) => "Inget är borttaget. Svaren är redan räknade i resultatet eller borttagna.".to_owned(),
        (gone, left) => format!(
            "{} svar är borttagna. {} är redan räknade i resultatet och kan inte tas tillbaka.",
            format::int(gone),
            format::int(left)
        ),
    };
    view! { <p class="notice info" role="status" tabindex="-1" autofocus>{text}</p> }
}

/// The same form came again.
fn already() -> impl IntoView {
    view! {
        <p class="notice info" role="status" tabindex="-1" autofocus>
            "Tabellen har redan lagts in härifrån. Inget är inlagt en gång till. Vill du lägga in en annan tabell, klistra in den nedan."
        </p>
    }
}

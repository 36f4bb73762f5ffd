//! The parts of a page: heading, loading, what to say when there is nothing or something went wrong.

use domain::year::Year;
use leptos::{either::Either, prelude::*};

use super::{help::PageHelp, verbatim::PageTitle};
use crate::{error::AppError, place::Place};

/// Loads a page and shows it, or says why not. The server waits for it: the HTML is complete.
pub fn load<V, F>(page: F) -> impl IntoView
where
    V: IntoView + 'static,
    F: Future<Output = Result<V, AppError>> + Send + 'static,
{
    let page = Suspend::new(async move {
        match page.await {
            Ok(view) => Either::Left(view),
            Err(error) => Either::Right(view! { <Problem error/> }),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

/// Title of the tab, heading, a line under it and the actions at the right.
#[component]
pub fn PageHead(
    /// Heading; the tab says the same, but for `about`.
    #[prop(into)]
    title: String,
    /// A line under it.
    #[prop(into, optional)]
    sub: String,
    /// What the page is about, before the heading in the tab, where the heading does not name it.
    #[prop(into, optional)]
    about: String,
    /// Links and buttons at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tab = if about.is_empty() { title.clone() } else { format!("{about}: {title}") };
    view! {
        <PageTitle text=format!("{tab} – Kvalitetshjulet")/>
        <div class="page-head">
            <div>
                <h1>{title}</h1>
                {(!sub.is_empty()).then(|| view! { <p class="sub">{sub}</p> })}
            </div>
            {children.map(|c| view! { <div class="actions">{c()}</div> })}
            <PageHelp/>
        </div>
    }
}

/// What stands where a list is empty: what it means and what to do next.
#[component]
pub fn Empty(
    /// What it means.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    text: String,
    /// A link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|c| c())}
        </div>
    }
}

/// A pair of a `dl`: what it is called and what it is. Nothing where there is nothing to say.
#[component]
pub fn Fact(
    /// What it is called.
    label: &'static str,
    /// What it is; lines stay lines.
    value: String,
) -> impl IntoView {
    (!value.is_empty()).then(|| view! { <dt>{label}</dt> <dd class="prewrap">{value}</dd> })
}

/// The page when something went wrong: what happened and where to go.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response
            .set_status(http::StatusCode::from_u16(error.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
        if let Some(seconds) = error.retry_after() {
            response.insert_header(http::header::RETRY_AFTER, http::HeaderValue::from(seconds));
        }
    }
    let (title, what_now) = match &error {
        AppError::NotFound => ("Sidan finns inte", "Kontrollera adressen, eller gå till Att göra och leta därifrån."),
        AppError::Forbidden => (
            "Du har inte behörighet",
            "Det här hör till en annan enhet eller en annan roll. Be din chef eller administratör om du behöver det.",
        ),
        AppError::LoggedOut => ("Du är utloggad", "Logga in för att fortsätta."),
        AppError::Busy => ("Många just nu", ""),
        AppError::Unreached => ("Databasen svarar inte", ""),
        AppError::Unsure => ("Det är osäkert om det sparades", ""),
        _ => ("Något gick fel", "Ladda om sidan. Hör av dig till administratören om det inte hjälper."),
    };
    let (href, to) = match &error {
        AppError::LoggedOut => (islands::contract::LOG_IN, "Logga in"),
        // the same address again
        AppError::Busy | AppError::Unreached => ("", "Försök igen"),
        _ => ("/", "Till Att göra"),
    };
    let message = match &error {
        AppError::NotFound | AppError::Forbidden => String::new(),
        other => other.message(),
    };
    view! {
        <PageHead title/>
        <div class="notice warn">
            {(!message.is_empty()).then(|| view! { <p>{message}</p> })}
            {(!what_now.is_empty()).then(|| view! { <p>{what_now}</p> })}
            <p><a class="button secondary" href=href>{to}</a></p>
        </div>
    }
}

/// Steps between years.
#[component]
pub fn YearSwitch(
    /// Where the page stands.
    place: Place,
    /// Path of the page.
    path: &'static str,
) -> impl IntoView {
    // there is no page of the year after the last one
    let step = |year: i32, label: &str| {
        let year = Year::try_from(year).ok()?.to_string();
        let label = format!("{label}, {year}");
        Some(view! { <a href=place.with(path, &[("ar", &year)]) aria-label=label>{year.clone()}</a> })
    };
    view! {
        <nav class="segmented" aria-label="År">
            {step(place.year - 1, "Året före")}
            <a href=place.with(path, &[]) aria-current="true">{place.year}</a>
            {step(place.year + 1, "Året efter")}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// What a sentence asks for, as it begins.
    const ASKS: [&str; 15] = [
        "Lägg ",
        "lägg till",
        "Läs in",
        "Skriv ",
        "Rapportera",
        "Bifoga",
        "Ta bort",
        "Välj ",
        "Pröva ",
        "Prova ",
        "Rensa",
        "Gör en",
        "Töm ",
        "töm ",
        "har valt",
    ];

    fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }

    /// The texts in quotes of a piece of source.
    fn quoted(text: &str) -> String {
        text.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_empty_list_that_says_what_to_do_has_the_button_for_it() {
        let mut all = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let (mut seen, mut faults) = (0, Vec::new());
        for (file, text) in all.iter().filter(|(file, _)| !file.ends_with("components/page.rs")) {
            for (at, _) in text.match_indices("<Empty") {
                seen += 1;
                let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
                if !text[at..end].ends_with("/>") {
                    continue;
                }
                // a text that has a name of its own stands just before
                let named = text[at..end].contains(" text/>") || text[at..end].contains("text=nothing");
                let from = if named { text[..at].rmatch_indices('\n').nth(8).map_or(0, |(line, _)| line) } else { at };
                let said = quoted(&text[from..end]);
                if let Some(asks) = ASKS.iter().find(|asks| said.contains(**asks)) {
                    faults.push(format!("{file}: “{asks}” in {said}"));
                }
            }
        }
        assert!(seen > 20, "{seen}");
        assert!(faults.is_empty(), "give these a link or a button to what they speak of: {faults:#?}");
    }
}

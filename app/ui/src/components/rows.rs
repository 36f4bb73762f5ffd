//! The rows of items that Att göra, the lists and the panel beside the wheel share: mark, what, who, and the actions that
//! the person may take. Written as text; see [`super::html`].

use chrono::{Datelike, NaiveDate};
use domain::{
    area::{Asks, By, Finding, Ticked, Told},
    format,
    occurrence::{Item, State, Status, When, together},
    schedule::Level,
};
use leptos::{prelude::*, server_fn::ServerFn, tachys::html::InertElement};

use super::{
    FormState,
    html::{escaped, put},
    status_mark::mark,
    tick::TickForm,
};
use crate::forekomst::api::MarkOccurrenceDone;

/// A list of rows.
#[component]
pub fn ItemRows(
    /// What they are about.
    items: Vec<Item>,
    /// Today.
    today: NaiveDate,
    /// A narrow panel: no column for who.
    #[prop(optional)]
    compact: bool,
    /// Several units in one list: says which.
    #[prop(optional)]
    with_unit: bool,
) -> impl IntoView {
    if items.is_empty() {
        return view! { <p class="card-text">"Inga tillfällen."</p> }.into_any();
    }
    let mut out = String::with_capacity(items.len() * 1_100);
    for item in &items {
        row(&mut out, item, today, compact, with_unit, "");
    }
    view! { <ul class=if compact { "rows compact" } else { "rows" } inner_html=out></ul> }.into_any()
}

/// A row. `boxes`: what marks it among others, before what is done with it alone.
pub(super) fn row(out: &mut String, item: &Item, today: NaiveDate, compact: bool, with_unit: bool, boxes: &str) {
    let status = item.status(today);
    let id = item.occurrence.id;
    let open = item.occurrence.state.is_open() && item.may_tick;
    let (title, said) = (escaped(&item.title), spoken(item, today, with_unit));
    let name = escaped(&said);
    let link = named(&item.title, &spoken_link(item, today, with_unit));
    let late = if status == Status::Forsenad { " late" } else { "" };
    put(out, format_args!(r#"<li id="rad-{id}" class="row">"#));
    mark(out, status, item.category);
    put(
        out,
        format_args!(
            r#"<div class="row-text"><a href="{}"{link} class="row-title">{title}</a><p class="row-meta{late}">{}"#,
            item.href(),
            escaped(&if compact { short_meta(item, today) } else { meta(item, today) })
        ),
    );
    if with_unit {
        put(out, format_args!(" · {}", escaped(&item.node_name)));
    }
    out.push_str("</p></div>");
    if !compact {
        put(out, format_args!(r#"<div class="row-who">{}</div>"#, escaped(&item.responsible_label)));
    }
    put(out, format_args!(r#"<div class="row-actions">{boxes}"#));
    if open {
        quick_tick(out, item, today, &said, false);
    } else if !item.is_tillfalle() {
        let href = item.href();
        put(
            out,
            format_args!(r#"<a href="{href}" aria-label="Öppna: {name}" class="button secondary small">Öppna</a>"#),
        );
    }
    // a result in figures has a page of its own: a form in each row would be most of the page
    let planned = item.occurrence.state == State::Planerad && item.asks() == Asks::Nothing;
    if open && !compact && planned && matches!(item.kind().finding, Finding::Offered(_)) {
        put(
            out,
            format_args!(
                r#"<a href="/forekomster/{id}#resultat" aria-label="Med resultat: {name}" class="button secondary small">Med resultat</a>"#
            ),
        );
    }
    out.push_str("</div>");
    if open && !compact && item.kind().finding.is_demanded() {
        out.push_str(&deviation(item.clone(), today, &said).to_html());
    }
    out.push_str("</li>");
}

/// What the buttons of a row are named after: no two rows of a list have the same.
fn spoken(item: &Item, today: NaiveDate, with_unit: bool) -> String {
    let level = item.level.filter(|level| *level != Level::Uppfoljning).map(|level| level.label().to_lowercase());
    let unit = with_unit.then(|| item.node_name.clone());
    let moved = item.moved_from().map(|from| format!("flyttad från {}", from.label()));
    [Some(item.name(today)), moved, level, unit].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the link of a row is read out as: its title, and what tells it from the others of a list to those who see the line
/// below it. An åtgärd and its follow-up, which have no time of their own beside the title, say their last day.
fn spoken_link(item: &Item, today: NaiveDate, with_unit: bool) -> String {
    let follow_up = item.level.filter(|level| *level == Level::Uppfoljning).map(|level| level.label().to_lowercase());
    let last_day = (item.kind().told == Told::LastDay).then(|| {
        let due = item.occurrence.due;
        let day = if due.year() == today.year() { format::day_month(due) } else { format::date(due) };
        format!("senast {day}")
    });
    [Some(spoken(item, today, with_unit)), follow_up, last_day].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The name of something whose visible text says less, as an attribute. It holds that text (WCAG 2.5.3).
pub(super) fn named(visible: &str, name: &str) -> String {
    if visible == name { String::new() } else { format!(r#" aria-label="{}""#, escaped(name)) }
}

/// What deviated, in the row: open when it comes back with something to mend.
fn deviation(item: Item, today: NaiveDate, name: &str) -> impl IntoView + use<> {
    let of = format!(": {name}");
    let id = item.occurrence.id.to_string();
    let state = FormState::nested(MarkOccurrenceDone::PATH, Some(("id", &id)));
    let is_back = state.is_back();
    view! {
        <details class="row-more" open=is_back>
            // read out as what is seen on it, which is another word when it is open
            <summary class="button secondary small">
                <span class="when-closed">"Avvikelse"</span>
                <span class="when-open">"Avbryt"</span>
                <span class="visually-hidden">{of}</span>
            </summary>
            <TickForm item today state heading="Vad avvek?" figures=vec![] deviation=true/>
        </details>
    }
}

/// The one-click button. It says what it records. Where one click is not enough it is a link to where the rest is: a
/// control that has been begun, and the follow-up of an åtgärd.
#[component]
pub fn QuickTick(
    item: Item,
    /// Today.
    today: NaiveDate,
    /// On the page of the tillfälle itself: a begun one is ticked off here.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    let mut out = String::new();
    quick_tick(&mut out, &item, today, &spoken(&item, today, false), here);
    InertElement::new(out)
}

fn quick_tick(out: &mut String, item: &Item, today: NaiveDate, name: &str, here: bool) {
    let name = escaped(name);
    let elsewhere = if item.level == Some(Level::Uppfoljning) {
        Some((format!("{}#uppfoljning", item.source_href()), "Följ upp".to_owned()))
    } else if matches!(item.kind().ticked, Ticked::OnThing { .. }) {
        Some((item.source_href(), item.show_source()))
    } else {
        (item.goes_on_its_page() && !here).then(|| (item.href(), "Fortsätt".to_owned()))
    };
    if let Some((href, word)) = elsewhere {
        let link = format_args!(r#"<a href="{href}" aria-label="{word}: {name}" class="button small">{word}</a>"#);
        return put(out, link);
    }
    // what means something is offered first; on its own page a run has a card of its own
    let asked = item.asked_at().filter(|_| !(here && item.asks() == Asks::Run));
    let ahead = item.is_ahead(today);
    if let Some(href) = asked {
        let (word, second) = (item.asks().word(), if ahead { " secondary" } else { "" });
        put(
            out,
            format_args!(r#"<a href="{href}" aria-label="{word}: {name}" class="button{second} small">{word}</a>"#),
        );
    }
    let second = if item.asks() == Asks::Nothing { "" } else { " secondary" };
    let outcome = together::one_click(item.area).outcome;
    // what it records
    let word = item.kind().click;
    let (id, version, path) = (item.occurrence.id, item.occurrence.version, MarkOccurrenceDone::PATH);
    let fields = format!(
        r#"<form method="post" action="{path}"><input type="hidden" name="id" value="{id}"><input type="hidden" name="version" value="{version}"><input type="hidden" name="form[outcome]" value="{outcome}">"#
    );
    if ahead {
        // most clicks on what has not begun are slips: it asks in words of its own, also without a script
        let question = item.ahead_question(today);
        put(
            out,
            format_args!(
                r#"<details class="ahead"><summary aria-label="{word} i förväg: {name}" class="button secondary small">{word} i förväg</summary>{fields}<input type="hidden" name="form[ahead]" value="on"><p>{}</p><button aria-label="Ja, {}: {name}" class="button small">Ja, {}</button></form></details>"#,
                escaped(&question),
                word.to_lowercase(),
                word.to_lowercase(),
            ),
        );
    } else {
        put(
            out,
            format_args!(
                r#"{fields}<button data-mark aria-label="{word}: {name}" class="button{second} small">{word}</button></form>"#
            ),
        );
    }
}

/// Kind, time, rhythm and state of an item in a line.
#[must_use]
pub fn meta(item: &Item, today: NaiveDate) -> String {
    let mut parts = vec![item.what().to_owned()];
    let occurrence = &item.occurrence;
    let status = item.status(today);
    // what is late says it in its own words, and what is to be done within a period its last day
    let time = item.time().filter(|time| {
        let within = item.goes_by_day() && time.week().is_none() && !time.is_month();
        let last_day = within && occurrence.start != occurrence.due && occurrence.state.is_open();
        status != Status::Forsenad && !last_day
    });
    parts.extend(time.map(|time| time.seen_from(today.year())));
    match status {
        // its countdown says it all
        Status::Forsenad if item.kind().told == Told::Countdown => parts.push(item.rhythm.clone()),
        Status::Forsenad => parts.push(late_words(item, today)),
        Status::Utford | Status::Avvikelse => {
            if let Some(day) = occurrence.performed_on {
                parts.push(format!("utförd {}", format::day_month(day)));
            }
            let result = item.result_label();
            if !result.is_empty() {
                parts.push(result);
            }
        }
        Status::EjUtford => parts.push("ej utförd".to_owned()),
        Status::Planerad | Status::Pagar => match (item.kind().by, item.kind().told) {
            (By::Day, Told::Span) if time.is_some() => {}
            (By::Day, Told::Span | Told::LastDay) => {
                parts.push(format!("senast {}", format::day_month(occurrence.due)));
            }
            (By::Month, Told::Span | Told::LastDay) | (_, Told::Countdown) => parts.push(item.rhythm.clone()),
        },
    }
    if let Some(from) = item.moved_from() {
        parts.push(format!("flyttad från {}", from.label()));
    }
    parts.join(" · ")
}

fn late_words(item: &Item, today: NaiveDate) -> String {
    let due = item.occurrence.due;
    let year = if due.year() == today.year() { String::new() } else { format!(" {}", due.year()) };
    if item.time().is_some_and(When::is_day) {
        format!("skulle varit klar {}", item.occurrence.when().seen_from(today.year()))
    } else if item.goes_by_day() && item.week().is_none() && !item.time().is_some_and(When::is_month) {
        format!("skulle varit klar {}{year}", format::day_month(due))
    } else {
        format!("skulle varit klar {}", item.occurrence.when().during(today.year()))
    }
}

/// The same for a narrow panel beside the year: state and who, no more.
fn short_meta(item: &Item, today: NaiveDate) -> String {
    let occurrence = &item.occurrence;
    let time = item.week_or_day().map(When::label);
    let month = || format::month_name(occurrence.month()).to_owned();
    let status = item.status(today);
    let when = match status {
        Status::Forsenad => format!("försenad från {}", time.clone().unwrap_or_else(month)),
        Status::Utford | Status::Avvikelse => {
            let day = occurrence.performed_on.map(format::day_month).unwrap_or_default();
            let found = item.deviation(today).map(|found| format!(", {found}")).unwrap_or_default();
            format!("utförd {day}{found}")
        }
        Status::EjUtford => "ej utförd".to_owned(),
        Status::Planerad | Status::Pagar if item.kind().told == Told::Countdown => item.rhythm.clone(),
        Status::Planerad | Status::Pagar if item.goes_by_day() && item.week().is_none() => {
            time.clone().unwrap_or_else(|| format::day_month(occurrence.due))
        }
        Status::Planerad | Status::Pagar => item.what().to_lowercase(),
    };
    // a late one has said it
    let time = time.filter(|time| status != Status::Forsenad && *time != when).unwrap_or_default();
    let parts = [format::capitalised(&when), time, item.responsible_label.clone()];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use domain::{occurrence::State, permission::Area, schedule::Category};

    use super::*;

    fn item(area: Area, title: &str, may_tick: bool) -> Item {
        let day = |d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap();
        let mut item = Item {
            title: title.into(),
            rhythm: "varje månad".into(),
            responsible_label: "Ledningsgrupp & chef".into(),
            node_name: "Enhet <1>".into(),
            may_tick,
            ..Item::example((area, Category::Egenkontroll), 7, (day(1), day(31)))
        };
        (item.source, item.occurrence.version) = (uuid::Uuid::nil(), 3);
        item
    }

    fn drawn(item: Item, compact: bool, with_unit: bool) -> String {
        let mut out = String::new();
        row(&mut out, &item, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), compact, with_unit, "");
        out
    }

    #[test]
    fn the_row_of_an_enkat_leads_to_it_and_has_no_button_that_ticks_it_off() {
        let html = drawn(item(Area::Enkat, "Samtal per telefon", true), false, false);
        assert!(
            html.contains(r#"<a href="/enkater/00000000-0000-0000-0000-000000000000" aria-label="Visa enkäten: "#),
            "{html}"
        );
        assert!(html.contains(">Brukarenkät · "), "{html}");
        assert!(!html.contains("<form") && !html.contains("#resultat") && !html.contains("kontrollen"), "{html}");
    }

    #[test]
    fn a_row_says_what_it_is_and_offers_what_the_person_may() {
        let html = drawn(item(Area::Egenkontroll, "Dokumentation", true), false, false);
        assert!(html.contains(r#"<p class="row-meta late">Egenkontroll · skulle varit klar i oktober</p>"#), "{html}");
        assert!(html.contains(r#"<div class="row-who">Ledningsgrupp &amp; chef</div>"#), "{html}");
        assert!(
            html.contains(r#"name="version" value="3""#)
                && html.contains(r#"aria-label="Utförd: Dokumentation, oktober""#)
        );
        assert!(html.contains("#resultat\" aria-label=\"Med resultat: Dokumentation, oktober\""), "{html}");
        let others = drawn(item(Area::Egenkontroll, "Dokumentation", false), false, false);
        assert!(!others.contains("<form") && !others.contains("#resultat"), "{others}");
        let narrow = drawn(item(Area::Egenkontroll, "Dokumentation", true), true, false);
        assert!(narrow.contains("Försenad från oktober · Ledningsgrupp &amp; chef</p>"), "{narrow}");
        assert!(!narrow.contains("row-who") && !narrow.contains("#resultat"), "{narrow}");
    }

    #[test]
    fn what_means_something_is_offered_first_and_the_tick_alone_second() {
        let mut draws = item(Area::Egenkontroll, "Dokumentation", true);
        draws.draws = true;
        for compact in [false, true] {
            let html = drawn(draws.clone(), compact, false);
            let first = html.find(r#"aria-label="Genomför: Dokumentation, oktober" class="button small""#);
            let second = html.find(r#"aria-label="Utförd: Dokumentation, oktober" class="button secondary small""#);
            assert!(first.is_some() && first < second, "{html}");
            assert!(html.contains("/genomforanden/ny?tillfalle=") && !html.contains("Med resultat"), "{html}");
        }
        let mut here = String::new();
        quick_tick(&mut here, &draws, draws.occurrence.due, "Dokumentation", true);
        assert!(
            !here.contains("Genomför") && here.contains("button secondary small"),
            "its page has a card for it: {here}"
        );
        let mut counts = item(Area::Internkontroll, "Attest", true);
        counts.counts = true;
        let owner = Owner::new();
        let html = owner.with(|| drawn(counts.clone(), false, false));
        let (first, second) =
            (html.find("Fyll i siffran: Attest, oktober"), html.find("Ingen avvikelse: Attest, oktober"));
        assert!(first.is_some() && first < second && html.contains("#resultat"), "{html}");
        counts.may_tick = false;
        assert!(!owner.with(|| drawn(counts, false, false)).contains("siffran"));
        // what has not begun is asked about first
        let mut ahead = String::new();
        quick_tick(&mut ahead, &draws, NaiveDate::from_ymd_opt(2026, 9, 30).unwrap(), "Dokumentation", false);
        assert!(ahead.contains(r#"class="button secondary small">Genomför"#), "{ahead}");
    }

    #[test]
    fn a_weekly_row_says_its_week_in_the_line_and_in_the_name_of_every_button() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let (week, today) = ("v. 47, 16–22 november", day(11, 23));
        let mut weekly = item(Area::Egenkontroll, "Läkemedelsskåp", true);
        weekly.rhythm = "varannan vecka".into();
        weekly.recurrence = Some(domain::recurrence::Recurrence::EverySecondWeek);
        (weekly.occurrence.start, weekly.occurrence.due) = (day(11, 16), day(11, 22));
        let mut all = vec![weekly.clone(), Item { area: Area::Aktivitet, ..weekly.clone() }];
        all.push(Item { area: Area::Internkontroll, ..weekly.clone() });
        for state in [State::Utford, State::EjUtford, State::Pagar] {
            let mut other = weekly.clone();
            other.occurrence.state = state;
            all.push(other);
        }
        let owner = Owner::new();
        for item in all {
            for (compact, today) in [(false, today), (true, today), (false, day(12, 1)), (true, day(12, 1))] {
                let mut html = String::new();
                owner.with(|| row(&mut html, &item, today, compact, false, ""));
                let (_, line) = html.split_once("row-meta").unwrap();
                assert!(line.split_once("</p>").unwrap().0.contains(week), "{html}");
                for name in html.split("aria-label=\"").skip(1).filter_map(|l| l.split_once('"')).map(|(name, _)| name)
                {
                    assert!(!name.contains("Läkemedelsskåp") || name.ends_with(week), "{name}");
                }
            }
        }
        // moved away, it says from which week
        (weekly.occurrence.start, weekly.occurrence.due) = (day(11, 23), day(11, 29));
        weekly.occurrence.moved_from = Some(day(11, 22));
        assert!(
            meta(&weekly, today)
                .ends_with("v. 48, 23–29 november · varannan vecka · flyttad från v. 47, 16–22 november")
        );
    }

    #[test]
    fn every_row_says_its_time_and_no_two_of_its_buttons_have_the_same_name() {
        let (owner, day) = (Owner::new(), |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap());
        let mut names = std::collections::BTreeSet::new();
        let mut buttons = 0;
        for area in [Area::Egenkontroll, Area::Internkontroll, Area::Aktivitet] {
            for (month, last, said) in [(10, 31, "oktober"), (11, 30, "november"), (12, 31, "december")] {
                let mut item = item(area, area.label(), true);
                (item.occurrence.start, item.occurrence.due) = (day(month, 1), day(month, last));
                for state in [State::Planerad, State::Utford, State::EjUtford] {
                    item.occurrence.state = state;
                    item.occurrence.performed_on = Some(day(11, 3));
                    assert!(meta(&item, day(11, 23)).contains(said), "{}", meta(&item, day(11, 23)));
                }
                item.occurrence.state = State::Planerad;
                let html = owner.with(|| drawn(item, false, true));
                let spoken =
                    html.split("aria-label=\"").skip(1).filter_map(|l| l.split_once('"')).map(|(name, _)| name);
                // the mark has the word of its status; all else is pressed
                for name in spoken.filter(|name| name.contains(said)) {
                    buttons += 1;
                    assert!(names.insert(name.to_owned()), "{name}");
                }
                let deviates = html.matches(&format!(r#"class="visually-hidden">: {}, {said}"#, area.label())).count();
                assert_eq!(deviates, usize::from(area == Area::Internkontroll), "{html}");
            }
        }
        // a link and a button of each row, "Med resultat" of three, and of what is ahead its question apart from the answer
        assert_eq!((names.len(), buttons), (24, 24), "{names:?}");
        let mut party = item(Area::Aktivitet, "Planeringsdag", true);
        (party.occurrence.start, party.occurrence.due) = (day(12, 3), day(12, 3));
        assert!(meta(&party, day(11, 23)).ends_with(" · 3 december"), "{}", meta(&party, day(11, 23)));
        party.occurrence.start = day(11, 3);
        assert!(meta(&party, day(11, 23)).ends_with(" · senast 3 december"), "{}", meta(&party, day(11, 23)));
    }

    #[test]
    fn the_link_of_a_row_is_read_out_with_its_time_and_is_seen_with_its_title_alone() {
        let html = drawn(item(Area::Egenkontroll, "Dokumentation & mål", true), false, true);
        let link = r#" aria-label="Dokumentation &amp; mål, oktober, Enhet &lt;1&gt;" class="row-title">Dokumentation &amp; mål</a>"#;
        assert!(html.contains(link), "{html}");
        // an åtgärd and its follow-up lead to two pages
        let mut atgard = item(Area::Atgard, "Ny rutin", true);
        let name = |item: &Item| spoken_link(item, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), false);
        assert_eq!(name(&atgard), "Ny rutin, senast 31 oktober");
        atgard.level = Some(Level::Uppfoljning);
        assert_eq!(name(&atgard), "Ny rutin, uppföljning av effekt, senast 31 oktober");
        // what a case waits for has its number, and is alone of its kind
        assert!(
            drawn(item(Area::Avvikelse, "Bedöm 2026-014", false), false, false).contains(r#"" class="row-title">"#)
        );
        assert_eq!(named("Bedöm 2026-014", "Bedöm 2026-014"), "");
    }

    #[test]
    fn a_tick_in_advance_asks_in_words_of_its_own() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let october = item(Area::Egenkontroll, "Dokumentation", true);
        let html = |today| {
            let mut out = String::new();
            quick_tick(&mut out, &october, today, &spoken(&october, today, false), false);
            out
        };
        let early = html(day(9, 30));
        assert!(early.contains("<summary aria-label=\"Utförd i förväg: Dokumentation, oktober\""), "{early}");
        assert!(early.contains("<p>Det är inte oktober än. Är detta redan gjort?</p>"), "{early}");
        assert!(early.contains(r#"name="form[ahead]" value="on""#), "{early}");
        assert!(!html(day(10, 1)).contains("ahead"), "{}", html(day(10, 1)));
        let yet = html(NaiveDate::from_ymd_opt(2025, 12, 1).unwrap());
        assert!(yet.contains("Det är inte oktober 2026 än."), "{yet}");
    }

    #[test]
    fn what_takes_more_than_a_click_is_a_link_to_the_rest() {
        let mut begun = item(Area::Egenkontroll, "Dokumentation", true);
        begun.occurrence.state = State::Pagar;
        let html = drawn(begun.clone(), false, false);
        assert!(html.contains(r#"aria-label="Fortsätt: Dokumentation, oktober""#) && !html.contains("<form"), "{html}");
        assert!(!html.contains("#resultat"), "{html}");
        let mut here = String::new();
        quick_tick(&mut here, &begun, begun.occurrence.due, "Dokumentation", true);
        assert!(here.contains("<form"), "on its own page it is ticked off: {here}");
        let mut follow_up = item(Area::Atgard, "Ny rutin", true);
        follow_up.level = Some(Level::Uppfoljning);
        let html = drawn(follow_up, false, false);
        assert!(html.contains(r#"#uppfoljning" aria-label="Följ upp: Ny rutin""#) && !html.contains("<form"), "{html}");
    }

    #[test]
    fn a_text_cannot_break_out_of_its_row() {
        let html = drawn(item(Area::Aktivitet, r#""><script>alert('x')</script>&"#, true), false, true);
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"), "{html}");
        assert!(html.contains(" · Enhet &lt;1&gt;</p>"), "{html}");
    }

    #[test]
    fn a_deviation_is_written_in_the_row_of_an_internkontroll() {
        let owner = Owner::new();
        let html = owner.with(|| drawn(item(Area::Internkontroll, "Attest", true), false, false));
        assert!(
            html.contains(r#"class="visually-hidden">: Attest, oktober<"#) && html.contains("Spara avvikelse"),
            "{html}"
        );
        assert!(html.contains(r#"value="ingen_avvikelse""#), "{html}");
    }
}

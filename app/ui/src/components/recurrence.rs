//! The fields of when and who, shared by all forms that lay something on the year.

use chrono::NaiveDate;
use domain::{
    counted::PlanYear,
    field::Checker,
    format,
    occurrence::When,
    permission::Area,
    recurrence::{
        NTH, Recurrence, WEEKS_MAX, every,
        form::{Fields, ON_A_DAY, Of, SHOWN, Timing},
        weekday_code, weeks,
    },
};
use leptos::prelude::*;

use super::{ChoiceField, Counted, DateField, FormState, MonthPicker, SelectField, TextField};

const WEEKDAYS: [chrono::Weekday; 7] = [
    chrono::Weekday::Mon,
    chrono::Weekday::Tue,
    chrono::Weekday::Wed,
    chrono::Weekday::Thu,
    chrono::Weekday::Fri,
    chrono::Weekday::Sat,
    chrono::Weekday::Sun,
];

/// How often, on which days, at what hours, and between which days; and what all of it gives, said back. What a choice needs
/// beside it shows when it is chosen; that is done in CSS (`.needs-months` and its like) and so works without script.
#[component]
pub fn RecurrenceFields(
    /// The form.
    state: FormState,
    /// What is stored.
    when: Fields,
    /// The year it is planned for.
    year: i32,
    /// Today.
    today: NaiveDate,
    /// Whose time it is; an activity's may also be a single day or period.
    area: Area,
    /// When it is, of one that stands already.
    stored: Option<Timing>,
    /// From when it is counted, where that is chosen.
    counted: Option<Counted>,
) -> impl IntoView {
    let once = Of::area(area) == Of::Activity;
    let first = if once { ("en_gang", "En gång") } else { ("", "Välj") };
    let own = |(code, label): (&str, &str)| (code.to_owned(), label.to_owned());
    let kinds = std::iter::once(first).chain(Recurrence::KINDS).chain(ON_A_DAY).map(own).collect();
    let (start_label, end_label) = if once { ("Dag eller första dag", "Sista dag") } else { ("Start", "Slut") };
    let start_help = if once {
        "Återkommer den hamnar varje gång på samma dag. Lämna tomt om den kan göras när som helst."
    } else {
        ""
    };
    let nth = (1..).zip(NTH).map(|(n, word): (u32, _)| (n.to_string(), format::capitalised(word)));
    let nth = std::iter::once((String::new(), "Välj".to_owned())).chain(nth);
    let nth = nth.chain([("sista".to_owned(), "Sista".to_owned())]).collect();
    let weekday = WEEKDAYS.map(|day| (weekday_code(day), format::weekday_name(day)));
    let weekday_options = std::iter::once((String::new(), "Välj".to_owned())).chain(weekday.map(own)).collect();
    let dates = (1..=31).map(|n: u32| (n.to_string(), if n == 31 { "Sista dagen".to_owned() } else { n.to_string() }));
    let dates = std::iter::once((String::new(), "Välj".to_owned())).chain(dates).collect();
    let weeks = (1..=WEEKS_MAX).map(|n| (n.to_string(), format::capitalised(&format!("{} vecka", every(n))))).collect();
    let preview = {
        let counted_from = counted.and_then(|counted| counted.sent(&state, year, today));
        preview(&state, &when, stored.as_ref(), area, PlanYear { year, counted_from }, today)
    };
    let class = if once { "recurrence-fields has-once" } else { "recurrence-fields" };
    view! {
        <div class=class>
            <SelectField state=state.clone() name="recurrence" label="Hur ofta" options=kinds value=when.kind required=true/>
            <div class="needs-weekdays">
                <SelectField state=state.clone() name="weeks" label="Vilka veckor" options=weeks value=when.weeks conditional=true/>
                <ChoiceField state=state.clone() name="weekdays" legend="Veckodagar" options=weekday.to_vec() value=when.weekdays multiple=true row=true/>
            </div>
            <div class="needs-weekday inline-fields">
                <SelectField state=state.clone() name="nth" label="Vilken i månaden" options=nth value=when.nth conditional=true/>
                <SelectField state=state.clone() name="weekday" label="Veckodag" options=weekday_options value=when.weekday conditional=true/>
            </div>
            <div class="needs-date">
                <SelectField state=state.clone() name="date" label="Datum i månaden" options=dates value=when.date conditional=true/>
            </div>
            <div class="needs-months">
                <MonthPicker
                    state=state.clone()
                    name="months"
                    label="Månader"
                    value=when.months
                    help="För en dag i månaden är tomt alla månader. För fyra per termin räcker det att lämna tomt: februari–maj och september–december."
                />
            </div>
            <div class="needs-every">
                <TextField state=state.clone() name="every" label="Antal månader mellan gångerna" value=when.every short=true inputmode="numeric"/>
            </div>
            <div class="inline-fields">
                <DateField state=state.clone() name="start" label=start_label value=when.start conditional=once help=start_help/>
                <DateField state=state.clone() name="end" label=end_label value=when.end/>
            </div>
            <div class="needs-day inline-fields">
                <TextField state=state.clone() name="from" label="Klockan från" value=when.from short=true help="Till exempel 13.00."/>
                <TextField state=state.clone() name="to" label="Klockan till" value=when.to short=true/>
            </div>
            {preview}
        </div>
    }
}

/// What the fields give, as they are stored or were sent: the rhythm in words, and its next days.
fn preview(
    state: &FormState,
    written: &Fields,
    stored: Option<&Timing>,
    area: Area,
    plan: PlanYear,
    today: NaiveDate,
) -> Option<impl IntoView + use<>> {
    let typed = |name: &str, stored: &str| state.value(name, stored);
    let fields = Fields {
        kind: typed("recurrence", &written.kind),
        months: state.values("months", &written.months),
        every: typed("every", &written.every),
        weeks: typed("weeks", &written.weeks),
        weekdays: state.values("weekdays", &written.weekdays),
        nth: typed("nth", &written.nth),
        weekday: typed("weekday", &written.weekday),
        date: typed("date", &written.date),
        start: typed("start", &written.start),
        end: typed("end", &written.end),
        from: typed("from", &written.from),
        to: typed("to", &written.to),
        shown: String::new(),
    };
    let mut check = Checker::default();
    let timing = fields.check(&mut check, plan.year, Of::area(area), stored);
    let timing = check.finish(timing).ok()?;
    let shown = state.is_shown();
    // where the page that it comes back to is scrolled
    let id = if shown { "fel".to_owned() } else { state.id(SHOWN) };
    Some(view! {
        <p class="notice" id=id tabindex=shown.then_some("-1") autofocus=shown>
            <strong>{format::capitalised(&timing.sentence())}</strong> " " {timing.next(area, plan, today)}
            {shown.then_some(" Inget är sparat än.")}
        </p>
    })
}

/// The buttons that end a form with [`RecurrenceFields`]: one saves it, one shows the days that it gives. The first is pressed
/// by Enter.
#[component]
pub fn SaveOrShow(
    /// The form.
    state: FormState,
    /// What saves it.
    save: &'static str,
) -> impl IntoView {
    let name = state.name(SHOWN);
    view! {
        <button class="button" name=name.clone() value="">{save}</button>
        <button class="button secondary" name=name value="ja">"Visa dagarna"</button>
    }
}

/// Choices for who, with "nobody yet" first.
#[must_use]
pub fn who_options(options: Vec<(String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Ingen vald än".to_owned())).chain(options).collect()
}

/// The weeks of a year with the day that each begins, for a choice of week.
#[must_use]
pub fn week_options(year: i32) -> Vec<(String, String)> {
    let weeks = weeks(year).into_iter().map(|w| (format::date(w.start), When::of(w.start, w.due).label()));
    std::iter::once((String::new(), "Välj vecka".to_owned())).chain(weeks).collect()
}

/// Month names with their numbers, for a choice of month.
#[must_use]
pub fn month_options() -> Vec<(String, String)> {
    std::iter::once((String::new(), "Välj månad".to_owned()))
        .chain((1..=12).map(|m: u32| (m.to_string(), format::capitalised(format::month_name(m)))))
        .collect()
}

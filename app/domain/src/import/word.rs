//! Word: how the cells of the units' tables are read, where they hold words and not what a form would send.

use chrono::Datelike;

use super::column::key;
use crate::{
    day::{Fits, read as read_day},
    format,
    hours::Hours,
    recurrence::{
        Months, Recurrence,
        form::{DATE, Fields, WEEKDAY, WEEKDAYS},
        spoken,
    },
    year::same_day,
};

fn chosen(kind: &str, months: Months) -> Fields {
    Fields { months: months.iter().map(|m| m.to_string()).collect(), ..Fields::named(kind) }
}

/// A fault: the field whose cell it is about, and the sentence.
pub(super) type Fault = (&'static str, String);

const WORDS: [(&str, &[&str]); 9] = [
    ("varje_manad", &["varje manad", "manad", "manadsvis", "manatligen", "manatlig", "en gang per manad"]),
    ("varje_vecka", &["varje vecka", "vecka", "veckovis", "en gang per vecka"]),
    ("varannan_vecka", &["varannan vecka", "var annan vecka", "var fjortonde dag"]),
    ("tertial", &["tertial", "varje tertial", "tertialvis", "en gang per tertial", "per tertial", "tre ganger per ar"]),
    (
        "kvartal",
        &["kvartal", "varje kvartal", "kvartalsvis", "en gang per kvartal", "per kvartal", "fyra ganger per ar"],
    ),
    ("halvar", &["halvar", "varje halvar", "halvarsvis", "en gang per halvar", "per halvar", "tva ganger per ar"]),
    ("ar", &["ar", "varje ar", "arligen", "arsvis", "en gang per ar", "per ar", "helar"]),
    ("fyra_per_termin", &["fyra per termin", "fyra ganger per termin"]),
    ("valda_manader", &["valda manader", "vissa manader", "utvalda manader", "se manader"]),
];

const ORDINALS: [&str; 11] =
    ["annan", "andra", "tredje", "fjarde", "femte", "sjatte", "sjunde", "attonde", "nionde", "tionde", "elfte"];

/// Reads how often from the words of one cell: "Varannan vecka", "Maj, oktober", "Två gånger per år". The sentence says what to write.
pub fn rhythm_of(text: &str) -> Result<Fields, String> {
    rhythm(text, "", Months::default()).map_err(|(_, sentence)| sentence)
}

/// Reads how often from its word, the months beside it and the marks of a table with a column for each month.
pub(super) fn rhythm(text: &str, months: &str, marked: Months) -> Result<Fields, Fault> {
    let (text, hours) = Hours::split(text);
    let read = without_hours(&text, months, marked)?;
    let (from, to) = Hours::fields(hours);
    Ok(Fields { from, to, ..read })
}

fn without_hours(text: &str, months: &str, marked: Months) -> Result<Fields, Fault> {
    let given = chosen_months(months).map_err(|message| ("months", message))?;
    let word = normalised(text);
    if word.is_empty() {
        return match (given.is_empty(), marked.is_empty()) {
            (false, _) => Ok(chosen("valda_manader", given)),
            (true, false) => Ok(chosen("valda_manader", marked)),
            (true, true) => Err(("recurrence", "Skriv hur ofta, till exempel varje månad.".to_owned())),
        };
    }
    let Some(rhythm) = known(&word).or_else(|| spoken(text).map(Fields::rhythm)) else {
        // the months themselves, in the column for how often
        return match chosen_months(text) {
            Ok(months) if !months.is_empty() && given.is_empty() => Ok(chosen("valda_manader", months)),
            Err(message) if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(',') => {
                Err(("recurrence", message))
            }
            _ => Err((
                "recurrence",
                format!(
                    "”{}” känns inte igen. Skriv till exempel varje månad, varje vecka, varannan tisdag, tredje onsdagen \
                     varje månad, sista arbetsdagen i månaden, tertial, kvartal, halvår, år eller valda månader.",
                    shortened(text, 60)
                ),
            )),
        };
    };
    with_months(rhythm, given, marked)
}

/// A rhythm together with the months that the file gives: they count before the months that the rhythm has by itself.
fn with_months(rhythm: Fields, given: Months, marked: Months) -> Result<Fields, Fault> {
    let kind = rhythm.kind.as_str();
    if kind == "valda_manader" {
        return match (given.is_empty(), marked.is_empty()) {
            (false, _) => Ok(chosen(kind, given)),
            (true, false) => Ok(chosen(kind, marked)),
            (true, true) => Err(("months", "Skriv månaderna, till exempel 4,8,12.".to_owned())),
        };
    }
    if given.is_empty() {
        return Ok(rhythm);
    }
    match kind {
        "fyra_per_termin" => Ok(chosen(kind, given)),
        // the months of a day of the month
        WEEKDAY | DATE | "forsta_arbetsdagen" | "sista_arbetsdagen" => {
            Ok(Fields { months: chosen(kind, given).months, ..rhythm })
        }
        "varje_vecka" | "varannan_vecka" | WEEKDAYS => Err((
            "months",
            "Töm cellen, eller skriv valda månader. En kontroll per vecka har inga valda månader.".to_owned(),
        )),
        _ => {
            let code = if kind == "var_n_manad" { format!("{kind}:{}", rhythm.every) } else { kind.to_owned() };
            let own = Recurrence::from_code(&code).and_then(|r| r.months(None, None));
            if own == Some(given) { Ok(rhythm) } else { Ok(chosen("valda_manader", given)) }
        }
    }
}

fn known(word: &str) -> Option<Fields> {
    if let Some((kind, _)) = WORDS.iter().find(|(kind, words)| words.contains(&word) || kind.replace('_', " ") == word)
    {
        return Some(Fields::named(kind));
    }
    if matches!(word, "en gang" | "engangskontroll") {
        return Some(Fields::named("en_gang"));
    }
    let middle = word.strip_prefix("var")?.trim_start().strip_suffix("manad")?.trim_end();
    let ordinal = ORDINALS.iter().position(|o| *o == middle).map(|i| i.max(1) + 1);
    let number = || {
        let digits: String = middle.chars().take_while(char::is_ascii_digit).collect();
        let rest = middle[digits.len()..].trim_start_matches(':');
        matches!(rest, "" | "e" | "a" | "de" | "te" | "dje").then(|| digits.parse::<usize>().ok()).flatten()
    };
    let every = ordinal.or_else(number)?;
    Some(Fields { every: every.to_string(), ..Fields::named("var_n_manad") })
}

/// A word as [`WORDS`] has it: folded, with counts and periods in one way of writing.
fn normalised(text: &str) -> String {
    let mut word = key(text).replace('_', " ");
    word.truncate(word.trim_end_matches(['.', ' ']).len());
    for (from, to) in [
        ("ggr", "ganger"),
        ("/", " per "),
        ("i manaden", "per manad"),
        ("i veckan", "per vecka"),
        ("om aret", "per ar"),
        ("i kvartalet", "per kvartal"),
    ] {
        word = word.replace(from, to);
    }
    let mut words: Vec<&str> = word.split_whitespace().collect();
    if words.len() > 1 {
        words[0] = match words[0] {
            "1" => "en",
            "2" => "tva",
            "3" => "tre",
            "4" => "fyra",
            other => other,
        };
        if words[0] == "en" && words[1] == "ganger" {
            words[1] = "gang";
        }
    }
    words.join(" ")
}

/// Reads months as numbers or names. The fault says which part is none.
fn chosen_months(text: &str) -> Result<Months, String> {
    let parts: Vec<String> = text
        .replace(" och ", ",")
        .replace('&', ",")
        .split([',', ';', '/', ' ', '\n'])
        .map(|p| p.trim().trim_end_matches('.').to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    // Excel takes 3,10 for a number and drops its last zero
    if let [first, last] = parts.as_slice()
        && last == "1"
        && first.parse::<u32>().is_ok()
    {
        return Err(format!(
            "Excel kan ha gjort om {first},10 till {first},1. Skriv månaderna med namn, som mars, oktober."
        ));
    }
    Months::parse(&parts.join(",")).map_err(|part| {
        format!("{} är ingen månad. Skriv månader som 4,8,12 eller april, augusti.", shortened(&part, 40))
    })
}

/// A date as the form takes it, moved to the year where that is asked for, and whether it lies outside the year.
pub(super) fn date(text: &str, year: i32, move_dates: bool) -> (String, bool) {
    // Excel writes midnight behind a date
    let day = text.split_once([' ', 'T']).filter(|(_, time)| time.starts_with("00:00")).map_or(text, |(day, _)| day);
    match read_day(day, Fits::InYear(year)).ok().flatten() {
        Some(date) if date.year() != year && move_dates => (format::date(same_day(date, year)), false),
        Some(date) => (format::date(date), date.year() != year),
        None => (text.to_owned(), false),
    }
}

/// A step of a scale 1–5: the figure, the word, or both as in "3 – Möjlig".
pub(super) fn step(text: &str, words: &[&str; 5]) -> String {
    let folded = key(text);
    if let Some(i) = words.iter().position(|w| key(w) == folded) {
        return (i + 1).to_string();
    }
    // "3. Möjlig" as well, but not 3.5
    let mut chars = folded.chars().filter(|c| !c.is_whitespace()).peekable();
    match chars.next() {
        Some(digit) if digit.is_ascii_digit() => {
            let sign = chars.next_if(|c| matches!(c, '.' | ','));
            match chars.next() {
                Some(next) if !(next.is_ascii_digit() || sign.is_some() && matches!(next, '.' | ',')) => {
                    digit.to_string()
                }
                _ => text.to_owned(),
            }
        }
        _ => text.to_owned(),
    }
}

/// Whether a cell says yes.
pub(super) fn yes(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "ja" | "j" | "x" | "1" | "sant" | "true" => Some(true),
        "" | "nej" | "n" | "0" | "falskt" | "false" | "-" | "–" => Some(false),
        _ => None,
    }
}

/// The beginning of a text, of so many characters at most, for a message, a choice or a cell of the preview.
#[must_use]
pub fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let start: String = text.chars().take(max).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::{
        field::Checker,
        recurrence::{Day, Weekdays, form::Of},
    };

    fn read(text: &str, months: &str) -> Option<Recurrence> {
        let r = rhythm(text, months, Months::default()).ok()?;
        // what is once has to have its day
        let start = if r.kind == "en_gang" { "2026-05-04" } else { "" };
        let r = Fields { start: start.to_owned(), ..r };
        let mut check = Checker::default();
        let timing = r.check(&mut check, 2026, Of::Control, None);
        check.finish(timing.recurrence).ok()
    }

    #[test]
    fn units_write_how_often_in_many_ways() {
        for (text, expected) in [
            ("varje månad", Recurrence::Monthly),
            ("Månadsvis", Recurrence::Monthly),
            ("1 gång i månaden", Recurrence::Monthly),
            ("VARJE VECKA", Recurrence::Weekly),
            ("varannan vecka", Recurrence::EverySecondWeek),
            ("tertial", Recurrence::Tertial),
            ("Varje tertial.", Recurrence::Tertial),
            ("1 ggr/kvartal", Recurrence::Quarterly),
            ("Halvår", Recurrence::HalfYearly),
            ("2 ggr per år", Recurrence::HalfYearly),
            ("år", Recurrence::Yearly),
            ("årligen", Recurrence::Yearly),
            ("en gång om året", Recurrence::Yearly),
            ("varannan månad", Recurrence::EveryMonths(2)),
            ("var tredje månad", Recurrence::EveryMonths(3)),
            ("var 5:e månad", Recurrence::EveryMonths(5)),
            ("var fjärde månad", Recurrence::EveryMonths(4)),
            ("fyra per termin", Recurrence::FourPerTermin(Months::VAR.union(Months::HOST))),
            ("4 per termin", Recurrence::FourPerTermin(Months::VAR.union(Months::HOST))),
            ("april, augusti och december", Recurrence::Chosen(Months::of(&[4, 8, 12]))),
            ("varje_manad", Recurrence::Monthly),
        ] {
            assert_eq!(read(text, ""), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_and_hours_are_understood_as_people_say_them() {
        let tuesday = Recurrence::WeekDays(2, Weekdays::of(&[Weekday::Tue]));
        let wednesday = |months| Recurrence::MonthDay(months, Day::Nth(3, Weekday::Wed));
        for (text, months, expected) in [
            ("varannan tisdag", "", tuesday),
            ("Varannan tisdag, kl. 13–15", "", tuesday),
            ("tredje onsdagen varje månad", "", wednesday(Months::ALL)),
            ("tredje onsdagen", "4,8", wednesday(Months::of(&[4, 8]))),
            ("sista arbetsdagen i månaden kl 9", "", Recurrence::MonthDay(Months::ALL, Day::LastWorkday)),
        ] {
            assert_eq!(read(text, months), Some(expected), "{text}");
        }
        let hours = |text| rhythm(text, "", Months::default()).map(|r| (r.from, r.to)).unwrap();
        assert_eq!(hours("varannan tisdag kl. 13–15"), ("13.00".into(), "15.00".into()));
        assert_eq!(hours("varje månad"), (String::new(), String::new()));
        assert_eq!(read("varje månad kl. 13", ""), None, "any day has no time of the day");
        assert_eq!(rhythm("varannan tisdag", "4", Months::default()).unwrap_err().0, "months");
        assert_eq!(rhythm("tisdagar jämna veckor", "", Months::default()).unwrap_err().0, "recurrence");
    }

    #[test]
    fn months_beside_the_word_count() {
        assert_eq!(read("valda månader", "4,8,12"), Some(Recurrence::Chosen(Months::of(&[4, 8, 12]))));
        assert_eq!(read("", "mars, okt."), Some(Recurrence::Chosen(Months::of(&[3, 10]))));
        assert_eq!(read("tertial", "4,8,12"), Some(Recurrence::Tertial));
        assert_eq!(read("år", "oktober"), Some(Recurrence::Chosen(Months::of(&[10]))));
        assert_eq!(
            read("fyra per termin", "1,2,3,4,9,10,11,12").map(Recurrence::kind).as_deref(),
            Some("fyra_per_termin")
        );
        assert_eq!(rhythm("varje vecka", "4", Months::default()).unwrap_err().0, "months");
        assert_eq!(rhythm("valda månader", "", Months::of(&[2])).unwrap().months, ["2"]);
    }

    #[test]
    fn what_is_not_understood_is_said_at_its_cell() {
        let fault = |text, months| rhythm(text, months, Months::default()).unwrap_err();
        assert_eq!(fault("valda månader", "4,13").0, "months");
        assert!(fault("valda månader", "4,13").1.starts_with("13 är ingen månad."));
        assert_eq!(fault("valda månader", "").1, "Skriv månaderna, till exempel 4,8,12.");
        assert_eq!(fault("ibland", "").0, "recurrence");
        assert_eq!(fault("", "").1, "Skriv hur ofta, till exempel varje månad.");
    }

    #[test]
    fn a_zero_that_excel_dropped_is_not_taken_for_january() {
        assert!(rhythm("valda månader", "3,1", Months::default()).unwrap_err().1.contains("3,10"));
        assert_eq!(read("valda månader", "1,3"), Some(Recurrence::Chosen(Months::of(&[1, 3]))));
        assert_eq!(read("valda månader", "3,10"), Some(Recurrence::Chosen(Months::of(&[3, 10]))));
    }

    #[test]
    fn every_rhythm_is_read_from_its_own_label() {
        for recurrence in [
            Recurrence::Weekly,
            Recurrence::EverySecondWeek,
            Recurrence::Monthly,
            Recurrence::Quarterly,
            Recurrence::Tertial,
            Recurrence::HalfYearly,
            Recurrence::Yearly,
            Recurrence::Chosen(Months::of(&[5])),
            Recurrence::Chosen(Months::of(&[1, 10])),
            Recurrence::WeekDays(2, Weekdays::of(&[Weekday::Tue])),
            Recurrence::MonthDay(Months::ALL, Day::LastWorkday),
            Recurrence::Once,
        ]
        .into_iter()
        .chain((2..=11).map(Recurrence::EveryMonths))
        {
            assert_eq!(read(&recurrence.label(), ""), Some(recurrence), "{}", recurrence.label());
        }
    }

    #[test]
    fn dates_are_moved_only_when_asked() {
        assert_eq!(date("220127", 2022, false), ("2022-01-27".into(), false));
        assert_eq!(date("2022-01-27 00:00:00", 2026, false), ("2022-01-27".into(), true));
        assert_eq!(date("20220127", 2026, true), ("2026-01-27".into(), false));
        assert_eq!(date("snart", 2026, true), ("snart".into(), false));
    }

    #[test]
    fn a_scale_is_read_by_figure_and_word() {
        let words = &crate::internkontroll::SANNOLIKHET;
        for text in ["3", "Möjlig", "3 – Möjlig", "3 möjlig", "3. Möjlig", "3.Möjlig"] {
            assert_eq!(step(text, words), "3", "{text}");
        }
        assert_eq!(step("12", words), "12");
        for text in ["3,5", "3.5", "3. 5", "3.", "3 5"] {
            assert_eq!(step(text, words), text);
        }
    }
}

//! Svar: one answer. It holds no person, no day and no order: a period, kön and what was chosen.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Enkat, Fraga, Period, State, Version, fraga::check_fritext};
use crate::{
    field::{FieldError, TEXT_MAX},
    id::EnkatVersionId,
    kon::Kon,
    text,
};

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Varde {
    /// The place of the chosen option; "Vet ej" comes after the options.
    Val(usize),
    /// Free text.
    Text(String),
}

/// An answer that has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svar {
    /// Made where it was entered, at random: a resend is the same answer, and it says nothing of when.
    pub id: Uuid,
    /// The questions it answers.
    pub version: EnkatVersionId,
    /// When, as a month or a week.
    pub period: Period,
    /// Kön, where it is asked for and was answered.
    pub kon: Option<Kon>,
    /// By the key of the question; what was left out is not there.
    pub values: BTreeMap<i32, Varde>,
}

/// An answer as it lies on the device and as a form sends it: texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inlamnat {
    /// A random UUID (version 4).
    pub id: String,
    /// Id of the version that was asked.
    pub version: String,
    /// `2026-11` or `2026-W48`.
    pub period: String,
    /// Code of a [`Kon`], or empty.
    pub kon: String,
    /// Key of the question and the place of the option, or the text.
    pub values: Vec<(i32, String)>,
}

impl Inlamnat {
    /// In clean characters. An answer from a device comes as JSON inside a form, so that what was cleaned there is not
    /// yet what the JSON says.
    #[must_use]
    pub fn clean(self) -> Self {
        let clean = |text: String| text::clean(&text).into_owned();
        Self {
            id: clean(self.id),
            version: clean(self.version),
            period: clean(self.period),
            kon: clean(self.kon),
            values: self.values.into_iter().map(|(key, value)| (key, clean(value))).collect(),
        }
    }

    /// What was answered to a question; empty for nothing.
    #[must_use]
    pub fn value(&self, key: i32) -> &str {
        self.values.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.as_str())
    }
}

/// Why an answer is not taken: it stays on its device, which says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Avslag {
    /// The enkät takes no answers.
    Stangd,
    /// The period is outside that of the enkät; the text says which it is.
    UtanforPerioden(String),
    /// The period has not begun; the text says which it is.
    Framtid(String),
    /// The questions are not known.
    OkandVersion,
    /// Something is wrong with what was answered.
    Fel(Vec<FieldError>),
}

impl Avslag {
    /// What the person can do about it; none where nothing helps.
    #[must_use]
    pub fn mend(&self) -> Option<Mend> {
        matches!(self, Self::UtanforPerioden(_) | Self::Framtid(_)).then_some(Mend::Day)
    }

    /// The sentence for the user.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Stangd => {
                "Enkäten har stängts. Be den som ansvarar för den att öppna igen, så kan svaret skickas.".into()
            }
            Self::UtanforPerioden(when) => format!("Enkäten pågår {when}. {ANOTHER_DAY}"),
            Self::Framtid(when) => format!("Svaret är från {when}, som inte har börjat. {ANOTHER_DAY}"),
            Self::OkandVersion => "Frågorna finns inte längre. Öppna enkäten på nytt och skriv in svaret igen.".into(),
            Self::Fel(errors) => errors.first().map_or_else(|| "Kontrollera svaret.".into(), |e| e.message.clone()),
        }
    }
}

/// The end of a refusal that is said where the day can be changed.
const ANOTHER_DAY: &str = "Ändra datumet och skicka igen.";

/// What mends an answer that was not taken, where it is more than to send it again as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// Another day, which its writer says.
    Day,
    /// An id of its own, which its device gives it.
    Id,
}

/// The period of an answer whose day is changed: as fine as it was. The text that it had where it cannot be read.
#[must_use]
pub fn on_another_day(period: &str, day: NaiveDate) -> String {
    period.parse::<Period>().map_or_else(|()| period.to_owned(), |was| Period::of(day, was.grain()).to_string())
}

/// What the server says of one answer that a device has sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Besked {
    /// The id that the device gave it.
    pub id: String,
    /// Why it was not taken; none when it was, now or before.
    pub refused: Option<String>,
    /// What mends it, where it was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mend: Option<Mend>,
    /// What the person is to be asked once, though it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// What is said of an answer whose id another answer has. Its device sends it again with an id of its own.
pub const ANNAT: &str = "Ett annat svar är redan sparat, så det här är inte sparat än. Det står kvar.";

/// What somebody is asked once who has entered very many answers in an hour.
pub const MANY: &str = "Du har lagt in fler än 40 svar på en timme. Är det rätt? Svaren är sparade. Om något blev fel, säg till den \
                        som ansvarar för enkäten.";

/// Whether the enkät takes an answer of this period: gives the period that it is stored with. One that has not begun is
/// refused; an answer is never moved to another time than the one that was said. (A page from before the enkät went by
/// weeks instead of months, or the other way, sends what cannot be stored: that is of today.)
pub fn accepts(enkat: &Enkat, period: Period, today: NaiveDate) -> Result<Period, Avslag> {
    if enkat.state != State::Oppen {
        return Err(Avslag::Stangd);
    }
    let grain = enkat.content.grain;
    let (first, last) = (Period::of(enkat.content.first, grain), Period::of(enkat.content.last, grain));
    let now = Period::of(today, grain);
    if period.first_day() > today {
        return Err(Avslag::Framtid(period.label()));
    }
    let period = if period.grain() == grain { period } else { now };
    if period < first || period > last {
        let (first, last) = (enkat.content.first, enkat.content.last);
        return Err(Avslag::UtanforPerioden(format!(
            "{} till {}",
            crate::format::date(first),
            crate::format::date(last)
        )));
    }
    Ok(period)
}

/// Name of the form field of a question.
#[must_use]
pub fn field_name(key: i32) -> String {
    format!("q{key}")
}

/// The key of the question whose form field has this name.
#[must_use]
pub fn key_of(name: &str) -> Option<i32> {
    name.strip_prefix('q')?.parse().ok()
}

/// Checks an answer against the questions it is to.
pub fn check_svar(form: &Inlamnat, version: &Version) -> Result<Svar, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut error = |field: String, message: String| errors.push(FieldError { field, message });
    let id = form.id.parse::<Uuid>().ok().filter(|id| id.get_version_num() == 4);
    // an answer has a month or a week
    let period = form.period.parse().ok().filter(|p: &Period| matches!(p, Period::Month(..) | Period::Week(..)));
    if id.is_none() || period.is_none() {
        error(String::new(), "Svaret kunde inte läsas. Ladda om sidan och försök igen.".to_owned());
    }
    let kon = Kon::from_code(&form.kon);
    if !form.kon.is_empty() && (kon.is_none() || !version.questions.kon) {
        error("kon".to_owned(), "Välj kön på nytt.".to_owned());
    }
    // one look at each of what was sent, however many were
    let mut sent: HashMap<i32, &str> = HashMap::new();
    for (key, value) in &form.values {
        sent.entry(*key).or_insert(value);
    }
    let mut values = BTreeMap::new();
    for question in &version.questions.list {
        let given = sent.remove(&question.key).unwrap_or_default().trim();
        match value_of(question, given) {
            Ok(Some(value)) => {
                values.insert(question.key, value);
            }
            Ok(None) => {}
            Err(message) => error(field_name(question.key), message),
        }
    }
    if !sent.is_empty() {
        error(String::new(), "Svaret hör till andra frågor. Ladda om sidan och försök igen.".to_owned());
    }
    if values.is_empty() && errors.is_empty() {
        errors.push(FieldError { field: String::new(), message: "Svara på minst en fråga.".to_owned() });
    }
    match (id, period) {
        (Some(id), Some(period)) if errors.is_empty() => Ok(Svar { id, version: version.id, period, kon, values }),
        _ => Err(errors),
    }
}

fn value_of(question: &Fraga, given: &str) -> Result<Option<Varde>, String> {
    if given.is_empty() {
        return match (question.required, question.is_choice()) {
            (false, _) => Ok(None),
            (true, true) => Err(format!("Välj ett svar: {}", question.text)),
            (true, false) => Err(format!("Skriv ett svar: {}", question.text)),
        };
    }
    if !question.is_choice() {
        let length = given.chars().count();
        if length > TEXT_MAX {
            return Err(format!("Texten är {length} tecken. Korta den till högst {TEXT_MAX}."));
        }
        return check_fritext(given).map_or_else(|| Ok(Some(Varde::Text(given.replace("\r\n", "\n")))), Err);
    }
    match given.parse::<usize>() {
        Ok(value) if value < question.choices().len() => Ok(Some(Varde::Val(value))),
        _ => Err(format!("Välj ett svar på nytt: {}", question.text)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_answer_that_was_refused_for_its_day_gets_another_as_fine_as_it_was() {
        use super::{Avslag, Mend, on_another_day};
        let refused = Avslag::UtanforPerioden("2026-01-01 till 2026-06-30".to_owned());
        assert_eq!((refused.mend(), Avslag::Framtid(String::new()).mend()), (Some(Mend::Day), Some(Mend::Day)));
        assert_eq!((Avslag::Stangd.mend(), Avslag::OkandVersion.mend()), (None, None));
        // what a device has kept since before says nothing of it
        let before: super::Besked = serde_json::from_str(r#"{"id":"1","refused":"Enkäten har stängts."}"#).unwrap();
        assert_eq!(before.mend, None);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(on_another_day("2026-11", day), "2026-03");
        assert_eq!(on_another_day("2026-W48", day), "2026-W10");
        assert_eq!(on_another_day("okänd", day), "okänd");
    }

    #[test]
    fn an_answer_that_a_device_sends_as_json_holds_no_unseen_characters() {
        let json = r#"{"id":"1\u0000","values":[[3,"Bra\u0000 sam\u00adtal\u202e"]]}"#;
        let given = serde_json::from_str::<super::Inlamnat>(json).unwrap().clean();
        assert_eq!((given.id.as_str(), given.value(3)), ("1", "Bra samtal"));
    }

    use super::*;
    use crate::enkat::{self, FragaForm, Questions, check_fraga};

    const ID: &str = "7b1d3a52-93f4-4c6b-9d0e-2f6a8c1b5e47";

    fn version() -> Version {
        let mut questions = Questions { kon: true, list: vec![] };
        let form = |kind: &str, required: &str| FragaForm {
            kind: kind.into(),
            text: "Hur var bemötandet?".into(),
            options: "Bra\nDelvis\nDåligt".into(),
            required: required.into(),
            ..FragaForm::default()
        };
        questions.put(check_fraga(&form("val", "on"), 1).unwrap());
        questions.put(check_fraga(&form("ja_nej_delvis", ""), 2).unwrap());
        questions.put(check_fraga(&form("fritext", ""), 3).unwrap());
        Version { id: EnkatVersionId(Uuid::from_u128(1)), number: 1, in_use: true, questions }
    }

    fn given(values: &[(i32, &str)]) -> Inlamnat {
        Inlamnat {
            id: ID.into(),
            version: Uuid::from_u128(1).to_string(),
            period: "2026-11".into(),
            kon: "kvinna".into(),
            values: values.iter().map(|(k, v)| (*k, (*v).to_owned())).collect(),
        }
    }

    #[test]
    fn an_answer_holds_what_was_chosen_and_nothing_for_what_was_left_out() {
        let svar = check_svar(&given(&[(1, "2"), (3, "Bra samtal")]), &version()).unwrap();
        assert_eq!(svar.values.get(&1), Some(&Varde::Val(2)));
        assert_eq!(svar.values.get(&2), None);
        assert_eq!(svar.values.get(&3), Some(&Varde::Text("Bra samtal".into())));
        assert_eq!((svar.period, svar.kon), (Period::Month(2026, 11), Some(Kon::Kvinna)));
    }

    #[test]
    fn what_is_wrong_is_said_at_its_question() {
        for (values, field, words) in [
            (vec![(2, "0")], "q1", "Välj ett svar"),
            (vec![(1, "3")], "q1", "på nytt"),
            (vec![(1, "-1")], "q1", "på nytt"),
            (vec![(1, "0"), (3, "Ring 060606-1234 igen")], "q3", "personnummer"),
            (vec![(1, "0"), (9, "1")], "", "andra frågor"),
        ] {
            let errors = check_svar(&given(&values), &version()).unwrap_err();
            assert_eq!(errors[0].field, field, "{errors:?}");
            assert!(errors[0].message.contains(words), "{errors:?}");
        }
        let long = "å".repeat(10_000);
        assert!(check_svar(&given(&[(1, "0"), (3, &long)]), &version()).unwrap_err()[0].message.contains("10000"));
    }

    #[test]
    fn an_id_that_could_tell_the_time_is_refused() {
        let seven = Inlamnat { id: "0193a5b0-7c3e-7d21-8f00-5a1b2c3d4e5f".into(), ..given(&[(1, "0")]) };
        assert!(check_svar(&seven, &version()).is_err(), "a UUIDv7 holds the millisecond");
        let none = Inlamnat { id: "x".into(), ..given(&[(1, "0")]) };
        assert!(check_svar(&none, &version()).is_err());
    }

    #[test]
    fn an_open_enkat_takes_answers_of_its_period_and_none_of_a_month_that_has_not_begun() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let form = enkat::Form {
            title: "Samtal".into(),
            kanal: "telefon".into(),
            grain: "manad".into(),
            first: "2026-03-01".into(),
            last: "2026-12-31".into(),
            ..enkat::Form::default()
        };
        let open = Enkat {
            id: crate::id::EnkatId(Uuid::from_u128(2)),
            node: crate::id::NodeId(Uuid::from_u128(3)),
            content: enkat::check(&form, chrono::NaiveDate::default()).unwrap(),
            state: State::Oppen,
            copied_from: None,
            closed_through: None,
            thin: false,
            version: 1,
        };
        let today = day(11, 23);
        assert_eq!(accepts(&open, Period::Month(2026, 10), today), Ok(Period::Month(2026, 10)));
        let refused = accepts(&open, Period::Month(2026, 12), today).unwrap_err();
        assert!(refused.message().starts_with("Svaret är från december 2026, som inte har börjat."), "{refused:?}");
        assert!(accepts(&open, Period::Week(2026, 49), today).is_err());
        assert_eq!(accepts(&open, Period::Week(2026, 40), today), Ok(Period::Month(2026, 11)));
        assert!(matches!(accepts(&open, Period::Month(2026, 2), today), Err(Avslag::UtanforPerioden(_))));
        let closed = Enkat { state: State::Stangd, ..open };
        assert_eq!(accepts(&closed, Period::Month(2026, 11), today), Err(Avslag::Stangd));
    }
}

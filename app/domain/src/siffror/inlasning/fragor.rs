//! Frågor: what is asked about the times and the figures of a table as a whole: which year its first month is of, whether 1.346 is a
//! thousand, whether 0,125 is a share of one, whether thousands of kronor are to be reckoned in kronor.

use chrono::Datelike;

use super::{Fraga, Underlag, Val, cell::Last};
use crate::{
    number, per_cent,
    period::{Grain, Period},
    siffror::{serie::Content, slag::Slag},
    tal::Tal,
};

/// How the figures of a table are read, as far as it has been answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Tolkning {
    /// 1.346 is 1 346.
    tusental: Option<bool>,
    /// 0,125 is 12,5 %.
    av_ett: Option<bool>,
    /// What stands in place of the unit, and what it is of it: tkr, 1 000.
    enhet: Option<(String, Option<Tal>)>,
    /// Columns that are written in English: 1,234.56.
    engelska: Vec<bool>,
}

/// What money is written in, and how many kronor that is.
const PENGAR: [(&str, i64); 9] = [
    ("tkr", 1_000),
    ("kkr", 1_000),
    ("ksek", 1_000),
    ("mkr", 1_000_000),
    ("mnkr", 1_000_000),
    ("msek", 1_000_000),
    ("milj. kr", 1_000_000),
    ("miljoner kr", 1_000_000),
    ("miljoner kronor", 1_000_000),
];

fn pengar(unit: &str) -> Option<i64> {
    PENGAR.iter().find(|(name, _)| *name == unit).map(|(_, kronor)| *kronor)
}

/// Whether a unit that stood behind a value is that of the series.
pub(in crate::siffror) fn fits(content: &Content, unit: &str) -> bool {
    const KRONOR: &[&str] = &["kr", "kronor", ":-", "sek"];
    const COUNT: &[&str] = &["st", "stycken", "styck"];
    let own = crate::text::compared(&content.enhet);
    let groups = [number::DAYS, number::MONTHS, number::YEARS, number::MINUTES, number::SECONDS, KRONOR];
    unit.is_empty()
        || unit == own
        || content.slag == Slag::Andel && number::fits(unit, number::PER_CENT)
        || matches!(content.slag, Slag::Bestand | Slag::Flode) && number::fits(unit, COUNT)
        || groups.iter().any(|group| group.contains(&own.as_str()) && number::fits(unit, group))
}

impl Tolkning {
    /// How the figures of a table are read; what is not answered is added to the questions. `heads` are its headings, `cells` its values
    /// with the place of their column and their text.
    pub(super) fn of<'a>(
        u: &Underlag<'_>,
        heads: &[&str],
        columns: usize,
        cells: impl Iterator<Item = (usize, &'a Last, &'a str)> + Clone,
        (fragor, notes): (&mut Vec<Fraga>, &mut Vec<String>),
    ) -> Self {
        let mut out = Self { engelska: vec![false; columns], ..Self::default() };
        let mut commas = vec![false; columns];
        for (column, last, text) in cells.clone() {
            out.engelska[column] |= last.engelskt;
            commas[column] |= !last.engelskt && last.tusental.is_none() && text.contains(',');
        }
        out.engelska.iter_mut().zip(commas).for_each(|(english, comma)| *english &= !comma);
        if out.engelska.contains(&true) {
            notes.push("Tal som 1,234.56 är lästa med punkt som decimaltecken.".to_owned());
        }
        let english = |column: usize| out.engelska[column];
        if let Some((last, tusental)) =
            cells.clone().find_map(|(c, last, _)| Some((last, last.tusental.filter(|_| !english(c))?)))
        {
            let decimaler = last.tal.with_decimals(3);
            let text = format!("Vad betyder {} i filen?", decimaler.replace(',', "."));
            let choices = vec![Val::new("tusental", format!("{tusental}")), Val::new("decimaler", decimaler.clone())];
            let svar = answer(u, "tusental", &["tusental", "decimaler"]);
            out.tusental = svar.as_deref().map(|svar| svar == "tusental");
            fragor.push(Fraga { key: "tusental".to_owned(), text, choices, svar, maste: true, period: None, om: None });
        }
        let doubtful = |last: &Last| last.enhet.is_empty() && per_cent::is_doubtful(last.tal);
        if u.content.slag == Slag::Andel
            && let Some((_, last, _)) = cells.clone().find(|(_, last, _)| doubtful(last))
        {
            let hundredfold = Tal::of_stored(last.tal.stored().saturating_mul(100));
            let text = format!("I filen står {} utan procenttecken. Vad är det?", last.tal);
            let choices = vec![
                Val::new("av1", format!("{hundredfold} %: talen är delar av 1")),
                Val::new("procent", format!("{} %: talen är procent", last.tal)),
            ];
            let svar = answer(u, "andel", &["av1", "procent"]);
            out.av_ett = svar.as_deref().map(|svar| svar == "av1");
            fragor.push(Fraga { key: "andel".to_owned(), text, choices, svar, maste: true, period: None, om: None });
        }
        out.enhet = of_money(u, heads, cells).map(|(unit, kronor)| {
            let key = format!("enhet:{unit}");
            let text = format!("Talen i filen står i {unit}, serien i kr. Ska de räknas om?");
            let choices = vec![
                Val::forslag("rakna", format!("Ja, 1 {unit} är {} kr", Tal::whole(kronor))),
                Val::new("kr", "Nej, de står redan i kr"),
            ];
            let svar = answer(u, &key, &["rakna", "kr"]);
            let times = svar.as_deref().map(|svar| Tal::whole(if svar == "rakna" { kronor } else { 1 }));
            fragor.push(Fraga { key, text, choices, svar, maste: true, period: None, om: None });
            (unit, times)
        });
        out
    }

    /// The value of a cell; none while something is asked, a sentence without its beginning where it cannot be.
    pub(super) fn tal(&self, u: &Underlag<'_>, column: usize, last: &Last) -> Result<Option<Tal>, String> {
        if last.engelskt && !self.engelska[column] {
            return Err("är skriven med punkt som decimaltecken, men andra i kolumnen med komma.".to_owned());
        }
        let mut tal = match (last.tusental, self.tusental) {
            (Some(tusental), _) if self.engelska[column] => tusental,
            (Some(_), None) => return Ok(None),
            (Some(tusental), Some(true)) => tusental,
            _ => last.tal,
        };
        let mut unit = last.enhet.as_str();
        if let Some((other, times)) = &self.enhet
            && (unit == other || unit.is_empty())
        {
            let Some(times) = times else { return Ok(None) };
            tal = tal.times(*times).filter(|x| *x <= Tal::MOST && *x >= -Tal::MOST).ok_or("har ett för stort tal.")?;
            unit = "";
        }
        if !fits(u.content, unit) {
            let short: String = unit.chars().take(20).collect();
            return Err(format!("står i {short}, men serien är i {}.", u.content.enhet));
        }
        if u.content.slag == Slag::Andel && unit.is_empty() && self.av_ett == Some(true) {
            tal = Tal::of_stored(tal.stored().saturating_mul(100));
        } else if u.content.slag == Slag::Andel
            && unit.is_empty()
            && per_cent::is_doubtful(tal)
            && self.av_ett.is_none()
        {
            return Ok(None);
        }
        Ok(Some(tal))
    }
}

/// What all money of a table is written in, where that is not kronor.
fn of_money<'a>(
    u: &Underlag<'_>,
    heads: &[&str],
    cells: impl Iterator<Item = (usize, &'a Last, &'a str)>,
) -> Option<(String, i64)> {
    if crate::text::compared(&u.content.enhet) != "kr" {
        return None;
    }
    let mut units = cells.map(|(_, last, _)| last.enhet.as_str());
    let first = units.next()?;
    let alike = units.all(|unit| unit == first);
    let named = heads.iter().find_map(|head| {
        let head = crate::text::compared(head);
        let mut words = head.split(|c: char| !c.is_alphanumeric());
        words.find_map(|word| Some((word.to_owned(), pengar(word)?)))
    });
    match pengar(first) {
        Some(kronor) if alike => Some((first.to_owned(), kronor)),
        None if alike && first.is_empty() => named,
        _ => None,
    }
}

fn answer(u: &Underlag<'_>, key: &str, known: &[&str]) -> Option<String> {
    u.svar.get(key).filter(|svar| known.contains(svar)).map(str::to_owned)
}

/// The year of the first time, where no cell says one: asked for, and never remembered.
pub(super) fn ar(u: &Underlag<'_>, first: &str) -> (Option<i32>, Fraga) {
    let svar = u.svar.get("ar").and_then(super::tid::year);
    let this = u.today.year();
    let choices = (0..6).map(|back| Val::new((this - back).to_string(), (this - back).to_string())).collect();
    let text = format!("Tabellen anger inget år. Vilket år gäller {first}, som står först?");
    let said = svar.map(|year| year.to_string());
    (svar, Fraga { key: "ar".to_owned(), text, choices, svar: said, maste: true, period: None, om: None })
}

/// The period of a table that has none.
pub(super) fn period(u: &Underlag<'_>) -> (Option<Period>, Fraga) {
    let grain = u.content.grain;
    let svar = u.svar.get("period").and_then(|text| text.parse::<Period>().ok()).filter(|p| p.grain() == grain);
    let mut period = Period::of(u.today, grain);
    let mut choices = Vec::new();
    let many = grain.per_year().map_or(26, |n| if grain == Grain::Ar { 6 } else { n * 2 });
    for _ in 0..=many {
        choices.push(Val::new(period.to_string(), period.label()));
        period = period.before();
    }
    // an older one is typed into the address of the page
    if let Some(svar) = svar.filter(|svar| choices.iter().all(|c| c.value != svar.to_string())) {
        choices.push(Val::new(svar.to_string(), svar.label()));
    }
    let (the, said) = (grain.label(), svar.map(|p| p.to_string()));
    let which = if grain.is_neuter() { "Vilket" } else { "Vilken" };
    let text = format!("Tabellen anger ingen tid. {which} {the} gäller talen?");
    (svar, Fraga { key: "period".to_owned(), text, choices, svar: said, maste: true, period: None, om: None })
}

//! The demo's enkät: the three questions after a call of the underlag, asked last year and this, with made-up answers.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use domain::{
    enkat::{self, Content, Enkat, FragaForm, Kanal, Period, Questions, State, Svar, Varde, check_fraga},
    id::{EnkatId, NodeId, PersonId},
    kon::Kon,
};
use store::{Tx, enkat::svar::Inmatning};
use uuid::Uuid;

const QUESTIONS: &str = include_str!("../demo/brukarenkat-telefon-2022.csv");

/// What clients say in a few words; no one is recognised by it.
const COMMENTS: [&str; 10] = [
    "Det var lätt att förstå vad som händer nu.",
    "Jag fick vänta länge i telefonen.",
    "Hon lyssnade på mig.",
    "Bra att få veta vilka papper som behövs.",
    "Beslutet var svårt att läsa.",
    "Jag vill ha samma handläggare nästa gång.",
    "Trevligt bemötande.",
    "Bra samtal, tydliga besked.",
    "Det gick fort.",
    "Jag vet inte hur man söker på nätet.",
];

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Lays the enkät of last year, closed, and its copy of this year, open, with answers up to today; the one handläggare of
/// the demo has entered three of four this month.
pub async fn fill(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    (unit, handlaggare): (NodeId, PersonId),
) -> Result<()> {
    let mut dice = Dice(u64::from(today.year().unsigned_abs()));
    let (before, this) = (EnkatId::new(), EnkatId::new());
    let last_year = year_of(today.year() - 1)?;
    store::enkat::create(tx, now, before, unit, &content(last_year)).await?;
    ask(tx, now, before).await?;
    let found = open(tx, now, before).await?;
    for month in 1..=12 {
        answers(tx, &found, (today.year() - 1, month), 26 + month % 5, &mut dice).await?;
    }
    store::enkat::set_state(tx, now, before, found.version, State::Stangd).await?;
    store::enkat::slapp::sweep_one(tx, before, today).await?;

    let title = format!("Samtal per telefon {}", today.year());
    store::enkat::copy(tx, now, before, this, &title, year_of(today.year())?).await?;
    let found = open(tx, now, this).await?;
    for month in 1..today.month() {
        answers(tx, &found, (today.year(), month), 30 + month % 7, &mut dice).await?;
    }
    answers(tx, &found, (today.year(), today.month()), today.day().min(31), &mut dice).await?;
    store::enkat::slapp::sweep_one(tx, this, today).await?;
    comment_for_apt(tx, now, this).await?;
    let month = Period::of(today, enkat::Grain::Manad).to_string();
    store::enkat::antal::report(tx, (handlaggare, this, &month), Uuid::new_v4(), (3, 1)).await?;
    Ok(())
}

fn year_of(year: i32) -> Result<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).context("a year")?;
    let last = first.checked_add_months(Months::new(12)).and_then(|d| d.pred_opt()).context("a year")?;
    Ok((first, last))
}

fn content((first, last): (NaiveDate, NaiveDate)) -> Content {
    Content {
        title: format!("Samtal per telefon {}", first.year()),
        intro: "Får jag ställa tre korta frågor om samtalet? Svaren är anonyma.".to_owned(),
        kanal: Kanal::Telefon,
        grain: enkat::Grain::Manad,
        first,
        last,
        target: Some(4),
    }
}

/// The questions of the underlag, a comment and kön.
async fn ask(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId) -> Result<()> {
    let mut questions = Questions { kon: true, list: vec![] };
    let mut add = |key: i32, form: &FragaForm| -> Result<()> {
        questions.put(check_fraga(form, key).map_err(|e| anyhow!("{e:?}"))?);
        Ok(())
    };
    for (key, line) in (1..).zip(QUESTIONS.trim_start_matches('\u{feff}').lines().skip(1).filter(|l| !l.is_empty())) {
        let (text, options) = line.split_once(';').context("question and options")?;
        let own = options.starts_with("Bra");
        let form = FragaForm {
            kind: if own { "val" } else { "ja_nej_delvis" }.to_owned(),
            text: text.to_owned(),
            // from best to worst, as the others
            options: if own { "+ Bra\nDelvis\n− Dåligt".to_owned() } else { String::new() },
            required: "on".to_owned(),
            overall: if own { "on".to_owned() } else { String::new() },
            // how clients are met is what the others are weighed against; its own weight is the unit's word
            vikt: if own { "80".to_owned() } else { String::new() },
            ..FragaForm::default()
        };
        add(key, &form)?;
    }
    add(4, &FragaForm { kind: "fritext".to_owned(), text: "Övrig kommentar".to_owned(), ..FragaForm::default() })?;
    let found = store::enkat::get(tx, id).await?;
    let version = store::enkat::versions(tx, id).await?.pop().context("a version")?;
    let seen = (&version, &version.questions);
    store::enkat::update_questions(tx, now, &found, seen, &questions, "Frågor tillagda", vec![]).await?;
    Ok(())
}

async fn open(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId) -> Result<Enkat> {
    let version = store::enkat::get(tx, id).await?.version;
    store::enkat::set_state(tx, now, id, version, State::Oppen).await?;
    Ok(store::enkat::get(tx, id).await?)
}

/// Answers of a month: better in autumn than in spring, and those who understood are pleased.
async fn answers(tx: &mut Tx, enkat: &Enkat, (year, month): (i32, u32), n: u32, dice: &mut Dice) -> Result<()> {
    let version = store::enkat::versions(tx, enkat.id).await?.pop().context("a version")?;
    // four who take turns; only how many each has entered is kept, until it is published
    let persons = [(); 4].map(|()| PersonId::new());
    for n in 0..n {
        let pleased = dice.roll(100) < u64::from(68 + month);
        let mut choose = |good: u64| match dice.roll(100) {
            r if r < good => 0,
            r if r < good + (100 - good) * 2 / 3 => 1,
            _ => 2,
        };
        let mut values = BTreeMap::from([
            (1, Varde::Val(choose(if pleased { 97 } else { 55 }))),
            (2, Varde::Val(choose(if pleased { 88 } else { 40 }))),
            (3, Varde::Val(choose(if pleased { 84 } else { 35 }))),
        ]);
        if dice.roll(6) == 0 {
            let comment = COMMENTS[usize::try_from(dice.roll(10)).unwrap_or(0)];
            values.insert(4, Varde::Text(comment.to_owned()));
        }
        // in one month some did not want to say; one or two would hide a kön beside them
        let kon = match dice.roll(100) {
            _ if month == 4 && n < 6 => Kon::VillInteSvara,
            0..56 => Kon::Kvinna,
            _ => Kon::Man,
        };
        let kon = Some(kon);
        let svar = Svar { id: Uuid::new_v4(), version: version.id, period: Period::Month(year, month), kon, values };
        let person = persons[usize::try_from(n % 4)?];
        let by = Inmatning { person, month: &Period::Month(year, month).to_string(), form: false };
        store::enkat::svar::take(tx, enkat, by, &[svar]).await?;
    }
    Ok(())
}

async fn comment_for_apt(tx: &mut Tx, now: DateTime<Utc>, id: EnkatId) -> Result<()> {
    let found = store::enkat::get(tx, id).await?;
    let texts = store::enkat::resultat::fritexter(tx, id).await?;
    for text in texts.iter().filter(|t| t.text.starts_with("Bra samtal")).take(1) {
        store::enkat::resultat::mark_fritext(tx, now, &found, text.id, true).await?;
    }
    Ok(())
}

//! Improvement: runs of the control Dokumentation, closed and under way, and the åtgärder that came of them.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use domain::{
    atgard::{self, Source},
    genomforande::{
        Close, Kind, StartForm, Texts,
        cell::{Answer, Field},
        check_start, result,
    },
    id::{AtgardId, EgenkontrollId, GenomforandeId},
    occurrence::{Andel, Item, Outcome, Share, State, Tick},
    permission::{Grants, Role},
    person::Actor,
    recurrence::{Months as Chosen, Recurrence, form::Fields},
    sample::Seed,
    schedule::Responsible,
};
use store::{Tx, genomforande, occurrence};

use super::People;

/// What is judged, and what share of the cases held it: two years ago, last year, now.
const KRITERIER: [(&str, [u32; 3]); 3] =
    [("Tillräcklig", [75, 85, 90]), ("Väsentlig", [80, 90, 92]), ("Saklig", [60, 75, 84])];

/// The control of two years ago, so that there is something to compare with.
pub(super) async fn two_years_ago(tx: &mut Tx, now: DateTime<Utc>, people: &People, year: i32) -> Result<()> {
    let form = domain::egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        vad: "Att löpande dokumentation är tillräcklig, väsentlig och saklig".into(),
        metod: "Stickprov".into(),
        urval: "20".into(),
        malvarde: "80".into(),
        responsible: Responsible::Role(Role::Metodutvecklare).code(),
        when: Fields {
            kind: Recurrence::Chosen(Chosen::of(&[10])).kind(),
            months: vec!["10".into()],
            ..Fields::default()
        },
        ..domain::egenkontroll::Form::default()
    };
    let content = domain::egenkontroll::check(&form, year).map_err(|e| anyhow!("{e:?}"))?;
    let id = EgenkontrollId::new();
    store::plan::create(tx, now, id, people.units[0], year, &content).await?;
    let actor = metodutvecklare(tx, people).await?;
    for item in occurrence::of_source(tx, &actor, id.0).await? {
        carry_out(tx, now, people, &item, Some(item.occurrence.due)).await?;
    }
    Ok(())
}

async fn metodutvecklare(tx: &mut Tx, people: &People) -> Result<Actor> {
    Ok(Actor {
        person: people.persons[2],
        name: "Metodutvecklare".into(),
        grants: Grants(vec![(Role::Metodutvecklare, people.units[0])]),
        groups: vec![],
        tree: store::organisation::tree(tx).await?,
        epoch: 1,
    })
}

/// Whether the demo carries this one out case by case.
pub(super) fn is_carried_out(item: &Item, unit: usize) -> bool {
    unit == 0 && item.title == "Dokumentation"
}

/// Carries the control out: closed on a day, or left half-way.
pub(super) async fn carry_out(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    item: &Item,
    closed: Option<NaiveDate>,
) -> Result<GenomforandeId> {
    let year = item.occurrence.due.year();
    tx.act_as(people.persons[2]);
    let lista: Vec<String> =
        (0..64).map(|i| format!("EB-{year}-{:04};{}", 101 + i * 7, if i % 5 < 3 { "K" } else { "M" })).collect();
    let form = StartForm {
        kind: "stickprov".into(),
        kriterier: KRITERIER.map(|(label, _)| label).join("\n"),
        urval: "20".into(),
        lista: lista.join("\n"),
        ..StartForm::default()
    };
    let start = check_start(&form).map_err(|e| anyhow!("{e:?}"))?;
    let day = closed.unwrap_or(item.occurrence.start);
    let at = super::at(now, day);
    // the same demo every time
    let mut seed = [0_u8; 32];
    let mut byte = u8::try_from(year % 251).unwrap_or(0);
    for slot in &mut seed {
        byte = byte.wrapping_mul(109).wrapping_add(89);
        *slot = byte;
    }
    let id = genomforande::create(tx, at, day, GenomforandeId::new(), item, &start, Seed(seed)).await?;
    let control = EgenkontrollId(item.source);
    let standing = genomforande::mall_seen(&genomforande::mall(tx, control).await?);
    genomforande::save_mall(tx, at, control, &start.mall, &standing).await?;
    let run = genomforande::get(tx, id).await?;
    let actor = metodutvecklare(tx, people).await?;
    let judged = if closed.is_some() { 20 } else { 12 };
    let ago = (now.year() - year).clamp(0, 2);
    let mut cells = Vec::new();
    for nr in 1..=judged {
        for (k, (_, shares)) in (1_u32..).zip(KRITERIER) {
            let share = shares[2 - usize::try_from(ago).unwrap_or(0)];
            let spread = (u32::try_from(nr).unwrap_or(0) * 37 + k * 53 + year.unsigned_abs() * 11) % 100;
            let answer = if spread < share { Answer::Ja } else { Answer::Nej };
            cells.push((nr, Field::Kriterium(k), answer.code().to_owned()));
        }
    }
    cells.push((3, Field::Kommentar, "Värderande ord i två anteckningar".to_owned()));
    genomforande::cell::save(tx, at, &actor, &run, 0, &cells).await?;
    if let Some(day) = closed {
        let texts = Texts {
            analys: "Dokumentationen är oftast tillräcklig. Det som brister är sakligheten: i några ärenden tillskrivs \
                     klienten en sinnesstämning, eller så står handläggarens omdöme utan att det framgår vad det bygger \
                     på."
                .into(),
            brister: "Värderande ord i löpande anteckningar. Uppgifter som inte behövs för beslutet.".into(),
            slutsats: "Genomgång av dokumentation för hela arbetsgruppen, och en ny kontroll nästa år.".into(),
        };
        close(tx, at, &actor, id, day, texts).await?;
    }
    Ok(id)
}

/// Carries out a control that is counted and not judged case by case, some days ago: it is new at the next APT.
pub(super) async fn count(tx: &mut Tx, now: DateTime<Utc>, people: &People, item: &Item, day: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[1]);
    let actor = metodutvecklare(tx, people).await?;
    let start =
        check_start(&StartForm { kind: "andel".into(), ..StartForm::default() }).map_err(|e| anyhow!("{e:?}"))?;
    let at = super::at(now, day);
    let id = genomforande::create(tx, at, day, GenomforandeId::new(), item, &start, Seed([7; 32])).await?;
    let run = genomforande::get(tx, id).await?;
    let share = |numerator, denominator| Some(Share { numerator, denominator });
    let andel = Andel { total: share(49, 61), kvinnor: share(26, 31), man: share(23, 30) };
    genomforande::update_andel(tx, at, &run, run.version, &andel).await?;
    let texts = Texts {
        analys: "De planer som saknas gäller mest hushåll som bytt handläggare under hösten.".into(),
        brister: "Planen följer inte med när ett ärende lämnas över.".into(),
        slutsats: "Planen gås igenom vid varje överlämning. Nästa månads siffra visar om det räcker.".into(),
    };
    close(tx, at, &actor, id, day, texts).await
}

async fn close(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: &Actor,
    id: GenomforandeId,
    day: NaiveDate,
    texts: Texts,
) -> Result<()> {
    let run = genomforande::get(tx, id).await?;
    genomforande::update_texts(tx, at, &run, run.version, &texts).await?;
    let run = genomforande::get(tx, id).await?;
    let andel = match run.kind {
        Kind::Andel => run.andel,
        _ => result::result(&run.kriterier, &genomforande::answers(tx, &run).await?).whole.andel,
    };
    let reached = run.reaches_goal(&andel);
    let item = occurrence::get(tx, actor, run.occurrence).await?;
    let outcome = reached.map(|yes| if yes { Outcome::Uppfyllt } else { Outcome::EjUppfyllt });
    let close = Close { performed_on: day, apt: true, utan_atgard: String::new(), gallring: 3 };
    let tick = Tick { performed_on: day, outcome, andel, note: texts.slutsats, figures: vec![] };
    genomforande::close(tx, at, &run, run.version, &item, &close, &tick).await?;
    Ok(())
}

/// What, why, where from, who, when, when its effect is seen, and how it stands.
type Planned<'a> = (&'a str, &'a str, Source, Responsible, NaiveDate, Option<NaiveDate>, State);

/// The åtgärder of a unit: one late, one under way, one to come, one whose effect has been seen, one given up.
pub(super) async fn atgarder(
    tx: &mut Tx,
    now: DateTime<Utc>,
    people: &People,
    today: NaiveDate,
    run: Option<GenomforandeId>,
    deviation: Option<&Item>,
) -> Result<()> {
    let actor =
        Actor { grants: Grants(vec![(Role::Enhetschef, people.units[0])]), ..metodutvecklare(tx, people).await? };
    let from_run = run.map_or(Source::Egen, Source::Genomforande);
    let from_control = deviation.map_or(Source::Egen, |item| Source::Occurrence(item.occurrence.id));
    let chef = Responsible::Role(Role::Enhetschef);
    let metod = Responsible::Role(Role::Metodutvecklare);
    let bitradande = Responsible::Role(Role::BitradandeChef);
    let day = |days: i64| today.checked_add_signed(chrono::Duration::days(days)).unwrap_or(today);
    let later = today.checked_add_months(Months::new(4)).unwrap_or(today);
    let plan: [Planned<'_>; 5] = [
        (
            "Kollegiegranskning av dokumentation",
            "Omdömen i anteckningarna",
            from_run,
            metod,
            day(-13),
            Some(later),
            State::Pagar,
        ),
        (
            "Lathund för saklig dokumentation",
            "Uppgifter som inte behövs för beslutet",
            from_run,
            chef,
            day(15),
            Some(later),
            State::Planerad,
        ),
        (
            "Genomgång av dokumentation för hela arbetsgruppen",
            "Värderande ord i löpande anteckningar",
            from_run,
            chef,
            day(-250),
            Some(day(-40)),
            State::Utford,
        ),
        (
            "Påminnelse om uppgifter i sista steget",
            "Ärenden saknade uppgift",
            from_control,
            bitradande,
            day(-20),
            None,
            State::Utford,
        ),
        ("Ny mall för kallelse", "Besök uteblir", Source::Egen, bitradande, day(-60), None, State::EjUtford),
    ];
    for (title, why, source, responsible, due, follow_up, state) in plan {
        let decided = due - Days::new(30);
        let (id, at) = (AtgardId::new(), super::at(now, decided));
        let content = atgard::Content { title: title.into(), why: why.into(), responsible, due, follow_up };
        store::atgard::create(tx, at, decided, id, people.units[0], source, &content).await?;
        let made = store::atgard::get(tx, &actor, id).await?;
        let item = occurrence::get(tx, &actor, made.occurrence).await?;
        let version = item.occurrence.version;
        match state {
            State::Planerad => {}
            State::Pagar => occurrence::begin(tx, at, &item, version).await?,
            State::EjUtford => {
                occurrence::give_up(tx, at, &item, version, "Staden tar fram en gemensam mall i stället.").await?;
            }
            State::Utford => {
                let tick = Tick { performed_on: due, ..Tick::default() };
                occurrence::tick(tx, super::at(now, due), &item, version, &tick).await?;
                if let Some(seen) = made.follow_up {
                    let item = occurrence::get(tx, &actor, seen.occurrence).await?;
                    let tick = Tick {
                        performed_on: seen.due,
                        outcome: Some(Outcome::Delvis),
                        note: "Sakligheten har ökat, men målvärdet nås inte än.".into(),
                        ..Tick::default()
                    };
                    occurrence::tick(tx, super::at(now, seen.due), &item, item.occurrence.version, &tick).await?;
                }
            }
        }
    }
    Ok(())
}

//! Build: the parts of each kind of slide, of what it shows. What is empty is a sentence that says so.

use super::{Andel, Del, Form, Lista, Post, Resultat, Siffra, Ton, measure::shortened};
use crate::{
    apt::{
        Bildfil, Punkt,
        slide::{self, Atgarder, Forslag, Kontroller, Rad, TABELL_MAX, Tabell},
    },
    atgora::Tally,
    avvikelse::{Kind, frislappt::Redovisat, skydd::HIDDEN},
    drawing::serie::Diagram,
    ekonomi::uppstallning::Uppstallning,
    format, rounding,
    verksamhetsplan::mal::Benamning,
};

/// How many points of an agenda stand beside one of them.
const AGENDA: usize = 7;

/// The most letters of a note under the chart of a series: there are two of them, and on a narrow screen a line has 66.
const NOTE: usize = 240;

fn tomt(text: &str) -> Vec<Del> {
    vec![Del::Tomt(text.to_owned())]
}

fn list(rubrik: &'static str, form: Form, poster: Vec<Post>) -> Option<Del> {
    let antal = poster.iter().map(|p| p.n).sum();
    (!poster.is_empty()).then_some(Del::Lista(Lista {
        rubrik,
        antal,
        form,
        poster,
        till: 0,
        smal: (usize::MAX, 0),
        fran: 1,
    }))
}

fn rows(rubrik: &'static str, form: Form, rows: Vec<Rad>) -> Option<Del> {
    list(rubrik, form, rows.into_iter().map(Post::from).collect())
}

fn texts(rubrik: &'static str, form: Form, texts: Vec<String>) -> Option<Del> {
    list(rubrik, form, texts.into_iter().map(|text| Post { text, n: 1, ..Post::default() }).collect())
}

fn or_empty(delar: impl IntoIterator<Item = Option<Del>>, empty: &str) -> Vec<Del> {
    let delar: Vec<Del> = delar.into_iter().flatten().collect();
    if delar.is_empty() { tomt(empty) } else { delar }
}

/// A figure with its word: of one, and of more or none.
fn siffra(tal: usize, (one, more): (&str, &str), ton: Ton) -> Siffra {
    let vad = if tal == 1 { one } else { more };
    Siffra { tal: format::int(i64::try_from(tal).unwrap_or(i64::MAX)), vad: vad.to_owned(), ton }
}

const LATE: (&str, &str) = ("försenad", "försenade");

/// How the year stands, beside its wheel.
#[must_use]
pub fn wheel(tally: &Tally) -> Vec<Del> {
    let late = if tally.late > 0 { Ton::Sen } else { Ton::Vanlig };
    let siffra = |n: i64, vad: String, ton| Siffra { tal: format::int(n), vad, ton };
    vec![
        Del::Hjul,
        Del::Siffror(vec![
            siffra(tally.done, format!("av {} utförda", format::int(tally.total)), Ton::Klar),
            siffra(tally.late, if tally.late == 1 { LATE.0 } else { LATE.1 }.to_owned(), late),
            siffra(tally.now, "att göra nu".to_owned(), Ton::Vanlig),
        ]),
    ]
}

/// Controls.
#[must_use]
pub fn kontroller(k: Kontroller) -> Vec<Del> {
    or_empty(
        [
            rows("Försenade", Form::Rader, k.forsenade),
            rows("Att göra", Form::Rader, k.kommande),
            rows("Klara", Form::Rader, k.klara),
        ],
        "Ingen kontroll är klar sedan sist, ingen är försenad och ingen väntar den närmaste månaden.",
    )
}

/// What a wall shows of controls and of förslag: how many, and nothing of what.
pub mod wall {
    use super::{Del, Forslag, Kontroller, LATE, Ton, siffra, slide};
    use crate::verksamhetsplan::mal::rakning::Rakning;

    /// Controls.
    #[must_use]
    pub fn kontroller(k: &Kontroller) -> Vec<Del> {
        let late = slide::count(&k.forsenade);
        vec![Del::Siffror(vec![
            siffra(k.klara.len(), ("klar den senaste månaden", "klara den senaste månaden"), Ton::Klar),
            siffra(late, LATE, if late > 0 { Ton::Sen } else { Ton::Vanlig }),
            siffra(k.kommande.len(), ("att göra", "att göra"), Ton::Vanlig),
        ])]
    }

    /// Förslag.
    #[must_use]
    pub fn forslag(f: &Forslag) -> Vec<Del> {
        let mut figures = vec![
            siffra(f.nya.len(), ("att ta upp", "att ta upp"), Ton::Vanlig),
            siffra(f.provas.len(), ("prövas", "prövas"), Ton::Vanlig),
            siffra(f.stjarnor.len(), ("guldstjärna", "guldstjärnor"), Ton::Klar),
        ];
        if !f.silver.is_empty() {
            figures.push(siffra(f.silver.len(), ("silverstjärna", "silverstjärnor"), Ton::Klar));
        }
        vec![Del::Siffror(figures)]
    }

    /// The goals of the unit.
    #[must_use]
    pub fn mal(rakning: Rakning) -> Vec<Del> {
        let mut figures = vec![
            siffra(rakning.helt, ("uppfylls helt", "uppfylls helt"), Ton::Klar),
            siffra(rakning.delvis, ("uppfylls delvis", "uppfylls delvis"), Ton::Vanlig),
            siffra(rakning.inte, ("uppfylls inte", "uppfylls inte"), Ton::Vanlig),
        ];
        if rakning.ingen > 0 {
            figures.push(siffra(rakning.ingen, ("utan bedömning", "utan bedömning"), Ton::Vanlig));
        }
        vec![Del::Siffror(figures)]
    }
}

/// Åtgärder.
#[must_use]
pub fn atgarder(a: Atgarder) -> Vec<Del> {
    let effekter = a.effekter.into_iter().map(|(text, under)| Post { text, under, status: None, n: 1 }).collect();
    or_empty(
        [
            rows("Försenade", Form::Rader, a.forsenade),
            rows("Att göra", Form::Tonad, a.kommande),
            rows("Klara", Form::Rader, a.klara),
            list("Gav det effekt?", Form::Rader, effekter),
        ],
        "Inga åtgärder är beslutade.",
    )
}

/// Förslag and guldstjärnor.
#[must_use]
pub fn forslag(f: Forslag) -> Vec<Del> {
    or_empty(
        [
            texts("Att ta upp", Form::Tonad, f.nya),
            texts("Prövas", Form::Rader, f.provas),
            texts("Avgjorda", Form::Rader, f.avgjorda),
            texts("Guldstjärnor", Form::Rader, f.stjarnor),
            texts("Silverstjärnor", Form::Rader, f.silver),
        ],
        "Inget förslag väntar. Skriv ett på sidan Förslag, det tar tio sekunder.",
    )
}

/// What was decided last time, each with its point, and what remains to be done of it.
#[must_use]
pub fn foregaende(beslut: Vec<(String, String)>, remain: Vec<Rad>) -> Vec<Del> {
    let kort = beslut.into_iter().map(|(text, under)| Post { text, under, status: None, n: 1 }).collect();
    let heading = if remain.len() == 1 { "Åtgärd" } else { "Åtgärder" };
    or_empty(
        [list("Beslut", Form::Kort, kort), rows(heading, Form::Tonad, remain)],
        "Inget beslut togs förra gången, och ingen åtgärd därifrån är kvar att göra.",
    )
}

/// What stands in its place where no meeting was before this one.
#[must_use]
pub fn first_meeting() -> Vec<Del> {
    tomt("Beslut och åtgärder från det här mötet visas här nästa gång.")
}

/// Results.
#[must_use]
pub fn resultat(all: Vec<Resultat>) -> Vec<Del> {
    if all.is_empty() {
        return tomt("Inget resultat är valt för APT sedan sist. Det väljs när en egenkontroll avslutas.");
    }
    vec![Del::Resultat(all)]
}

/// What was learnt of avvikelser.
#[must_use]
pub fn learnt(learnt: Vec<String>) -> Option<Vec<Del>> {
    texts("Det här lärde vi oss", Form::Tonad, learnt).map(|del| vec![del])
}

/// Avvikelser in numbers, as they were released.
#[must_use]
pub fn avvikelser(seen: &Redovisat, year: i32) -> Vec<Del> {
    let mut noter = vec![];
    let mut antal = vec![];
    if let Some(del) = seen.alla_delar().next() {
        antal = Kind::ALL
            .into_iter()
            .zip(del.kinds())
            .map(|(kind, n)| (kind.label().to_owned(), n.map_or_else(|| HIDDEN.to_owned(), format::int)))
            .collect();
        noter.push(format!("{} {}: {} ärenden.", format::capitalised(&del.label()), del.year(), format::int(del.n())));
    }
    noter.push("Antal under fem visas inte. Månaden som pågår är inte med.".to_owned());
    let staplar = seen.manader(year);
    let counted = (!antal.is_empty()).then_some(Del::Antal(antal, noter));
    let bars = (!staplar.is_empty()).then_some(Del::Staplar(staplar));
    or_empty([counted, bars], "Siffror visas när en månad har minst fem ärenden. Månaden som pågår är inte med.")
}

/// The answers to an enkät.
#[must_use]
pub fn andelar(fragor: Vec<Andel>) -> Vec<Del> {
    if fragor.is_empty() { tomt("Svaren visas när fem har svarat.") } else { vec![Del::Andelar(fragor)] }
}

/// How many have answered, and what came in since last time.
#[must_use]
pub fn answers(n: i64, since: Option<String>) -> Vec<Del> {
    let figure = Siffra { tal: format::int(n), vad: "svar i resultatet".to_owned(), ton: Ton::Vanlig };
    std::iter::once(Del::Siffror(vec![figure])).chain(since.map(|said| Del::Noter(vec![said]))).collect()
}

/// The chart of a series, and what has to be known of it; `hidden` where values are so few that they are not shown.
#[must_use]
pub fn siffror(chart: Option<Diagram>, noter: Vec<String>, hidden: bool) -> Vec<Del> {
    let Some(chart) = chart else {
        return tomt(if hidden {
            "Värdena är så få att någon kan kännas igen."
        } else {
            "Serien visas här när den har ett värde."
        });
    };
    // the chart has the height that they leave: what is longer is read on the page of the series
    let noter: Vec<String> = noter.iter().map(|note| shortened(note, NOTE)).collect();
    let noter = (!noter.is_empty()).then_some(Del::Noter(noter));
    std::iter::once(Del::Diagram(Box::new(chart))).chain(noter).collect()
}

/// What stands where no series is shown at APT, or on a wall.
#[must_use]
pub fn no_series(wall: bool) -> Vec<Del> {
    tomt(if wall {
        "Kryssa i ”På tavlan” när du ändrar en serie, så står den här."
    } else {
        "Välj ”Visa på APT” på en series sida, så står den här."
    })
}

/// What is rounded in the parts of bars: the first thing that has to be known of them.
#[must_use]
pub fn rounded(bars: &[Vec<i64>]) -> Option<Del> {
    let note = bars.iter().find_map(|parts| rounding::of_parts(parts, 1))?;
    Some(Del::Noter(vec![note.to_owned()]))
}

/// What was written beside the answers, and how others answered the same questions.
#[must_use]
pub fn said(comments: Vec<String>, elsewhere: Vec<String>) -> Option<Vec<Del>> {
    let delar: Vec<Del> =
        [texts("Så sa de", Form::Tonad, comments), texts("Så svarade de någon annanstans", Form::Rader, elsewhere)]
            .into_iter()
            .flatten()
            .collect();
    (!delar.is_empty()).then_some(delar)
}

/// Markdown.
#[must_use]
pub fn text(markdown: &str) -> Vec<Del> {
    if markdown.trim().is_empty() {
        return tomt("Skriv en text när du förbereder mötet.");
    }
    vec![Del::Text(markdown.to_owned())]
}

/// Markdown with a picture to the right of it; the picture alone where nothing is written.
#[must_use]
pub fn bild(markdown: &str, fil: Option<Bildfil>) -> Vec<Del> {
    match fil {
        Some(fil) if markdown.trim().is_empty() => vec![Del::Bild(fil)],
        Some(fil) => vec![Del::Text(markdown.to_owned()), Del::Bild(fil)],
        None => text(markdown),
    }
}

/// A typed table. A single row with one or two cells is a large figure.
#[must_use]
pub fn tabell(read: Tabell) -> Vec<Del> {
    match read.rows.as_slice() {
        [] => tomt("Skriv en tabell eller en siffra när du förbereder mötet."),
        [one] => {
            let (tal, vad) = match one.as_slice() {
                [what, value, ..] => (value.clone(), what.clone()),
                [value] => (value.clone(), String::new()),
                [] => (String::new(), String::new()),
            };
            vec![Del::Siffror(vec![Siffra { tal, vad, ton: Ton::Vanlig }])]
        }
        _ => {
            let note = rounding::of_table(&read.rows).map(str::to_owned);
            let title = (!read.rubrik.is_empty()).then(|| read.rubrik.join(" · "));
            let more = match read.more {
                0 => None,
                1 => Some("1 rad till ryms inte här.".to_owned()),
                n => Some(format!("{n} rader till ryms inte här.")),
            };
            let noter: Vec<String> = [title, note, more].into_iter().flatten().collect();
            let noter = (!noter.is_empty()).then_some(Del::Noter(noter));
            [Some(Del::Tabell(read)), noter].into_iter().flatten().collect()
        }
    }
}

/// Rows under a head, as many as a slide can go on with.
fn under(head: &[&str], all: Vec<Vec<String>>) -> Tabell {
    let more = all.len().saturating_sub(TABELL_MAX);
    let head = head.iter().map(|cell| (*cell).to_owned()).collect();
    Tabell { rubrik: vec![], rows: std::iter::once(head).chain(all.into_iter().take(TABELL_MAX)).collect(), more }
}

fn with_note(tabell: Tabell, noter: Vec<String>) -> Vec<Del> {
    let more = match tabell.more {
        0 => None,
        1 => Some("1 rad till ryms inte här.".to_owned()),
        n => Some(format!("{n} rader till ryms inte här.")),
    };
    let noter: Vec<String> = noter.into_iter().filter(|note| !note.is_empty()).chain(more).collect();
    let noter = (!noter.is_empty()).then_some(Del::Noter(noter));
    std::iter::once(Del::Tabell(tabell)).chain(noter).collect()
}

/// The goals of the unit, each with how it is met: a mark and its word.
#[must_use]
pub fn mal(benamning: Benamning, all: Vec<(String, String)>) -> Vec<Del> {
    if all.is_empty() {
        return tomt("Målen visas här när de står i verksamhetsplanen.");
    }
    let rows = all.into_iter().map(|(titel, status)| vec![titel, status]).collect();
    with_note(under(&[benamning.label(), "Bedömning"], rows), vec![])
}

/// Indikatorer: the name, the outcome, the goal of the year, and a mark with its word.
#[must_use]
pub fn indikatorer(all: Vec<[String; 4]>, note: String, wall: bool) -> Vec<Del> {
    if all.is_empty() {
        return tomt(if wall {
            "Kryssa i ”På tavlan” när du ändrar en indikator, så står den här."
        } else {
            "Kryssa i ”På APT” när du ändrar en indikator, så står den här."
        });
    }
    let rows = all.into_iter().map(Vec::from).collect();
    with_note(under(&["Indikator", "Utfall", "Årsmål", "Status"], rows), vec![note])
}

/// The account: its sums, and what has to be known of them.
#[must_use]
pub fn ekonomi(konto: Option<&Uppstallning>) -> Vec<Del> {
    let Some(konto) = konto else {
        return tomt("Kontot visas här när planen har en budget. Den fylls i under Ekonomi i verksamhetsplanen.");
    };
    let (tabell, below) = konto.bild();
    with_note(tabell, vec![shortened(&below, NOTE)])
}

/// A point by itself: what somebody wants to take up, its page, and where in the agenda it stands.
#[must_use]
pub fn agenda(punkt: &Punkt, all: &[Punkt]) -> Vec<Del> {
    let amnen =
        punkt.amnen.iter().map(|a| Post { text: a.text.clone(), under: a.who.clone(), status: None, n: 1 }).collect();
    let topics = list("Att ta upp", Form::Kort, amnen)
        .unwrap_or_else(|| Del::Tomt("Säg det du vill ta upp nu, eller anmäl det på mötets sida.".to_owned()));
    let at = all.iter().position(|p| p.id == punkt.id).unwrap_or(0);
    let from = at.saturating_sub(AGENDA / 2).min(all.len().saturating_sub(AGENDA));
    let points: Vec<_> =
        all.iter().skip(from).take(AGENDA).map(|p| (p.nr, p.title.clone(), p.id == punkt.id)).collect();
    let mut delar = vec![topics];
    if points.len() > 1 {
        delar.push(Del::Dagordning(points));
    }
    if !punkt.link.is_empty() {
        delar.push(Del::Lank(punkt.link.clone()));
    }
    delar
}

//! What stands in the plans: each goal, text and figure, by its number, and the same each time.

use anyhow::{Result, anyhow};
use domain::{
    field::FieldError,
    verksamhetsplan::{
        enhetsmal, forvantat,
        indikator::{self, ruta::Kolumn},
        mal::{self, Niva},
    },
};

use super::WRITERS;

/// What texts are put together of; in none of them is a figure, which could be a person's.
const SENTENCES: [&str; 7] = [
    "Enheten följer utfallet varje månad och tar upp det som avviker vid nästa möte.",
    "Den som söker stöd får veta vad som gäller, och beslutet motiveras så att det går att förstå.",
    "Barnets situation beskrivs i varje utredning, också när den vuxna söker för egen del.",
    "Handläggarna går igenom sina ärenden två och två och skriver ned vad de lär sig av det.",
    "Samverkan med arbetsmarknadsenheten sker i fasta former och följs upp vid varje tertial.",
    "Rutinerna ses över under våren, och det som ändras gås igenom i hela arbetsgruppen.",
    "Kvinnor och män ska få likvärdigt stöd, och skillnader som inte går att förklara utreds.",
];
/// Sentences of a paragraph.
const PARAGRAPH: usize = 5;

fn right<T>(checked: Result<T, Vec<FieldError>>) -> Result<T> {
    checked.map_err(|faults| anyhow!("{faults:?}"))
}

/// So many letters, in paragraphs; the nth text begins with the nth sentence.
pub fn text(n: usize, letters: usize) -> String {
    let mut out = String::new();
    for (k, sentence) in SENTENCES.iter().cycle().skip(n % SENTENCES.len()).enumerate() {
        if out.chars().count() + sentence.chars().count() >= letters {
            break;
        }
        if k > 0 {
            out.push(if k % PARAGRAPH == 0 { '\n' } else { ' ' });
        }
        out.push_str(sentence);
    }
    out
}

/// A goal.
pub fn mal(niva: Niva, nr: &str, titel: &str) -> Result<mal::Content> {
    let form = mal::Form { niva: niva.code().into(), nr: nr.into(), titel: titel.into(), beskrivning: text(0, 300) };
    right(mal::check(&form))
}

/// The texts of the nth goal.
pub fn texter(n: usize, letters: usize) -> Result<enhetsmal::Content> {
    let form = enhetsmal::Form {
        arbetssatt: text(n, letters),
        resursanvandning: text(n + 1, letters),
        uppfoljning: text(n + 2, letters),
        utveckling: text(n + 3, letters),
        ..enhetsmal::Form::default()
    };
    right(enhetsmal::check(&form))
}

/// The nth row of what is expected of a goal.
pub fn rad(n: usize, year: i32) -> Result<forvantat::Content> {
    let mut form = forvantat::Form { text: text(n, 120), ..forvantat::Form::default() };
    if n.is_multiple_of(2) {
        form.jamforelse = "minst".into();
        form.malvarde = "75 %".into();
    }
    right(forvantat::check(&form, year))
}

/// Whether the nth indikator is a number and no share: those that somebody writes in are.
fn is_antal(n: usize) -> bool {
    n < WRITERS || n.is_multiple_of(2)
}

/// The nth indikator.
pub fn indikator(n: usize) -> Result<indikator::Content> {
    let (slag, enhet, arsmal, kf) =
        if is_antal(n) { ("antal", "st", "300", "") } else { ("andel", "", "75 %", "80 %") };
    let form = indikator::Form {
        namn: format!("Indikator {}", n + 1),
        definition: text(n, 200),
        slag: slag.into(),
        enhet: enhet.into(),
        arsmal: arsmal.into(),
        kf: kf.into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        ..indikator::Form::default()
    };
    right(indikator::check(&form, None))
}

/// What the nth indikator came to in a period that ends with a month, as it is typed.
pub fn utfall(n: usize, month: u32) -> [(Kolumn, String); 3] {
    let [total, kvinnor, man] = if is_antal(n) {
        let (kvinnor, man) = (100 + u32::try_from(n).unwrap_or_default(), 90 + month);
        [kvinnor + man, kvinnor, man].map(|tal| tal.to_string())
    } else {
        let half = 10 + n % 10;
        [(2 * half, 40), (half, 20), (half, 20)].map(|(part, whole)| format!("{part}/{whole}"))
    };
    [(Kolumn::Totalt, total), (Kolumn::Kvinnor, kvinnor), (Kolumn::Man, man)]
}

//! Words: what a figure says, in a sentence. The same on the page, under a chart for those who do not see it, and in the
//! workbook.

use super::{Figur, Kategori, Punkt, Rad, Serie};
use crate::{enkat::fraga::VET_EJ, format, occurrence::Share, redovisning::MINST, rounding, statistics};

/// Below this probability a difference is said to be more than chance.
const CHANCE: f64 = 0.05;

impl Figur {
    /// `46 av 50 (92,0 %) svarade Bra.`
    #[must_use]
    pub fn finding(&self, categories: &[Kategori]) -> String {
        match self.share {
            Some(share) => format!(
                "{} av {} ({}) svarade {}.",
                format::int(share.numerator),
                format::int(share.denominator),
                format::percent(share.numerator, share.denominator),
                good_words(categories)
            ),
            None => format!("Andelen visas inte: färre än {MINST} svar räknas med."),
        }
    }

    /// `Med 95 % säkerhet ligger andelen mellan 81,2 % och 96,8 %.`
    #[must_use]
    pub fn certainty(&self) -> Option<String> {
        let (low, high) = self.interval?;
        Some(format!("Med 95 % säkerhet ligger andelen mellan {} och {}.", format::share(low), format::share(high)))
    }

    /// What is said where the shares that it is spread in do not make 100: of all, and of those that the share is of, with
    /// one decimal and, in the bar, with none.
    #[must_use]
    pub fn rounding(&self, categories: &[Kategori]) -> Option<&'static str> {
        let of = |keep: fn(&Kategori) -> bool| -> Vec<i64> {
            categories.iter().zip(&self.counts).filter(|(c, _)| keep(c)).map(|(_, n)| *n).collect()
        };
        let counted = if self.share.is_some() { of(|c| c.counted) } else { vec![] };
        rounding::of_parts(&of(|_| true), 1)
            .or_else(|| rounding::of_parts(&counted, 1))
            .or_else(|| rounding::of_parts(&counted, 0))
    }

    /// `92,0 %`, or `–` where it is not shown.
    #[must_use]
    pub fn share_words(&self) -> String {
        self.share.map_or_else(|| "–".to_owned(), |s| format::percent(s.numerator, s.denominator))
    }

    /// `81,2–96,8 %`, or `–` where it is not shown.
    #[must_use]
    pub fn interval_words(&self) -> String {
        self.interval.map_or_else(
            || "–".to_owned(),
            |(low, high)| format!("{}–{}", format::share(low).trim_end_matches(['%', '\u{a0}']), format::share(high)),
        )
    }
}

/// The options that count as satisfied: `Bra`, `Nöjd eller Mycket nöjd`, `8–10`.
#[must_use]
pub fn good_words(categories: &[Kategori]) -> String {
    let good: Vec<&str> = categories.iter().filter(|c| c.good).map(|c| c.label.as_str()).collect();
    let numbers: Option<Vec<i64>> = good.iter().map(|label| label.parse().ok()).collect();
    if let Some(numbers) = numbers
        && numbers.len() > 2
        && numbers.windows(2).all(|w| w[1] == w[0] + 1)
    {
        return format!("{}–{}", numbers[0], numbers[numbers.len() - 1]);
    }
    match good.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} eller {last}", some.join(", ")),
    }
}

impl Serie {
    /// What is in the denominator of its share and what is not, where there is anything to say. `shown` is the figure
    /// that it stands beside.
    #[must_use]
    pub fn settings(&self, shown: &Figur) -> Vec<String> {
        let said = |rad: Rad, subject: &str| {
            let (category, n) = self.categories.iter().zip(&shown.counts).find(|(c, _)| c.rad == rad)?;
            let with = if category.counted { "räknas med i andelen" } else { "räknas inte med i andelen" };
            (rad == Rad::VetEj || *n > 0).then(|| format!("{subject} {with}."))
        };
        [said(Rad::VetEj, VET_EJ), said(Rad::IngetSvar, "De som hoppade över frågan")].into_iter().flatten().collect()
    }
}

/// How a share stands to an earlier or another one: `3,1 procentenheter högre. Skillnaden kan bero på slumpen.` None
/// where one of them is of nothing.
#[must_use]
pub fn compared(now: Share, before: Share) -> Option<String> {
    let points = (now.value()? - before.value()?) * 100.0;
    let tenths = format!("{:.1}", points.abs()).replace('.', ",");
    if tenths == "0,0" {
        return Some("Lika stor andel.".to_owned());
    }
    let way = if points > 0.0 { "högre" } else { "lägre" };
    let table = |s: Share| [s.numerator, s.denominator - s.numerator];
    let chance = if statistics::fisher([table(now), table(before)]) < CHANCE {
        "Skillnaden är större än slumpen brukar ge."
    } else {
        "Skillnaden kan bero på slumpen."
    };
    Some(format!("{tenths} procentenheter {way}. {chance}"))
}

/// How a share has gone: `88,0 % i mars 2026 och 92,3 % i november 2026: 4,3 procentenheter högre. …` A time that goes on
/// is spoken of only where there are not two closed ones. None for fewer than two times with a share.
#[must_use]
pub fn trend_sentence(points: &[Punkt]) -> Option<String> {
    let closed = points.iter().filter(|p| !p.open && p.figur.share.is_some()).count();
    let spoken = points.iter().filter(|p| !p.open || closed < 2);
    let mut with_share = spoken.filter_map(|p| Some((p, p.figur.share?)));
    let ((first, before), (last, now)) = (with_share.next()?, with_share.next_back()?);
    let so_far = if last.open { " hittills" } else { "" };
    Some(format!(
        "{} i {} och {} i {}{so_far}: {}",
        first.figur.share_words(),
        first.label(),
        last.figur.share_words(),
        last.label(),
        small(&compared(now, before)?)
    ))
}

/// A sentence after a colon begins with a small letter.
fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

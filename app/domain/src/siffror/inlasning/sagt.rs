//! Sagt: what is said of a table and of what reading it would do.

use super::{Granskning, Underlag};
use crate::{
    apt::finding::in_words,
    format::{self, and, capitalised},
    period::{Grain, Period},
    siffror::{manader, siffra::Verkan, slag::Varde, summa::Pekar},
    tal::Tal,
};

fn int(n: usize) -> String {
    format::int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Texts in quotes, at most so many.
fn quoted(texts: &[String], most: usize) -> String {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        let short: String = text.chars().take(60).collect();
        let name = format!("”{short}”");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(most);
    names.truncate(most);
    if more > 0 {
        names.push(format!("{} till", in_words(more, false)));
    }
    and(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn for_manga(n: usize) -> String {
    let most = int(super::ROWS_MOST);
    format!("Tabellen har {} rader. En inläsning tar högst {most}: dela upp filen, till exempel efter år.", int(n))
}

pub(super) fn dolda(n: usize) -> String {
    match n {
        1 => "Ett värde är dolt där tabellen kommer ifrån. Det läses inte in och ändrar inget här.".to_owned(),
        n => format!("{} värden är dolda där tabellen kommer ifrån. De läses inte in och ändrar inget här.", int(n)),
    }
}

pub(super) fn ingen_tabell(grain: Grain, has_time: bool) -> String {
    if has_time {
        return "Tabellen har inga tal att läsa in.".to_owned();
    }
    let (one, example) = match grain {
        Grain::Manad => ("ingen månad", "mars 2022"),
        Grain::Vecka => ("ingen vecka", "vecka 12 2022"),
        Grain::Kvartal => ("inget kvartal", "kvartal 1 2022"),
        Grain::Tertial => ("inget tertial", "tertial 1 2022"),
        Grain::Halvar => ("inget halvår", "första halvåret 2022"),
        Grain::Ar => ("inget år", "2022"),
    };
    format!(
        "I tabellen finns {one}. Skriv den tid som talen är för i första kolumnen eller överst, till exempel {example}."
    )
}

pub(super) fn okanda(n: usize) -> String {
    format!("Tabellen har {} namn som inte finns i seriens uppdelning. Kontrollera att det är rätt serie.", int(n))
}

pub(super) fn fel_ar(fel: &manader::Fel) -> String {
    match fel {
        manader::Fel::Another { counted, .. } => format!(
            "En tid i tabellen har ett annat år än det som följer av raderna före, {counted}. Skriv året vid varje tid i filen."
        ),
        manader::Fel::Year | manader::Fel::Outside => {
            "En tid i tabellen finns inte, eller ligger utanför åren 2000–2100.".to_owned()
        }
    }
}

pub(super) fn ar_gissat(said: &[String]) -> String {
    format!("År gissat från {}.", quoted(said, 3))
}

/// What is passed over of times that have not begun.
pub(super) fn for_tidigt(first: Period, last: Period) -> String {
    let when = if first == last { first.label() } else { format!("{} – {}", first.label(), last.label()) };
    format!("Streck och summor för {when} läses inte in: den tiden har inte börjat.")
}

pub(super) fn vid_sidan(texts: &[String]) -> String {
    let (rows, they, own) = if texts.len() == 1 {
        ("Raden", "Den är ingen del", "en egen serie")
    } else {
        ("Raderna", "De är inga delar", "egna serier")
    };
    format!("{rows} {} står under summan. {they} av den och sparas inte här, men kan bli {own}.", quoted(texts, 5))
}

/// "Summan i mars 2022 är 30 för låg: i filen 8 209, delarna ger 8 239."
pub(super) fn summa(u: &Underlag<'_>, av: &str, period: Period, tryckt: Tal, delarna: Tal, pekar: bool) -> String {
    let shown = |tal| u.content.shown(tal);
    let sum = if av.is_empty() { "Summan".to_owned() } else { format!("Summan för {av}") };
    let place = match period.grain() {
        Grain::Manad => format!("i {}", period.label()),
        _ => format!("för {}", period.label()),
    };
    if pekar {
        let (off, way) = if tryckt < delarna { (delarna - tryckt, "låg") } else { (tryckt - delarna, "hög") };
        return format!(
            "{sum} {place} är {} för {way}: i filen {}, delarna ger {}.",
            shown(off),
            shown(tryckt),
            shown(delarna)
        );
    }
    format!("{sum} {place} är {}, delarna ger {}.", shown(tryckt), shown(delarna))
}

/// A sum over the periods that is off.
pub(super) fn langd(u: &Underlag<'_>, av: &str, tryckt: Tal, delarna: Tal) -> String {
    let shown = |tal| u.content.shown(tal);
    format!("Kolumnens summa för {av} är {}, raderna ger {}.", shown(tryckt), shown(delarna))
}

/// Which cell everything points at.
pub(super) fn pekar(u: &Underlag<'_>, namn: &str, pekar: &Pekar, changes: &[Tal]) -> String {
    let shown = |tal| u.content.shown(tal);
    let signed = |tal: &Tal| if *tal > Tal::ZERO { format!("+{}", shown(*tal)) } else { shown(*tal) };
    let listed: Vec<String> = changes.iter().map(signed).collect();
    let listed = and(&listed.iter().map(String::as_str).collect::<Vec<_>>());
    let (rows, changes) = match pekar.andringar {
        1 => ("Ändringsraden pekar på en ruta", format!("förändringen {listed}")),
        2 => ("Båda ändringsraderna pekar på samma ruta", format!("båda förändringarna, {listed}")),
        _ => ("Alla ändringsrader pekar på samma ruta", format!("alla förändringarna, {listed}")),
    };
    format!(
        "{rows}: {namn}. {} i stället för {} skulle stämma med summan och {changes}.",
        shown(pekar.stamde),
        shown(pekar.star)
    )
}

/// That no cell can be told; `grain` where the table has rows of differences, and none of them is about the period.
pub(super) fn utan_pekare(untouched: Option<Grain>) -> String {
    let rows = untouched.map(|grain| format!("Ingen ändringsrad rör {}: antingen", grain.the()));
    let rows = rows.unwrap_or_else(|| "Antingen".to_owned());
    format!("{rows} är summan fel eller en av delarna. Delarna sparas som de står.")
}

pub(super) fn felandring(u: &Underlag<'_>, rad: &str, kolumn: &str, tryckt: Tal, raknad: Tal) -> String {
    format!(
        "Ändringsraden ”{rad}”, {kolumn}: i filen {}, mellan värdena är det {}.",
        u.content.shown(tryckt),
        u.content.shown(raknad)
    )
}

pub(super) fn kan_inte_kontrolleras(rad: &str) -> String {
    format!("Ändringsraden ”{rad}” kan inte kontrolleras: den tiden finns inte i tabellen.")
}

pub(super) fn rattat(u: &Underlag<'_>, star: Tal) -> String {
    format!("I filen {}. Skrivet efter summan och ändringsraderna.", u.content.shown(star))
}

pub(super) fn andras_mycket(namn: &str, period: Period, fore: &str, efter: Option<&str>) -> String {
    let said = format!("{namn} {} är slutligt {fore}", period.label());
    match efter {
        None => format!("{said} men saknas i filen."),
        Some(efter) if fore == "0" => format!("{said} men {efter} i filen."),
        Some(efter) => format!("{said} men {efter} i filen. Det skiljer mer än 20 %."),
    }
}

pub(super) fn tva_ganger(
    u: &Underlag<'_>,
    namn: &str,
    period: Period,
    first: &str,
    a: Option<Varde>,
    b: Option<Varde>,
) -> String {
    let shown = |varde: Option<Varde>| varde.map_or_else(|| "saknas".to_owned(), |v| u.content.shown(v.tal));
    format!("säger {} för {namn} {}, men ruta {first} säger {}.", shown(b), period.label(), shown(a))
}

pub(super) fn samma_tva_ganger(n: usize) -> String {
    match n {
        1 => "Ett värde står två gånger i tabellen och är likadant.".to_owned(),
        n => format!("{} värden står två gånger i tabellen och är likadana.", capitalised(&in_words(n, true))),
    }
}

impl Granskning {
    /// "32 nya värden, ett ändrat och två summor som inte stämmer": the heading of the preview.
    #[must_use]
    pub fn rubrik(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let antal = self.antal;
        match antal.nya {
            0 => {}
            1 => parts.push("ett nytt värde".to_owned()),
            n => parts.push(format!("{} nya värden", in_words(n, true))),
        }
        match (antal.andrade, antal.nya) {
            (0, _) => {}
            (1, 0) => parts.push("ett ändrat värde".to_owned()),
            (1, _) => parts.push("ett ändrat".to_owned()),
            (n, 0) => parts.push(format!("{} ändrade värden", in_words(n, true))),
            (n, _) => parts.push(format!("{} ändrade", in_words(n, true))),
        }
        match self.avviker().count() {
            0 => {}
            1 => parts.push("en summa som inte stämmer".to_owned()),
            n => parts.push(format!("{} summor som inte stämmer", in_words(n, false))),
        }
        match self.fel_kvar().count() {
            0 => {}
            1 => parts.push("en ruta som inte kan läsas".to_owned()),
            n => parts.push(format!("{} rutor som inte kan läsas", in_words(n, false))),
        }
        match self.oppna().count() {
            0 => {}
            1 => parts.push("en fråga".to_owned()),
            n => parts.push(format!("{} frågor", in_words(n, false))),
        }
        if parts.is_empty() {
            let same = antal.oforandrade;
            parts.push(if same == 1 {
                "ett värde, som redan finns".to_owned()
            } else {
                format!("{} värden, som redan finns", in_words(same, true))
            });
        }
        capitalised(&and(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// "Läs in 32 nya och 1 ändrat": the button that writes.
    #[must_use]
    pub fn knapp(&self) -> String {
        let new = |n: usize| format!("{} {}", int(n), if n == 1 { "nytt" } else { "nya" });
        let changed = |n: usize| format!("{} {}", int(n), if n == 1 { "ändrat" } else { "ändrade" });
        match (self.antal.nya, self.antal.andrade) {
            (n, 0) => format!("Läs in {}", new(n)),
            (0, m) => format!("Läs in {}", changed(m)),
            (n, m) => format!("Läs in {} och {}", new(n), changed(m)),
        }
    }

    /// "mars och april 2022": the periods that have new values, or the first and the last of them.
    #[must_use]
    pub fn nya_nar(&self) -> String {
        let periods: Vec<Period> = self.rader.iter().filter(|r| r.antal.nya > 0).map(|r| r.period).collect();
        match periods.as_slice() {
            [] => String::new(),
            [one] => one.label(),
            [a, b] if a.place().0 == b.place().0 && a.grain() != Grain::Ar => {
                format!("{} och {}", a.within_year(), b.label())
            }
            [first, .., last] => format!("{} – {}", first.label(), last.label()),
        }
    }

    /// "Bromma februari 2022": what is changed, or how many periods it is in.
    #[must_use]
    pub fn andrade_var(&self) -> String {
        let rows: Vec<_> = self.rader.iter().filter(|r| r.antal.andrade > 0).collect();
        match rows.as_slice() {
            [] => String::new(),
            [one] if one.antal.andrade == 1 => {
                let ruta = one.rutor.iter().find(|ruta| ruta.verkan == Verkan::Andrad);
                let namn = ruta.and_then(|ruta| self.kolumner.get(ruta.kolumn)).map_or("", |k| k.namn.as_str());
                format!("{namn} {}", one.period.label())
            }
            [one] => one.period.label(),
            [first, .., last] => format!("{} – {}", first.period.label(), last.period.label()),
        }
    }

    /// "”Förändring mellan …”": the first text of the rows that are not values.
    #[must_use]
    pub fn sparas_inte_som(&self) -> String {
        let Some(first) = self.sparas_inte.first() else { return String::new() };
        let words: Vec<&str> = first.split_whitespace().collect();
        let short = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let more = if words.len() > 2 { " …" } else { "" };
        format!("”{}{more}”", short.chars().take(30).collect::<String>())
    }
}

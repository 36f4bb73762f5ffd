//! What happened in the demo's cases, in words, and what was made of it.

use chrono::NaiveDate;
use domain::avvikelse::{
    Innehall, Kanal, Kategori, Kind, Kinds, Orsak,
    case::Utredning,
    handling::Bedomt,
    intake::{Inkommet, Rapport, When},
    word::{Ror, Upprepning},
};

/// What went wrong, what it meant, what was done at once, own word, cause.
const HAPPENED: [(&str, &str, &str, &str, Orsak); 8] = [
    (
        "En återansökan låg i fel tjänst i systemet i två dagar innan den upptäcktes.",
        "Beslutet blev två dagar sent. Utbetalningen hann fram före helgen.",
        "Ansökan flyttades till rätt tjänst och handlades samma dag.",
        "Inkomna handlingar",
        Orsak::Rutiner,
    ),
    (
        "Ett beslut skickades utan bilagan med beräkningen.",
        "Den sökande kunde inte se hur beloppet räknats ut.",
        "Beräkningen skickades samma dag.",
        "Bristande dokumentation",
        Orsak::Kompetens,
    ),
    (
        "Utredningstiden för ett nybesök blev sju veckor.",
        "Hushållet fick låna till hyran av anhöriga.",
        "Ärendet fördelades om.",
        "Lång handläggningstid",
        Orsak::Organisation,
    ),
    (
        "Telefontiden ställdes in utan att växeln fick veta det.",
        "Flera som ringde fick vänta till nästa dag.",
        "Växeln informerades.",
        "Teknik och system",
        Orsak::Kommunikation,
    ),
    (
        "Fel norm användes för ett hushåll med växelvis boende.",
        "För lite pengar betalades ut i en månad.",
        "Beslutet ändrades och mellanskillnaden betalades ut.",
        "Felaktigt beslut eller felaktig utbetalning",
        Orsak::Kompetens,
    ),
    (
        "Systemet låg nere under förmiddagen och inga utbetalningar kunde göras.",
        "Två utbetalningar blev en dag sena.",
        "Akuta behov löstes med rekvisition.",
        "Teknik och system",
        Orsak::Teknik,
    ),
    (
        "Ett planerat besök glömdes bort när handläggaren var sjuk.",
        "Besöket fick bokas om två veckor senare.",
        "Ny tid bokades.",
        "Lång handläggningstid",
        Orsak::Rutiner,
    ),
    (
        "Barnens situation fanns inte med i utredningen före avslag.",
        "Beslutet togs utan barnkonsekvensanalys.",
        "Analysen gjordes i efterhand. Beslutet stod fast.",
        "Bristande dokumentation",
        Orsak::Rutiner,
    ),
];

pub(super) fn rapport(n: usize, day: NaiveDate) -> Rapport {
    let (what, consequence, done, _, _) = HAPPENED[n % HAPPENED.len()];
    Rapport {
        what: what.into(),
        when: When::Exact(day, None),
        place: "Mottagningen".into(),
        process: if n.is_multiple_of(3) { "Nybesök" } else { "Löpande ekonomiskt bistånd" }.into(),
        reference: format!("EB-{}", 4100 + n * 7),
        noticed_by: "Handläggare".into(),
        consequence: consequence.into(),
        done_at_once: done.into(),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: false,
        discovered: None,
        on_behalf_of: None,
    }
}

pub(super) fn utredning(n: usize) -> Utredning {
    let (_, consequence, _, _, orsak) = HAPPENED[n % HAPPENED.len()];
    let mut orsaker = vec![orsak];
    if n % 4 == 1 {
        orsaker.push(Orsak::Kommunikation);
    }
    Utredning {
        timeline: "Händelsen upptäcktes vid genomgången på morgonen. Samma dag kontrollerades liknande ärenden.".into(),
        found: "Det fanns ingen som hade till uppgift att bevaka detta när den ordinarie var borta.".into(),
        consequences: consequence.into(),
        upprepning: Some([Upprepning::Liten, Upprepning::Medel, Upprepning::Stor][n % 3]),
        orsaker,
        beslut: "Rutinen kompletteras och gås igenom på APT.".into(),
    }
}

pub(super) fn bedomt(n: usize, kinds: &[Kind]) -> Bedomt {
    Bedomt {
        kinds: Kinds::of(kinds),
        kategori: None,
        handelsetyp: HAPPENED[n % HAPPENED.len()].3.into(),
        process: if n.is_multiple_of(3) { "Nybesök" } else { "Löpande ekonomiskt bistånd" }.into(),
        reason: String::new(),
    }
}

pub(super) fn inkommet(on: NaiveDate, kategori: Kategori, positive: bool, n: usize) -> Innehall {
    let said = match (positive, kategori) {
        (true, _) => "Blev bra bemött i receptionen och fick hjälp att fylla i ansökan.",
        (_, Kategori::Tillganglighet) => "Svårt att komma fram på telefontiden.",
        (_, Kategori::Bemotande) => "Upplevde att handläggaren inte lyssnade.",
        (_, Kategori::Information) => "Fick inte veta vilka handlingar som behövdes.",
        (_, Kategori::Kontinuitet) => "Har haft fyra handläggare på ett år.",
        _ => "Tycker att beslutet tog för lång tid.",
    };
    Innehall::Inkommet(Inkommet {
        what: said.into(),
        on,
        kanal: [Kanal::Telefon, Kanal::Epost, Kanal::Besok, Kanal::Etjanst][n % 4],
        kategori,
        positive,
        kind: if positive { Kind::Synpunkt } else { Kind::Klagomal },
        contact: Some("Vill bli uppringd, numret finns i ärendet".into()),
    })
}

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    bort::{Kopplad, Slag, check_remove},
    inlasning::{self, Last, Under},
    kedja::{Punkt, lista},
    rakning::Rakning,
    *,
};
use crate::{
    dokument::table::Mark,
    siffror::inlasning::Svar,
    verksamhetsplan::tabell::{Fraga, of_text},
};

/// The goals of a plan of 2014: gaps between numbers, a title on two levels, two åtaganden under one nämndmål, two spellings of one title.
pub(crate) const SODERMALM: &str = "Nivå;Nr;Mål;Under
Inriktningsmål;1;Stockholm är en attraktiv, trygg, tillgänglig och växande stad för boende, företagande och besök;
KF-mål;1.2;Invånare i Stockholm är självförsörjande;1
Nämndmål;;Individen klarar sin egen försörjning;1.2
Åtagande;;Individen har individuell planering för att nå egen försörjning;Individen klarar sin egen försörjning
KF-mål;1.3;Stockholms livsmiljö är hållbar;1
Nämndmål;;Nämndens verksamhet är miljövänlig;1.3
Åtagande;;Alla medarbetare använder miljövänliga färdsätt;Nämndens verksamhet är miljövänlig
Inriktningsmål;2;Kvalitet och valfrihet utvecklas och förbättras;
KF-mål;2.3;Stockholmarna upplever att de får god service och omsorg;2
Nämndmål;;Barn och ungdomar har skäliga levnadsförhållanden;2.3
Åtagande;;Förhindra långvarigt bidragsberoende hos ungdomar;Barn och ungdomar har skäliga levnadsförhållanden
Nämndmål;;Individen har ett varaktigt boende;2.3
Åtagande;;Bostadslösa personer som uppbär ekonomiskt bistånd har ett varaktigt boende;Individen har ett varaktigt boende
Åtagande;;Vräkningshotade personer bor kvar;Individen har ett varaktigt boende
Nämndmål;;Individen har inflytande och är delaktig i insatsens utformande;2.3
Åtagande;;Individen som arbetstränar på Servicegruppen är delaktig i insatsens utformande;Individen har inflytande och är delaktig i insatsens utformande
Nämndmål;;Individen lever ett självständigt liv utifrån sina förutsättningar;2.3
Åtagande;;Individen får rätt insats och kommer närmare egen försörjning;Individen lever ett självständigt liv utifrån sina förutsättningar
KF-mål;2.4;Stockholms stad är en attraktiv arbetsgivare med spännande och utmanande arbeten;2
Nämndmål;;Ledarskapet är tydligt, aktivt och kommunikativt;2.4
Åtagande;;Ledarskapet är tydligt, aktivt och kommunikativt;Ledarskapet är tydligt, aktivt och kommunikativt
Nämndmål;;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktad;2.4
Åtagande;;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktat;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktad
Inriktningsmål;3;Stadens verksamheter är kostnadseffektiva;
KF-mål;3.1;Budgeten är i balans;3
Nämndmål;;Det ekonomiska resultatet är positivt;3.1
Åtagande;;Säkerställa att samtliga utbetalningar av ekonomiskt bistånd är korrekta;Det ekonomiska resultatet är positivt";

/// Those of 2022: most goals of the unit lie under nothing.
pub(crate) const BROMMA: &str = "Nivå;Nr;Mål;Under
Nämndmål;;I Bromma är människor självförsörjande;
Enhetsmål;1;I Bromma är människor självförsörjande;I Bromma är människor självförsörjande
Enhetsmål;2;Handläggningen är rättssäker och likställd;
Enhetsmål;3;Enheten fattar rättssäkra beslut om utbetalning;
Enhetsmål;4;Budget- och skuldrådgivningen erbjuds Brommabor;
Enhetsmål;5;Nyanlända etablerar sig i samhället;
Enhetsmål;6;I Bromma är människor trygga;
Enhetsmål;7;Hemlösheten minskar i Bromma;
Enhetsmål;8;I Bromma får våldsutsatta och våldsutövare stöd och insatser i tid;
Enhetsmål;9;Enhetens transporter är effektiva och hållbara;
Enhetsmål;10;Enheten är klimatsmart;
Enhetsmål;11;Enheten har budget i balans;
Enhetsmål;12;Enheten är en attraktiv arbetsgivare där chefer och medarbetare använder resurser innovativt, effektivt och jämställt;";

/// Those of 2019: the unit's own alone.
pub(crate) const HASSELBY: &str = "Nivå;Nr;Mål;Under
Enhetsmål;1;Fler kvinnor och män (18-64 år) försörjer sig själva i Hässelby-Vällingby;
Enhetsmål;2;Kvinnor och män som är eller riskerar att bli bostadslösa erbjuds stöd för att få och behålla eget boende;
Enhetsmål;3;Personer som upplevt våld i nära relation erbjuds stöd;
Enhetsmål;4;Verksamheten har hög tillgänglighet;
Enhetsmål;5;Hemmaboende barn och ungdomar uppmärksammas i hushåll med ekonomiskt bistånd;";

pub(crate) const NODE: NodeId = NodeId(Uuid::from_u128(1));
const CITY: NodeId = NodeId(Uuid::from_u128(2));

fn id(n: u128) -> MalId {
    MalId(Uuid::from_u128(n))
}

/// The tree of a table, with ids from 101 in the order of the table.
pub(crate) fn trad_of(text: &str, year: i32) -> Trad {
    let last = inlasning::las(&of_text(text), &Trad::default(), &Svar::default()).unwrap();
    assert!(last.is_ready(), "{last:?}");
    let mut n = 100;
    let new = || {
        n += 1;
        id(n)
    };
    Trad::new(last.rows(NODE, year, &Trad::default(), new))
}

fn answered(answers: &[(&str, &str)]) -> Svar {
    let mut svar = Svar::default();
    for (key, value) in answers {
        svar.set(key, value);
    }
    svar
}

fn read(text: &str, trad: &Trad, answers: &[(&str, &str)]) -> Last {
    inlasning::las(&of_text(text), trad, &answered(answers)).unwrap()
}

/// V1: three, five, nine and ten; nothing is merged, and the two spellings are offered as one.
#[test]
fn only_the_goals_of_the_unit_are_called_as_its_plan_calls_them() {
    assert_eq!(Benamning::Atagande.niva(Niva::Enhetsmal), "Åtagande");
    for niva in Niva::ALL {
        assert_eq!(Benamning::Enhetsmal.niva(niva), niva.label());
        assert_eq!(Benamning::Atagande.niva(niva) == niva.label(), niva != Niva::Enhetsmal);
    }
}

#[test]
fn the_chain_of_2014_is_read_as_it_stands_and_two_spellings_are_offered_as_one_and_kept_as_two() {
    let last = read(SODERMALM, &Trad::default(), &[]);
    assert_eq!((last.per_niva(), last.fel.len(), last.is_ready()), ([3, 5, 9, 10], 0, true));
    assert_eq!(last.fragor.len(), 1, "{:?}", last.fragor);
    let asked = &last.fragor[0];
    assert!(!asked.is_open() && asked.rader == [23, 24], "{asked:?}");
    assert_eq!(asked.val[0].label, "Behåll båda stavningarna");
    let ends = |last: &Last, end: &str| last.rader.iter().filter(|mal| mal.content.titel.ends_with(end)).count();
    assert_eq!((ends(&last, "inriktad"), ends(&last, "inriktat")), (1, 1));
    let one = read(SODERMALM, &Trad::default(), &[(&asked.key, inlasning::FORSTA)]);
    assert_eq!((ends(&one, "inriktad"), ends(&one, "inriktat"), one.per_niva()), (2, 0, [3, 5, 9, 10]), "spelt alike");
    let trad = trad_of(SODERMALM, 2014);
    assert_eq!((trad.per_niva(), trad.fel().len()), ([3, 5, 9, 10], 0));
    let nr: Vec<&str> = trad.of_niva(Niva::KfMal).iter().map(|mal| mal.content.nr.as_str()).collect();
    assert_eq!(nr, ["1.2", "1.3", "2.3", "2.4", "3.1"], "the numbers keep their gaps");
    let twice = trad.of_niva(Niva::Namndmal)[6];
    assert_eq!(twice.content.titel, "Ledarskapet är tydligt, aktivt och kommunikativt");
    let under: Vec<&Mal> = trad.children(Some(twice.id)).collect();
    assert_eq!((under.len(), under[0].content.titel.as_str()), (1, twice.content.titel.as_str()), "on two levels");
    let two = trad.of_niva(Niva::Namndmal)[3];
    assert_eq!(trad.children(Some(two.id)).count(), 2, "two åtaganden under one nämndmål");
}

#[test]
fn the_chains_of_2019_and_2022_skip_levels_and_have_numbers_of_their_own() {
    let bromma = trad_of(BROMMA, 2022);
    assert_eq!(bromma.per_niva(), [0, 0, 1, 12]);
    let walk = bromma.walk();
    assert_eq!((walk[0].djup, walk[1].djup, walk[1].hoppar), (0, 1, false));
    assert_eq!(walk[1].mal.content.titel, walk[0].mal.content.titel);
    assert!(walk[2].djup == 0 && walk[2].hoppar);
    let nr: Vec<&str> = bromma.of_niva(Niva::Enhetsmal).iter().map(|mal| mal.content.nr.as_str()).collect();
    assert_eq!(nr, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], "as the table has them");
    assert_eq!(trad_of(HASSELBY, 2019).per_niva(), [0, 0, 0, 5]);
}

#[test]
fn a_table_that_is_read_twice_makes_its_goals_once() {
    let trad = trad_of(SODERMALM, 2014);
    let again = read(SODERMALM, &trad, &[]);
    assert!(again.rader.iter().all(|mal| mal.finns.is_some()));
    assert!(again.rows(NODE, 2014, &trad, || panic!("no goal is new")).is_empty());
    assert_eq!(again.notes, ["27 mål finns redan och läses inte in igen."]);
    let more = format!("{SODERMALM}\nÅtagande;;Hushåll får budgetråd;Det ekonomiska resultatet är positivt");
    let rows = read(&more, &trad, &[]).rows(NODE, 2014, &trad, || id(900));
    assert_eq!(rows.len(), 1);
    assert_eq!(trad.get(rows[0].under.unwrap()).unwrap().content.titel, "Det ekonomiska resultatet är positivt");
    assert!(rows[0].ordning > 270);
}

#[test]
fn a_chain_that_is_written_out_is_read_back_as_it_was() {
    for (text, year) in [(SODERMALM, 2014), (BROMMA, 2022), (HASSELBY, 2019)] {
        let trad = trad_of(text, year);
        let mut table = crate::import::Table::default();
        table.push(1, inlasning::KOLUMNER.iter().map(|kolumn| kolumn.namn));
        (2..).zip(utlasning::celler(&trad)).for_each(|(line, cells)| table.push(line, cells));
        let again = inlasning::las(&table, &trad, &Svar::default()).unwrap();
        assert!(again.is_ready() && again.rader.iter().all(|mal| mal.finns.is_some()), "{again:?}");
        let anew = inlasning::las(&table, &Trad::default(), &Svar::default()).unwrap();
        let mut n = 100;
        let rows = anew.rows(NODE, year, &Trad::default(), || {
            n += 1;
            id(n)
        });
        let said = |trad: &Trad| trad.walk().iter().map(|p| (p.djup, p.mal.content.clone())).collect::<Vec<_>>();
        assert_eq!(said(&Trad::new(rows)), said(&trad));
    }
}

#[test]
fn a_table_as_long_as_may_be_is_read_once() {
    let rows = (0..MAL_MOST).fold("Nivå;Mål;Under".to_owned(), |text, n| {
        text + &format!("\nEnhetsmål;Individen har ett varaktigt boende i område {n};Mål som inte finns")
    });
    let last = read(&rows, &Trad::default(), &[]);
    assert_eq!(
        (last.rader.len(), last.fragor.len()),
        (MAL_MOST, 1),
        "figures tell goals apart, and one question is asked"
    );
    let more = rows + "\nEnhetsmål;Ett till;";
    let said = inlasning::las(&of_text(&more), &Trad::default(), &Svar::default()).unwrap_err();
    assert_eq!(said, "Det blir fler än 500 mål. Läs in färre, eller ta bort dem som inte används.");
}

#[test]
fn a_plan_of_many_goals_is_read_back_and_one_more_than_may_be_is_refused() {
    let rows = (0..MAL_MOST).fold("Nivå;Mål".to_owned(), |text, n| text + &format!("\nEnhetsmål;Område {n}"));
    let full = Trad::new(read(&rows, &Trad::default(), &[]).rows(NODE, 2022, &Trad::default(), MalId::new));
    let again = read(&rows, &full, &[]);
    assert!(again.rader.iter().all(|mal| mal.finns.is_some()), "all of them are there");
    let more = inlasning::las(&of_text("Nivå;Mål\nEnhetsmål;Ett till"), &full, &Svar::default()).unwrap_err();
    assert!(more.starts_with("Det blir fler än 500 mål."), "{more}");
}

#[test]
fn what_a_goal_lies_under_is_asked_when_the_table_does_not_have_it() {
    let text = "Nivå;Nr;Mål;Under
Nämndmål;;Medarbetarskapet är aktivt och utvecklingsinriktad;
Nämndmål;;Budgeten är i balans;
Åtagande;;Alla har en plan;Medarbetarskapet är aktivt och utvecklingsinriktat";
    let last = read(text, &Trad::default(), &[]);
    let asked: Vec<&Fraga> = last.fragor.iter().filter(|fraga| fraga.is_open()).collect();
    assert!(asked.len() == 1 && !last.is_ready());
    assert_eq!(asked[0].foreslaget.as_deref(), Some("rad:2"), "the nearest is proposed and not taken");
    assert_eq!(last.rader[2].under, Under::Inget);
    assert_eq!(read(text, &Trad::default(), &[(&asked[0].key, "rad:2")]).rader[2].under, Under::Rad(0));
    let none = read(text, &Trad::default(), &[(&asked[0].key, namngivet::INGET)]);
    assert!(none.is_ready() && none.rader[2].under == Under::Inget);
}

#[test]
fn a_goal_that_stands_twice_under_the_same_is_two_until_somebody_says_that_it_is_one() {
    let text =
        "Nivå;Nr;Mål;Under\nNämndmål;;Individen bor kvar;\nNämndmål;;Individen bor kvar;\nÅtagande;;Hyran betalas;";
    let last = read(text, &Trad::default(), &[]);
    assert_eq!((last.per_niva(), last.is_ready()), ([0, 0, 2, 1], true));
    let one = read(text, &Trad::default(), &[(&last.fragor[0].key, inlasning::ETT)]);
    assert_eq!(one.per_niva(), [0, 0, 1, 1]);
}

#[test]
fn a_row_that_cannot_be_a_goal_says_why() {
    let last =
        read("Nivå;Mål\nDelmål;Något\nEnhetsmål;\nKF-mål;1.2 Invånare är självförsörjande", &Trad::default(), &[]);
    let faults: Vec<(u32, &str)> = last.fel.iter().map(|fel| (fel.line, fel.text.as_str())).collect();
    assert_eq!(
        faults[0],
        (2, "Nivån ”Delmål” känns inte igen. Skriv inriktningsmål, KF-mål, nämndmål eller enhetsmål.")
    );
    assert_eq!(faults[1], (3, "Skriv målet."));
    assert_eq!(
        (last.rader[0].content.nr.as_str(), last.rader[0].content.titel.as_str()),
        ("1.2", "Invånare är självförsörjande")
    );
    for (title, nr, titel) in [
        ("1. Ett Stockholm som håller samman", "1", "Ett Stockholm som håller samman"),
        ("2022. Året då alla får plats", "", "2022. Året då alla får plats"),
        ("3 av 4 får jobb", "", "3 av 4 får jobb"),
    ] {
        let content = &read(&format!("Nivå;Mål\nInriktningsmål;{title}"), &Trad::default(), &[]).rader[0].content;
        assert_eq!((content.nr.as_str(), content.titel.as_str()), (nr, titel));
    }
    let none = inlasning::las(&of_text("Namn;Belopp\na;1"), &Trad::default(), &Svar::default()).unwrap_err();
    assert!(none.starts_with("Tabellen behöver en rubrikrad där ”Nivå” och ”Mål” står."), "{none}");
}

fn mal(n: u128, niva: Niva, under: Option<u128>) -> Mal {
    Mal {
        id: id(n),
        node: NODE,
        year: 2026,
        under: under.map(id),
        ordning: i64::try_from(n).unwrap(),
        copied_from: None,
        content: Content { niva, nr: String::new(), titel: format!("Mål {n}"), beskrivning: String::new() },
        version: 1,
    }
}

/// 1 over 2 over 3 and 4; 5 by itself.
fn small() -> Trad {
    Trad::new(vec![
        mal(4, Niva::Enhetsmal, Some(2)),
        mal(1, Niva::Inriktningsmal, None),
        mal(2, Niva::Namndmal, Some(1)),
        mal(3, Niva::Enhetsmal, Some(2)),
        mal(5, Niva::Namndmal, None),
    ])
}

#[test]
fn a_goal_is_never_moved_under_itself_or_what_lies_under_it() {
    let trad = small();
    assert_eq!(check_move(&trad, id(1), Some(id(1)), NODE).unwrap_err(), "Målet kan inte ligga under sig självt.");
    let said = check_move(&trad, id(1), Some(id(3)), NODE).unwrap_err();
    assert_eq!(said, "”Mål 3” ligger under ”Mål 1” och kan inte också ligga över det. Flytta det först.");
    let level = check_move(&trad, id(2), Some(id(5)), NODE).unwrap_err();
    assert_eq!(level, "Ett nämndmål kan inte ligga under ett nämndmål. Välj ett mål på en högre nivå.");
    assert_eq!(check_move(&trad, id(3), Some(id(5)), NODE), Ok(()));
    assert_eq!(check_move(&trad, id(3), Some(id(1)), NODE), Ok(()), "a level can be skipped");
    assert_eq!(check_move(&trad, id(2), None, NODE), Ok(()));
    let shared = check_move(&trad, id(2), None, CITY).unwrap_err();
    assert_eq!(shared, "Målet är gemensamt och flyttas av den som äger det.");
    assert_eq!(trad.places_for(id(3), NODE), [id(1), id(2), id(5)]);
}

#[test]
fn rows_that_make_a_ring_or_lie_under_nothing_that_is_there_lose_no_goal() {
    let trad = Trad::new(vec![
        mal(1, Niva::Namndmal, Some(2)),
        mal(2, Niva::Enhetsmal, Some(1)),
        mal(3, Niva::Enhetsmal, Some(99)),
        mal(4, Niva::KfMal, Some(4)),
    ]);
    assert_eq!(trad.walk().len(), 4);
    assert_eq!(trad.fel(), [Fel::Saknas(id(3)), Fel::Ring(id(1)), Fel::Ring(id(4))]);
    assert_eq!(trad.path(id(2)).len(), 2);
}

#[test]
fn the_order_is_set_by_hand_and_numbers_count_as_people_count() {
    let trad = small();
    assert_eq!(trad.move_before(id(4), Some(id(3))), [(id(4), 10), (id(3), 20)]);
    assert_eq!(trad.move_before(id(3), None), [(id(4), 10), (id(3), 20)]);
    assert_eq!(trad.move_before(id(3), Some(id(5))), [], "that lies elsewhere");
    let numbered = |n, nr: &str| {
        let one = mal(n, Niva::KfMal, None);
        Mal { ordning: 0, content: Content { nr: nr.into(), ..one.content }, ..one }
    };
    let trad = Trad::new(vec![numbered(1, "1.10"), numbered(2, ""), numbered(3, "1.2")]);
    assert_eq!(trad.children(None).map(|mal| mal.id).collect::<Vec<_>>(), [id(3), id(1), id(2)]);
}

#[test]
fn a_goal_that_something_lies_under_or_feeds_is_not_removed() {
    let trad = small();
    assert_eq!(check_remove(&trad, id(3), NODE, &[]), Ok(()));
    assert_eq!(
        check_remove(&trad, id(1), NODE, &[]).unwrap_err(),
        "Målet kan inte tas bort. Under målet ligger målet ”Mål 2”. Flytta eller ta bort det först."
    );
    let feeds = |slag, namn: &str| Kopplad { slag, namn: namn.into() };
    let all = [
        feeds(Slag::Aktivitet, "Följa MI-planen"),
        feeds(Slag::Enkat, "Brukarenkät"),
        feeds(Slag::Serie, "Hushåll med ekonomiskt bistånd"),
        feeds(Slag::Genomforande, "Barnkonsekvensanalyser"),
    ];
    assert_eq!(
        check_remove(&trad, id(3), NODE, &all).unwrap_err(),
        "Målet kan inte tas bort. Målet får sina siffror från serien ”Hushåll med ekonomiskt bistånd”, egenkontrollen \
         ”Barnkonsekvensanalyser” och enkäten ”Brukarenkät”. Ta bort kopplingen först. Till målet hör aktiviteten ”Följa \
         MI-planen”. Flytta eller ta bort det som hör till målet först."
    );
    assert!(check_remove(&trad, id(3), CITY, &[]).unwrap_err().contains("gemensamt"));
}

fn count(list: &[Punkt]) -> usize {
    list.iter().map(|p| 1 + count(&p.under)).sum()
}

#[test]
fn the_chain_is_a_list_in_a_list_that_says_which_levels_are_skipped() {
    let list = lista(&small());
    assert_eq!(list.iter().map(|p| p.mal).collect::<Vec<_>>(), [id(1), id(5)]);
    assert_eq!((list[0].under[0].hoppade.as_slice(), list[0].under[0].under.len()), ([Niva::KfMal].as_slice(), 2));
    assert_eq!(list[1].hoppade, [Niva::Inriktningsmal, Niva::KfMal]);
    assert_eq!(count(&lista(&trad_of(SODERMALM, 2014))), 27);
}

#[test]
fn how_the_year_stands_is_said_in_one_sentence() {
    let all = |helt, delvis, inte, ingen| Rakning { helt, delvis, inte, ingen };
    assert_eq!(
        all(3, 4, 1, 2).said(Benamning::Atagande),
        "Tre av tio åtaganden uppfylls helt, fyra delvis och ett inte. Två har ingen bedömning."
    );
    assert_eq!(all(12, 0, 0, 0).said(Benamning::Enhetsmal), "Alla tolv enhetsmål uppfylls helt.");
    assert_eq!(all(0, 0, 12, 0).said(Benamning::Enhetsmal), "Inget av tolv enhetsmål uppfylls.");
    assert_eq!(all(2, 0, 0, 0).said(Benamning::Enhetsmal), "Båda enhetsmålen uppfylls helt.");
    assert_eq!(all(0, 2, 0, 0).said(Benamning::Atagande), "Båda åtagandena uppfylls delvis.");
    assert_eq!(
        all(0, 5, 4, 1).said(Benamning::Enhetsmal),
        "Inget av tio enhetsmål uppfylls helt, fem delvis och fyra inte. Ett har ingen bedömning."
    );
    assert_eq!(
        all(0, 2, 0, 1).said(Benamning::Atagande),
        "Inget av tre åtaganden uppfylls helt, två delvis. Ett har ingen bedömning."
    );
    assert_eq!(
        all(5, 6, 1, 0).inledning(Benamning::Enhetsmal),
        "Av enhetens 12 enhetsmål är fem helt uppfyllda, sex delvis och ett inte."
    );
    assert_eq!(
        all(0, 1, 0, 1).inledning(Benamning::Atagande),
        "Av enhetens 2 åtaganden är inget helt uppfyllt och ett delvis. Ett har ingen bedömning."
    );
    assert_eq!(all(1, 0, 0, 0).inledning(Benamning::Enhetsmal), "Enhetens enda enhetsmål är helt uppfyllt.");
    assert_eq!(all(0, 0, 0, 3).inledning(Benamning::Enhetsmal), "Enhetens 3 enhetsmål har ingen bedömning än.");
    assert_eq!(all(0, 0, 0, 0).inledning(Benamning::Enhetsmal), "");
    assert_eq!(all(0, 1, 0, 0).said(Benamning::Atagande), "Det enda åtagandet uppfylls delvis.");
    assert_eq!(all(0, 0, 0, 5).said(Benamning::Enhetsmal), "Fem enhetsmål har ingen bedömning än.");
    assert_eq!(all(0, 0, 0, 0).said(Benamning::Enhetsmal), "Planen har inga enhetsmål.");
    let trad = small();
    let status = BTreeMap::from([(id(3), Uppfyllelse::Helt), (id(2), Uppfyllelse::Ingen)]);
    assert_eq!(Rakning::under(&trad, Some(id(1)), &status), all(1, 0, 0, 1), "the marks in the box above");
    let marks: Vec<_> = Rakning::under(&trad, None, &status).marken().map(Uppfyllelse::mark).collect();
    assert_eq!(marks, [Some(Mark::Disc), None]);
}

#[test]
fn codes_come_back_and_words_of_the_documents_are_known() {
    for niva in Niva::ALL {
        assert_eq!(Niva::from_code(niva.code()), Some(niva));
        assert_eq!(Niva::from_word(niva.label()), Some(niva));
    }
    assert_eq!(Niva::from_word("ÅTAGANDE "), Some(Niva::Enhetsmal));
    assert!(Uppfyllelse::ALL.into_iter().all(|one| Uppfyllelse::from_code(one.code()) == Some(one)));
    assert!(Benamning::ALL.into_iter().all(|one| Benamning::from_code(one.code()) == Some(one)));
    assert!(Slag::ALL.into_iter().all(|one| Slag::from_code(one.code()) == Some(one)));
    assert_eq!(Uppfyllelse::Ingen.label(), "— Ingen");
}

#[test]
fn a_goal_has_a_level_and_a_title_and_nothing_that_tells_of_a_person() {
    let form = Form { niva: "enhetsmal".into(), nr: "1.".into(), titel: " Ingen  vräks ".into(), ..Form::default() };
    let content = check(&form).unwrap();
    assert_eq!(
        (content.nr.as_str(), content.titel.as_str(), content.med_nr().as_str()),
        ("1", "Ingen vräks", "1 Ingen vräks")
    );
    assert_eq!(check(&content.form()), Ok(content));
    let fields = |form: &Form| check(form).unwrap_err().into_iter().map(|e| e.field).collect::<Vec<_>>();
    assert_eq!(fields(&Form::default()), ["niva", "titel"]);
    assert_eq!(fields(&Form { titel: "811228-9874 bor kvar".into(), ..form }), ["titel"]);
}

proptest! {
    /// Whatever the rows say, every goal stands in the tree once, under what lies above it, and the list has each.
    #[test]
    fn no_goal_is_lost_whatever_the_rows_say(rows in prop::collection::vec((0_usize..4, prop::option::of(0_u128..12), 0_i64..4), 0..12)) {
        let rows: Vec<Mal> = (0..)
            .zip(rows)
            .map(|(n, (niva, under, ordning))| Mal { ordning, ..mal(n, Niva::ALL[niva], under) })
            .collect();
        let trad = Trad::new(rows.clone());
        let walk = trad.walk();
        let mut ids: Vec<MalId> = walk.iter().map(|post| post.mal.id).collect();
        ids.sort();
        prop_assert_eq!(ids, rows.iter().map(|mal| mal.id).collect::<Vec<_>>());
        for post in &walk {
            prop_assert_eq!(trad.path(post.mal.id).len(), post.djup + 1);
            prop_assert!(!trad.is_under(post.mal.id, post.mal.id));
            prop_assert_eq!(trad.below(post.mal.id).count(), walk.iter().filter(|other| trad.is_under(other.mal.id, post.mal.id)).count());
        }
        prop_assert_eq!(count(&lista(&trad)), rows.len());
    }
}

//! Tables of indikatorer and of outcomes, read in and written out.

use super::*;
use crate::{
    import::Table,
    siffror::inlasning::Svar,
    table,
    verksamhetsplan::{
        indikator::{
            inlasning::{self, Under},
            utfallstabell::{self, Finns, HOPPA},
        },
        mal::{
            MalId, Niva, Trad,
            tests::{BROMMA, SODERMALM, trad_of},
        },
        tabell::Kolumn,
    },
};

const SODERMALM_2014: &str = include_str!("../../../../testdata/verksamhetsplan/indikatorer-sodermalm-2014.csv");
const AV_2022: &str = include_str!("../../../../testdata/verksamhetsplan/indikatorer-2022.csv");
const UTSKRIVET: &str = include_str!("../../../../testdata/verksamhetsplan/indikatorer-bromma-2022-utskrivet.csv");
const UTFALL: &str = include_str!("../../../../testdata/verksamhetsplan/indikatorutfall-bromma.csv");

fn of_csv(text: &str) -> Table {
    let mut table = Table::default();
    for record in table::records(text, &[';']) {
        table.push(record.line, record.cells);
    }
    table
}

fn of_cells(kolumner: &[Kolumn], rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::default();
    table.push(1, kolumner.iter().map(|k| k.namn));
    for (line, cells) in (2..).zip(rows) {
        table.push(line, cells);
    }
    table
}

fn answered(answers: &[(&str, &str)]) -> Svar {
    let mut svar = Svar::default();
    for (key, value) in answers {
        svar.set(key, value);
    }
    svar
}

fn kept(last: &inlasning::Last) -> Vec<Under> {
    let new = |(n, rad): (u128, &inlasning::LastRad)| Under {
        indikator: indikator(n, rad.content.clone().unwrap()),
        mal: rad.mal.unwrap(),
    };
    (1..).zip(&last.rader).map(new).collect()
}

fn first(trad: &Trad, niva: Niva) -> MalId {
    trad.of_niva(niva)[0].id
}

#[test]
fn fourteen_indikatorer_come_under_their_goals_and_come_back_the_same() {
    let trad = trad_of(SODERMALM, 2014);
    let last = inlasning::las(&of_csv(SODERMALM_2014), &trad, None, &[], &Svar::default()).unwrap();
    assert!(last.is_ready() && last.fragor.is_empty(), "{:?} {:?}", last.fragor, last.fel);
    let rows = kept(&last);
    let on = |niva: Niva| rows.iter().filter(|row| trad.get(row.mal).unwrap().content.niva == niva).count();
    assert_eq!((rows.len(), on(Niva::KfMal), on(Niva::Namndmal)), (14, 7, 7));
    let table = of_cells(inlasning::KOLUMNER, inlasning::celler(&rows, &trad));
    let again = inlasning::las(&table, &trad, None, &[], &Svar::default()).unwrap();
    assert_eq!(kept(&again), rows, "{:?} {:?}", again.fragor, again.fel);
    let there = inlasning::las(&table, &trad, None, &rows, &Svar::default()).unwrap();
    assert!(there.rader.iter().all(|rad| rad.finns.is_some()));
    assert_eq!(there.notes.last().unwrap(), "14 rader finns redan och läses inte in igen.");
}

#[test]
fn kinds_and_decimals_that_the_unit_does_not_say_come_back() {
    let trad = trad_of(SODERMALM, 2014);
    let mal = first(&trad, Niva::Enhetsmal);
    let contents = [
        Content { namn: "Hushåll".into(), ..bestand("15 hushåll") },
        Content { namn: "Väntetid".into(), ..content(Slag::Medel, "inom", "4–6 dagar") },
        Content { namn: "Tas fram".into(), ..andel("Tas fram av nämnd") },
        Content { namn: "Hotell".into(), ..belopp("625 000") },
    ];
    let rows: Vec<Under> = (1..).zip(contents).map(|(n, c)| Under { indikator: indikator(n, c), mal }).collect();
    let table = of_cells(inlasning::KOLUMNER, inlasning::celler(&rows, &trad));
    let last = inlasning::las(&table, &trad, None, &[], &Svar::default()).unwrap();
    assert!(last.is_ready(), "{:?} {:?}", last.fragor, last.fel);
    assert_eq!(kept(&last), rows);
}

#[test]
fn the_printed_table_is_read_when_what_it_does_not_say_is_answered() {
    let trad = trad_of(BROMMA, 2022);
    let mal = Some(first(&trad, Niva::Enhetsmal));
    let open = inlasning::las(&of_csv(UTSKRIVET), &trad, mal, &[], &Svar::default()).unwrap();
    assert!(!open.is_ready() && open.fel.is_empty());
    let asked: Vec<&str> = open.fragor.iter().map(|fraga| fraga.key.split(':').next().unwrap()).collect();
    assert_eq!(asked, ["riktning", "riktning", "enhet", "riktning", "riktning", "riktning"]);
    assert_eq!(open.fragor[2].foreslaget.as_deref(), Some("%"));
    let mut svar = Svar::default();
    for fraga in &open.fragor {
        svar.set(&fraga.key, if fraga.key.starts_with("enhet") { "%" } else { "lagre" });
    }
    let last = inlasning::las(&of_csv(UTSKRIVET), &trad, mal, &[], &svar).unwrap();
    assert!(last.is_ready(), "{:?}", last.fragor);
    let content = last.rader[2].content.as_ref().unwrap();
    assert_eq!((content.arsmal.shown(content).as_str(), content.decimaler), ("65\u{a0}%", 2));

    // a row that names no goal, read in at none
    let nowhere = inlasning::las(&of_csv(AV_2022), &trad, None, &[], &Svar::default()).unwrap();
    assert_eq!(nowhere.fragor.len(), 6);
    assert!(nowhere.fragor[5].text.starts_with("Vilket mål hör ”Aktivt medskapandeindex” till?"));
    assert!(inlasning::las(&of_csv(AV_2022), &trad, mal, &[], &Svar::default()).unwrap().is_ready());
}

#[test]
fn the_same_indikator_under_two_goals_is_asked_about() {
    let trad = trad_of(SODERMALM, 2014);
    let text = "Mål;Indikator;Enhet;Riktning;Årsmål;Periodicitet\n1.2;Andel A;%;lägre;4;T1\n2.4;Andel A;%;lägre;4;T1";
    let text = text.replace("T1", "Tertial");
    let both = inlasning::las(&of_csv(&text), &trad, None, &[], &Svar::default()).unwrap();
    assert!(both.is_ready() && both.rader.len() == 2);
    let asked = &both.fragor[0];
    assert!(asked.text.starts_with("”Andel A” står både under ”1.2 ") && asked.rader == [2, 3], "{asked:?}");
    let svar = answered(&[(&asked.key, inlasning::FORSTA)]);
    let one = inlasning::las(&of_csv(&text), &trad, None, &[], &svar).unwrap();
    assert_eq!(one.rader.iter().map(|rad| rad.line).collect::<Vec<_>>(), [2]);
    // and beside the plan
    let there = kept(&one);
    let beside = inlasning::las(&of_csv(&text), &trad, None, &there, &svar).unwrap();
    assert!(beside.rader.iter().all(|rad| rad.finns == Some(there[0].indikator.id)), "{:?}", beside.rader);
}

#[test]
fn what_is_wrong_with_a_row_is_said_at_its_cell() {
    let trad = trad_of(SODERMALM, 2014);
    let text = "Mål;Indikator;Enhet;Slag;Riktning;Årsmål;Periodicitet\n1.2;;%;;lägre;4;Tertial\n1.2;A;st;;lägre;1.346;Tertial\n\
                1.2;B;st;summa;lägre;4;Tertial\n1.2;C;%;;lägre;130;Tertial\n1.2;D;dagar;;lägre;4;ibland";
    let last = inlasning::las(&of_csv(text), &trad, None, &[], &Svar::default()).unwrap();
    let faults: Vec<(u32, &str)> = last.fel.iter().map(|fel| (fel.line, fel.falt.as_str())).collect();
    assert_eq!(faults, [(2, "namn"), (3, "arsmal"), (4, "slag"), (5, "arsmal")]);
    let keys: Vec<&str> = last.fragor.iter().map(|fraga| fraga.key.as_str()).collect();
    assert_eq!(keys, ["slag:enhet:dagar", "periodicitet:ibland"]);
    let answers = answered(&[("slag:enhet:dagar", "medel"), ("periodicitet:ibland", "ar")]);
    let last = inlasning::las(&of_csv(text), &trad, None, &[], &answers).unwrap();
    assert_eq!(last.rader[0].content.as_ref().map(|c| (c.slag, c.periodicitet)), Some((Slag::Medel, Periodicitet::Ar)));
    assert!(inlasning::las(&of_csv("A;B\n1;2"), &trad, None, &[], &answers).unwrap_err().contains("”Indikator”"));
}

/// The indikatorer that the printed outcomes are of.
fn bromma() -> Vec<Indikator> {
    let named = |n, namn: &str, content: Content| indikator(n, Content { namn: namn.into(), ..content });
    vec![
        named(1, "Andel förändringsplaner upprättade inom tre månader", andel("75 %")),
        named(2, "Andel av samtliga som har förändringsplan", andel("75 %")),
        named(3, "Andel barn som lever i familjer som har ekonomiskt bistånd", content(Slag::Andel, "lagre", "1 %")),
        named(4, "Andel barnkonsekvensanalyser vid avslag", andel("75 %")),
        named(5, "Aktivt medskapandeindex", content(Slag::Medel, "hogre", "82 index")),
    ]
}

#[test]
fn printed_outcomes_are_read_with_their_marks_and_come_back_the_same() {
    let all = bromma();
    let of = |svar: &Svar| utfallstabell::las(&of_csv(UTFALL), &all, 2022, None, &Finns::new(), svar).unwrap();
    let open = of(&Svar::default());
    let keys: Vec<(&str, &[u32])> = open.fragor.iter().map(|f| (f.text.as_str(), f.rader.as_slice())).collect();
    assert_eq!(
        keys,
        [
            ("Vilken period är ”Egenkontroll 2021”?", [7].as_slice()),
            ("”Andel förändringsplaner tertial 1 2022” finns inte i planen. Vilken indikator är det?", &[8]),
            ("”Aktivt medskapandeindex” har flera utfall för VB 2020. Vilket gäller?", &[12, 13]),
        ]
    );
    assert!(!open.is_ready() && open.fel.is_empty(), "{:?}", open.fel);
    let answers: Vec<(&str, &str)> = open.fragor.iter().map(|f| f.key.as_str()).zip([HOPPA, HOPPA, "13"]).collect();
    let last = of(&answered(&answers));
    assert!(last.is_ready() && last.rader.len() == 11, "{:?}", last.rader.len());
    assert!(last.notes.iter().any(|note| note.ends_with("läses inte in.")), "{:?}", last.notes);
    let told = |at: usize| {
        let rad = &last.rader[at];
        let content = &all.iter().find(|one| one.id == rad.indikator).unwrap().content;
        let satt = rad.utfall.satt.clone().unwrap();
        let mark = bedomning(content, rad.period, &rad.utfall).status.marke().unwrap().sign();
        (content.with_unit(rad.utfall.tal().unwrap()), mark, satt.skal, satt.vid == rad.utfall.tal())
    };
    let skal = || "Som det står i tabellen".to_owned();
    assert_eq!(told(0), ("12,83\u{a0}%".to_owned(), '◆', skal(), true));
    assert_eq!(told(1), ("10,86\u{a0}%".to_owned(), '■', skal(), true));
    assert_eq!(told(2), ("84,54\u{a0}%".to_owned(), '●', skal(), true));
    assert_eq!(last.rader[3].utfall.satt, None);
    assert_eq!(last.rader[2].utfall.analys, "osäker: fem chefer mätte på olika sätt");

    let rows: Vec<(&Content, Utfallsperiod, &Utfall)> = last
        .rader
        .iter()
        .map(|rad| (&all.iter().find(|one| one.id == rad.indikator).unwrap().content, rad.period, &rad.utfall))
        .collect();
    let table = of_cells(utfallstabell::KOLUMNER, utfallstabell::celler(&rows));
    let again = utfallstabell::las(&table, &all, 2022, None, &Finns::new(), &Svar::default()).unwrap();
    assert!(again.is_ready() && again.notes.is_empty(), "{:?} {:?} {:?}", again.fragor, again.fel, again.notes);
    let outcomes = |last: &utfallstabell::Last| last.rader.iter().map(|rad| rad.utfall.clone()).collect::<Vec<_>>();
    assert_eq!(outcomes(&again), outcomes(&last));
    // read in once more over what is there, nothing changes
    let there: Finns = last.rader.iter().map(|rad| ((rad.indikator, rad.period), rad.utfall.clone())).collect();
    let over = utfallstabell::las(&table, &all, 2022, None, &there, &Svar::default()).unwrap();
    assert_eq!(outcomes(&over), outcomes(&last));
}

#[test]
fn an_outcome_that_does_not_agree_with_its_parts_or_its_goal_is_told() {
    let all = bromma();
    let name = &all[0].content.namn;
    let head = "Indikator;Period;Periodens utfall;Täljare;Nämnare;Årsmål;Status";
    let read = |row: &str| {
        let text = format!("{head}\n{name};{row}");
        utfallstabell::las(&of_csv(&text), &all, 2022, None, &Finns::new(), &Svar::default()).unwrap()
    };
    let other = read("T1;12,38;58;452;80 %;");
    assert_eq!(
        other.notes,
        [
            "Rad 2: 58 av 452 är 12,83\u{a0}%, men det står 12,38\u{a0}%. Täljaren och nämnaren gäller.",
            "Rad 2: årsmålet är 80\u{a0}% i tabellen och 75\u{a0}% i planen."
        ]
    );
    let more = read("T1;;36;35;;");
    let judged = bedomning(&all[0].content, more.rader[0].period, &more.rader[0].utfall);
    assert!(judged.said(&all[0].content).contains("Täljaren 36 är större än nämnaren 35."), "it is flagged");
    let falt = |row: &str| read(row).fel.into_iter().map(|fel| fel.falt).collect::<Vec<_>>();
    assert_eq!(falt("T1;77 st;;;;bra"), ["total", "status"]);
    assert_eq!((falt("T1;;58;;;"), falt("T1;;3;0;;")), (vec!["taljare".to_owned()], vec!["taljare".to_owned()]));
    assert!(read("Tertial;77;;;;").fragor[0].text.starts_with("Vilken period är ”Tertial”?"));
}

#[test]
fn a_comment_that_is_too_long_for_an_analysis_is_told_and_not_kept() {
    let all = bromma();
    let long = "ord ".repeat(3_000);
    let text = format!("Indikator;Period;Periodens utfall;Kommentar\n{};T1;77 %;{long}", all[0].content.namn);
    let last = utfallstabell::las(&of_csv(&text), &all, 2022, None, &Finns::new(), &Svar::default()).unwrap();
    assert!(last.rader.is_empty() && !last.is_ready());
    assert_eq!((last.fel[0].line, last.fel[0].falt.as_str()), (2, "kommentar"));
    assert!(last.fel[0].text.starts_with("Texten är 11\u{a0}999 tecken"), "{}", last.fel[0].text);
}

#[test]
fn an_outcome_of_a_closed_period_is_read_and_written_as_what_the_indikator_was_then() {
    let then = andel("75 %");
    let now = indikator(1, Content { namn: then.namn.clone(), ..antal("15 st") });
    let t1 = Utfallsperiod::tertial_1(2022);
    let reported = Utfall::of(share(Share { numerator: 29, denominator: 35 }).unwrap()).fryst_av(&then);
    let table = of_cells(utfallstabell::KOLUMNER, utfallstabell::celler(&[(&now.content, t1, &reported)]));
    let there = Finns::from([((now.id, t1), reported.clone())]);
    let last = utfallstabell::las(&table, &[now], 2022, None, &there, &Svar::default()).unwrap();
    assert!(last.is_ready() && last.notes.is_empty(), "{:?} {:?}", last.fel, last.notes);
    assert_eq!(last.rader[0].utfall, reported);
}

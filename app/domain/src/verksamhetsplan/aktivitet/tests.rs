use super::{
    inlasning::{KOLUMNER, Last, celler, las},
    *,
};
use crate::{
    dokument::table::Mark,
    import::Names,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        indikator::sammanfattning::Aktivitetsrakning,
        mal::{
            Niva, Trad,
            namngivet::{self, Namngivet, namngivet},
            tests::{BROMMA, HASSELBY, NODE, SODERMALM, trad_of},
        },
        tabell::of_text,
    },
};

/// Those of 2022: two of the förvaltning, one of which is four years.
const AV_2022: &str = "Källa;År;Nivå;Mål;Aktivitet;Startdatum;Slutdatum
Bromma;2022;Enhetsmål;Handläggningen är rättssäker och likställd;Förvaltningens kvalitetsledningssystem enligt SOSFS 2011:9 färdigställs och implementeras på enhetsnivå;2022-01-01;2022-12-31
Bromma;2022;Förvaltning;;Verksamheterna identifierar risker för fusk, oegentligheter och organiserad brottslighet;2021-01-01;2022-12-31
Bromma;2022;Förvaltning;;Handlingsplan vid befarat underskott;2019-01-01;2022-12-31
Bromma;2022;Enhetsmål;;Fördjupad samverkan med Jobbtorg om unga som varken arbetar eller studerar;;";

/// Those of 2014.
const AV_2014: &str = "Källa;År;Nivå;Mål;Aktivitet;Startdatum;Slutdatum
Södermalm;2014;KF-mål;1.2;Samordning, utveckling och uppföljning av stadens arbetsmarknadsåtgärder;2014-01-01;2014-12-31
Södermalm;2014;KF-mål;1.2;Intensifiera arbetet mot felaktiga utbetalningar och mäta effekten;2014-01-01;2014-12-31
Södermalm;2014;Åtagande;Individen har individuell planering för att nå egen försörjning;Följa enhetens MI-plan;2014-01-01;2014-12-31
Södermalm;2014;Nämndmål;Nämndens verksamhet är miljövänlig;Följa nämndens miljöhandlingsplan;2014-01-01;2014-12-31
Södermalm;2014;KF-mål;2.3;Implementera stadens hemlöshetsstrategi;2014-01-01;2014-12-31
Södermalm;2014;Nämndmål;Barn och ungdomar har skäliga levnadsförhållanden;Rutiner för barnets bästa i ärenden med barn;2014-01-01;2014-12-31
Södermalm;2014;Nämndmål;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktad;Fysisk skyddsrond;2014-01-01;2014-05-31
Södermalm;2014;Nämndmål;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktad;Handlingsplan utifrån medarbetarenkäten;2014-01-01;2014-03-03";

/// Those of 2019, without days.
const AV_2019: &str = "Källa;År;Nivå;Mål;Aktivitet;Startdatum;Slutdatum
Hässelby-Vällingby;2019;Enhetsmål;4;Gå igenom skriftligt kommunikationsmaterial och anpassa språket;;
Hässelby-Vällingby;2019;Enhetsmål;5;Barnrättsvecka med enskilda samtal för ungdomar som tar studenten;;";

/// The goals that the indikatorer of 2014 stand at.
const INDIKATORER: [(&str, &str); 14] = [
    ("KF-mål", "1.2"),
    ("KF-mål", "1.2"),
    ("KF-mål", "1.2"),
    ("Nämndmål", "Individen klarar sin egen försörjning"),
    ("Nämndmål", "Individen klarar sin egen försörjning"),
    ("Nämndmål", "Individen har ett varaktigt boende"),
    ("Nämndmål", "Individen har ett varaktigt boende"),
    ("KF-mål", "2.4"),
    ("KF-mål", "2.4"),
    ("KF-mål", "2.4"),
    ("KF-mål", "2.4"),
    ("Nämndmål", "Ledarskapet är tydligt, aktivt och kommunikativt"),
    ("Nämndmål", "Ledarskapet är tydligt, aktivt och kommunikativt"),
    ("Nämndmål", "Ledarskapet är tydligt, aktivt och kommunikativt"),
];

fn read(text: &str, trad: &Trad, year: i32) -> Last {
    las(&of_text(text), trad, &Names::default(), &[], year, &Svar::default()).unwrap()
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn of(content: Content, satt: Satt) -> Planaktivitet {
    Planaktivitet {
        id: PlanaktivitetId(uuid::Uuid::from_u128(1)),
        node: NODE,
        year: 2022,
        content,
        lage: Lage { satt, ..Lage::default() },
        version: 1,
    }
}

/// V1: eight aktiviteter, and fourteen indikatorer of which seven stand at KF-mål and seven at nämndmål.
#[test]
fn those_of_2014_find_their_goals_by_number_and_by_title() {
    let trad = trad_of(SODERMALM, 2014);
    let last = read(AV_2014, &trad, 2014);
    assert!(last.is_ready() && last.fragor.is_empty(), "{last:?}");
    assert_eq!((last.rader.len(), last.rader.iter().filter(|rad| rad.content.mal.is_some()).count()), (8, 8));
    let whose: Vec<Ursprung> = last.rader.iter().map(|rad| rad.content.agare).collect();
    assert_eq!(whose.iter().filter(|one| **one == Ursprung::Kf).count(), 3);
    let first = trad.get(last.rader[0].content.mal.unwrap()).unwrap();
    assert_eq!(first.content.nr, "1.2");
    let mut per_level = [0; 4];
    for (niva, name) in INDIKATORER {
        let niva = Niva::from_word(niva);
        let Namngivet::Ett(id) = namngivet(&trad, niva, name) else { panic!("{name}") };
        per_level[trad.get(id).unwrap().content.niva.kolumn()] += 1;
    }
    assert_eq!(per_level, [0, 7, 7, 0]);
}

#[test]
fn those_of_2019_and_2022_are_read_and_have_no_days_or_several_years() {
    let last = read(AV_2022, &trad_of(BROMMA, 2022), 2022);
    assert!(last.is_ready(), "{last:?}");
    let whose: Vec<Ursprung> = last.rader.iter().map(|rad| rad.content.agare).collect();
    assert_eq!(whose, [Ursprung::Enhet, Ursprung::Namnd, Ursprung::Namnd, Ursprung::Enhet]);
    assert_eq!(last.rader[2].content.years(), Some((2019, Some(2022))));
    assert!(last.rader[2].notes.is_empty());
    assert_eq!(last.rader[3].notes, ["Går det att mäta? Skriv gärna till när."]);
    assert_eq!(last.notes, ["Kolumnerna ”Källa” och ”År” läses inte in."]);
    let last = read(AV_2019, &trad_of(HASSELBY, 2019), 2019);
    assert!(last.is_ready() && last.rader.len() == 2 && last.rader.iter().all(|rad| rad.content.mal.is_some()));
}

/// V10: one thing on the wheels of four years, late only after its last day.
#[test]
fn one_of_four_years_is_on_each_wheel_and_late_only_after_its_end() {
    let form = PlanaktivitetForm {
        text: "Handlingsplan vid befarat underskott".into(),
        start: "2019-01-01".into(),
        slut: "2022-12-31".into(),
        ..PlanaktivitetForm::default()
    };
    let content = check(&form, 2022).unwrap();
    let on: Vec<i32> = (2018..=2023).filter(|year| content.is_in(*year)).collect();
    assert_eq!(on, [2019, 2020, 2021, 2022]);
    assert_eq!(content.arc(2020), Some(Slot { start: day(2020, 1, 1), due: day(2020, 12, 31) }), "cut at New Year");
    assert_eq!((content.arc(2018), content.utanfor(2022)), (None, None));
    let one = of(content, Satt::Pagar);
    assert_eq!((one.status(day(2022, 12, 31)), one.status(day(2023, 1, 1))), (Status::Pagar, Status::Forsenad));
    assert!(one.saknar_besked(day(2023, 1, 1)) && !one.saknar_besked(day(2022, 12, 31)));
    let said = Planaktivitet { lage: Lage { avvikelse: "Skjuts upp".into(), ..one.lage.clone() }, ..one.clone() };
    assert!(!said.saknar_besked(day(2023, 1, 1)));
    for satt in [Satt::Avslutad, Satt::Utgatt] {
        assert_ne!(of(one.content.clone(), satt).status(day(2030, 1, 1)), Status::Forsenad);
    }
}

#[test]
fn one_that_does_not_touch_the_year_is_flagged_and_kept() {
    let form = |start: &str, slut: &str| PlanaktivitetForm {
        text: "x".into(),
        start: start.into(),
        slut: slut.into(),
        ..PlanaktivitetForm::default()
    };
    let content = check(&form("2021-01-01", "2021-12-31"), 2022).unwrap();
    assert_eq!(
        content.utanfor(2022).unwrap(),
        "Aktiviteten pågår 2021-01-01–2021-12-31, alltså inte under 2022. Är det rätt år?"
    );
    assert!(of(content, Satt::Pagar).is_shown_in(2022), "it was written there");
    let single = check(&form("", "2022-03-03"), 2022).unwrap();
    assert_eq!(single.arc(2022), Some(Slot::on(day(2022, 3, 3))));
    assert_eq!(check(&form("", ""), 2022).unwrap().years(), None);
    assert_eq!(
        check(&form("2022-05-01", "2022-04-30"), 2022).unwrap_err()[0].message,
        "Sista dagen är före den första, 2022-05-01."
    );
    assert_eq!(check(&form("1/5", ""), 2022).unwrap().start, Some(day(2022, 5, 1)));
}

#[test]
fn one_without_an_end_goes_on_while_it_is_open() {
    let form = |start: &str, slut: &str| PlanaktivitetForm {
        text: "x".into(),
        start: start.into(),
        slut: slut.into(),
        ..PlanaktivitetForm::default()
    };
    let content = check(&form("2021-03-01", ""), 2022).unwrap();
    assert_eq!((content.years(), content.utanfor(2022)), (Some((2021, None)), None));
    assert_eq!(content.arc(2021), Some(Slot { start: day(2021, 3, 1), due: day(2021, 12, 31) }));
    assert_eq!(content.arc(2020), None);
    assert_eq!(content.hjalp().unwrap(), "Går det att mäta? Skriv gärna till när.", "only the help asks for it");
    let open = of(content.clone(), Satt::Pagar);
    assert_eq!(open.arc(2023), Some(Slot { start: day(2023, 1, 1), due: day(2023, 12, 31) }));
    assert!(open.is_shown_in(2024) && open.status(day(2030, 1, 1)) == Status::Pagar, "never late");
    let closed = of(content, Satt::Avslutad);
    assert_eq!((closed.is_shown_in(2021), closed.is_shown_in(2022), closed.arc(2023)), (true, true, None));
    assert!(!closed.is_shown_in(2023));
    let said = |start, slut| check(&form(start, slut), 2022).unwrap().utanfor(2022).unwrap();
    assert_eq!(said("2023-02-01", ""), "Aktiviteten börjar 2023-02-01, alltså inte under 2022. Är det rätt år?");
    assert_eq!(said("", "2021-02-01"), "Aktiviteten ska vara klar 2021-02-01, alltså inte under 2022. Är det rätt år?");
}

#[test]
fn who_gives_one_up_says_why() {
    let form = LageForm { satt: "utgatt".into(), ..LageForm::default() };
    assert_eq!(check_lage(&form).unwrap_err()[0].field, "skal");
    let lage = check_lage(&LageForm { skal: "Projektet lades ner".into(), ..form.clone() }).unwrap();
    assert_eq!((lage.satt, lage.skal.as_str()), (Satt::Utgatt, "Projektet lades ner"));
    assert!(check_lage(&LageForm::default()).is_err());
    for one in Satt::ALL {
        assert_eq!(Satt::from_code(one.code()), Some(one));
    }
    let counted = Aktivitetsrakning::of([Status::Avslutad, Status::Forsenad, Status::Avslutad]);
    assert_eq!((counted.avslutade, counted.forsenade, counted.alla()), (2, 1, 3));
    assert_eq!((Status::Avslutad.label(), Status::Avslutad.mark()), ("Avslutad", Some(Mark::Check)));
    assert!(Status::ALL.into_iter().all(|one| Status::from_code(one.code()) == Some(one)));
    assert!(Ursprung::ALL.into_iter().all(|one| Ursprung::from_code(one.code()) == Some(one)));
}

#[test]
fn what_is_written_out_is_read_back_as_it_was_and_is_there_already() {
    for (table, chain, year) in [(AV_2014, SODERMALM, 2014), (AV_2022, BROMMA, 2022)] {
        let trad = trad_of(chain, year);
        let mut all: Vec<Planaktivitet> = (1_u128..)
            .zip(read(table, &trad, year).rader)
            .map(|(n, rad)| Planaktivitet {
                id: PlanaktivitetId(uuid::Uuid::from_u128(n)),
                ..of(rad.content, Satt::Pagar)
            })
            .collect();
        // one of the nämnd at a goal of the unit
        all[0].content.agare = Ursprung::Namnd;
        let mut out = crate::import::Table::default();
        out.push(1, KOLUMNER.iter().map(|kolumn| kolumn.namn));
        (2..).zip(celler(&all, &trad, &Names::default())).for_each(|(line, cells)| out.push(line, cells));
        let again = las(&out, &trad, &Names::default(), &all, year, &Svar::default()).unwrap();
        assert!(again.is_ready(), "{again:?}");
        for (old, new) in all.iter().zip(&again.rader) {
            assert_eq!((&old.content, Some(old.id)), (&new.content, new.finns));
        }
    }
}

#[test]
fn a_goal_that_is_not_there_is_asked_about_once_for_all_rows_that_name_it() {
    let trad = trad_of(SODERMALM, 2014);
    let text = "Nivå;Mål;Aktivitet
Nämndmål;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktat;Fysisk skyddsrond
Nämndmål;Medarbetarskapet är aktivt, ansvarstagande och utvecklingsinriktat;Handlingsplan";
    let last = read(text, &trad, 2014);
    assert_eq!((last.fragor.len(), last.fragor[0].rader.as_slice(), last.is_ready()), (1, [2, 3].as_slice(), false));
    let near = last.fragor[0].foreslaget.clone().unwrap();
    let title = &trad.get(near.parse().unwrap()).unwrap().content.titel;
    assert!(title.ends_with("utvecklingsinriktad"), "the nearest is proposed: {title}");
    let mut svar = Svar::default();
    svar.set(&last.fragor[0].key, namngivet::INGET);
    let none = las(&of_text(text), &trad, &Names::default(), &[], 2014, &svar).unwrap();
    assert!(none.is_ready() && none.rader.iter().all(|rad| rad.content.mal.is_none()));
}

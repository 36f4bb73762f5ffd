use uuid::Uuid;

use super::*;
use super::{borttaget::Antal, kapitel::kopiera_kapitel};
use crate::{
    schedule::Responsible,
    verksamhetsplan::{
        enhetsmal,
        forvantat::{Content, Jamforelse},
        indikator::form,
        mal::{
            self,
            tests::{NODE, SODERMALM, trad_of},
        },
        plan::{
            PlanId,
            kapitel::{self, Kapitel, KapitelId},
        },
    },
};

const CITY: NodeId = NodeId(Uuid::from_u128(77));

fn mal_id(n: u128) -> MalId {
    MalId(Uuid::from_u128(n))
}

fn rad_id(n: u128) -> ForvantatId {
    ForvantatId(Uuid::from_u128(n))
}

fn rad(n: u128, mal: MalId, malvarde: Option<i64>) -> Rad {
    let content = Content {
        text: "Antal vuxna".into(),
        jamforelse: malvarde.map(|_| Jamforelse::Hogst),
        malvarde: malvarde.map(Tal::whole),
        enhet: "st".into(),
        fjol: Some(Fjol { ar: 2013, varde: Tal::whole(980) }),
        ..Content::default()
    };
    Rad { id: rad_id(n), mal, ordning: 10, copied_from: None, content, version: 3 }
}

fn indikator(n: u128) -> Indikator {
    let form = form::Form {
        namn: "Andel med plan".into(),
        slag: "andel".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        arsmal: "75 %".into(),
        responsible: Responsible::Nobody.code(),
        ..form::Form::default()
    };
    let content = form::check(&form, None).unwrap();
    Indikator { id: IndikatorId(Uuid::from_u128(n)), copied_from: None, content, version: 3 }
}

/// What is made of a year whose next holds these.
fn copied(fran: &Fran<'_>, trad: &Trad, of: Option<&Kopia>) -> Kopia {
    copied_after(fran, trad, of, &Kopierat::default())
}

/// The same, where it has copied these once.
fn copied_after(fran: &Fran<'_>, trad: &Trad, of: Option<&Kopia>, kopierat: &Kopierat) -> Kopia {
    let (mut a, mut b, mut c, mut d) = (1_000 + trad.len() as u128, 2_000, 3_000, 4_000);
    let next = |n: &mut u128| {
        *n += 1;
        Uuid::from_u128(*n)
    };
    let till = Till {
        trad,
        forvantat: of.map_or(&[], |k| k.forvantat.as_slice()),
        enhetsmal: of.map_or(&[], |k| k.enhetsmal.as_slice()),
        indikatorer: of.map_or(&[], |k| k.indikatorer.as_slice()),
        uppfoljning: of.map_or(&[], |k| k.uppfoljning.as_slice()),
        kopierat,
    };
    let mut nya = Nya {
        mal: &mut || MalId(next(&mut a)),
        forvantat: &mut || {
            ForvantatId(Uuid::from_u128({
                b += 1;
                b
            }))
        },
        indikator: &mut || IndikatorId(next(&mut d)),
        uppfoljning: &mut || {
            UppfoljningId(Uuid::from_u128({
                c += 1;
                c
            }))
        },
    };
    kopiera(fran, &till, &mut nya)
}

#[test]
fn the_next_year_begins_with_the_goals_and_this_years_outcome_as_last_years() {
    let trad = trad_of(SODERMALM, 2014);
    let goals = trad.of_niva(Niva::Enhetsmal);
    let (first, second) = (goals[0].id, goals[1].id);
    let mut rows = [rad(1, first, Some(975)), rad(2, first, Some(560)), rad(3, second, None)];
    rows[0].content.lank = Some(Lank::Indikator(indikator(7).id));
    rows[1].content.lank = Some(Lank::Indikator(indikator(99).id));
    rows[2].content.lank = Some(Lank::Serie(crate::siffror::serie::SerieId(Uuid::from_u128(5))));
    let measured = [(indikator(7), first), (indikator(8), second), (indikator(9), mal_id(12_345))];
    let texts = [Enhetsmal {
        mal: first,
        content: enhetsmal::Content { arbetssatt: "Motiverande samtal".into(), ..enhetsmal::Content::default() },
        fran_i_fjol: false,
        version: 4,
    }];
    let stars = [
        Stjarna { slag: Stjarnslag::Silver, text: "Barnkonsekvensanalyser".into(), mal: Some(second) },
        Stjarna { slag: Stjarnslag::Guld, text: "Samarbetet med jobbtorg".into(), mal: None },
    ];
    let outcome = BTreeMap::from([(rad_id(1), Tal::whole(960))]);
    let fran = Fran {
        node: NODE,
        year: 2014,
        trad: &trad,
        enhetsmal: &texts,
        forvantat: &rows,
        utfall: &outcome,
        indikatorer: &measured,
        uppfoljning: &[],
        stjarnor: &stars,
    };
    let kopia = copied(&fran, &Trad::default(), None);
    let next = Trad::new(kopia.mal.clone());
    assert_eq!((next.per_niva(), next.fel().len()), ([3, 5, 9, 10], 0));
    assert!(kopia.mal.iter().all(|mal| mal.year == 2015 && mal.version == 1 && mal.copied_from.is_some()));
    let titles = |trad: &Trad| trad.walk().iter().map(|p| (p.djup, p.mal.content.clone())).collect::<Vec<_>>();
    assert_eq!(titles(&next), titles(&trad), "order, numbers and levels are the same");
    let [one, two, three] = kopia.forvantat.as_slice() else { panic!("{:?}", kopia.forvantat) };
    assert_eq!(one.content.fjol, Some(Fjol { ar: 2014, varde: Tal::whole(960) }));
    assert_eq!((one.content.malvarde, one.copied_from), (Some(Tal::whole(975)), Some(rad_id(1))));
    assert_eq!((two.content.fjol, three.content.fjol), (None, None), "980 was of the year before that");
    assert_eq!(
        kopia.notes,
        [
            "”Andel med plan” hör till ett mål som inte finns för 2015 än. Kopiera en gång till när målet har kommit.",
            "En rad har inget utfall för 2014 att jämföra med. Fyll i det när det finns.",
            "En rad följde en indikator som inte kopieras. Välj varifrån dess utfall hämtas.",
            "Två indikatorer har kvar årsmålen för 2014 tills du ändrar dem.",
        ]
    );
    let of = |old: MalId| next.walk().iter().find(|p| p.mal.copied_from == Some(old)).unwrap().mal.id;
    let pairs: Vec<_> = kopia.indikatorer.iter().map(|(one, mal)| (one.copied_from.unwrap(), *mal)).collect();
    assert_eq!(pairs, [(indikator(7).id, of(first)), (indikator(8).id, of(second))]);
    let new = &kopia.indikatorer[0].0;
    assert!(new.id != indikator(7).id && new.content == indikator(7).content && new.version == 1);
    assert_eq!(one.content.lank, Some(Lank::Indikator(new.id)), "of the new year");
    assert_eq!((two.content.lank, three.content.lank), (None, rows[2].content.lank));
    assert_eq!((kopia.enhetsmal[0].mal, kopia.enhetsmal[0].fran_i_fjol), (of(first), true));
    let stars: Vec<_> = kopia.stjarnor.iter().map(|start| (start.stjarna.slag, start.mal)).collect();
    assert_eq!(stars, [(Stjarnslag::Guld, None), (Stjarnslag::Silver, Some(of(second)))]);
    // the same again, by another or after a restart
    let again = copied(&fran, &next, Some(&kopia));
    assert!(again.is_empty(), "{again:?}");
    assert!(has_something(&trad, NODE) && !has_something(&trad, CITY));
}

/// The city's goals are shared: they are not copied by a unit, and those of the next year may not have come.
#[test]
fn goals_of_the_city_are_not_copied_and_those_under_them_follow_when_they_have_come() {
    let city = |id: u128, year: i32, copied_from: Option<u128>| Mal {
        id: mal_id(id),
        node: CITY,
        year,
        under: None,
        ordning: 10,
        copied_from: copied_from.map(mal_id),
        content: mal::Content {
            niva: Niva::KfMal,
            nr: "1.2".into(),
            titel: "Invånare är självförsörjande".into(),
            beskrivning: String::new(),
        },
        version: 1,
    };
    let own = Mal {
        id: mal_id(2),
        node: NODE,
        under: Some(mal_id(1)),
        content: mal::Content {
            niva: Niva::Enhetsmal,
            nr: String::new(),
            titel: "Alla har en plan".into(),
            beskrivning: String::new(),
        },
        ..city(2, 2014, None)
    };
    let trad = Trad::new(vec![city(1, 2014, None), own]);
    let outcome = BTreeMap::new();
    let fran = Fran {
        node: NODE,
        year: 2014,
        trad: &trad,
        enhetsmal: &[],
        forvantat: &[],
        utfall: &outcome,
        indikatorer: &[],
        uppfoljning: &[],
        stjarnor: &[],
    };
    let early = copied(&fran, &Trad::default(), None);
    assert_eq!((early.mal.len(), early.mal[0].under), (1, None));
    assert_eq!(
        early.notes,
        [
            "”Invånare är självförsörjande” finns inte för 2015 än. ”Alla har en plan” ligger så länge högre upp, tills du flyttar det."
        ]
    );
    let there = Trad::new(vec![city(11, 2015, Some(1))]);
    let later = copied(&fran, &there, None);
    assert_eq!((later.mal[0].under, later.notes.len()), (Some(mal_id(11)), 0));
}

#[test]
fn chapters_are_copied_as_from_last_year_and_not_over_those_that_are_there() {
    let chapter = |n: u128, rubrik: &str, text: &str| Kapitel {
        id: KapitelId(Uuid::from_u128(n)),
        plan: PlanId(Uuid::from_u128(1)),
        ordning: 10,
        content: kapitel::Content {
            rubrik: rubrik.into(),
            text: text.into(),
            efter_malen: false,
            responsible: Responsible::Nobody,
            senast: None,
        },
        klart: true,
        fran_i_fjol: false,
        version: 9,
    };
    let old = [chapter(1, "Kommunikation", "Vi möts varje vecka."), chapter(2, "Verksamhetsutveckling", "")];
    let new = [chapter(3, "Verksamhetsutveckling", "Nytt")];
    let plan = PlanId(Uuid::from_u128(5));
    let copy = |new: &[Kapitel], done: &Kopierat| {
        kopiera_kapitel(&old, new, (plan, done), &mut || KapitelId(Uuid::from_u128(9)))
    };
    let made = copy(&new, &Kopierat::default());
    let [(source, first)] = made.nya.as_slice() else { panic!("{made:?}") };
    assert!(first.fran_i_fjol && !first.klart && first.plan == plan && *source == old[0].id);
    assert_eq!((made.fanns.as_slice(), made.borttagna), ([(old[1].id, new[0].id)].as_slice(), 0));
    // one that was copied is the same under another heading, and stays away when it is removed
    let done = Kopierat(BTreeMap::from([(old[0].id.0, first.id.0), (old[1].id.0, new[0].id.0)]));
    let renamed = chapter(9, "Möten", "");
    let again = copy(&[renamed], &done);
    assert_eq!((again.nya.len(), again.fanns.len(), again.borttagna), (0, 0, 1));
    assert!(Stjarnslag::ALL.into_iter().all(|one| Stjarnslag::from_code(one.code()) == Some(one)));
}

/// What was removed from the copy stays away, and with it what has come under it since.
#[test]
fn what_has_been_removed_from_the_copy_is_not_copied_again_and_told_of() {
    let goal = |id: u128, under: Option<u128>| Mal {
        id: mal_id(id),
        node: NODE,
        year: 2014,
        under: under.map(mal_id),
        ordning: 10,
        copied_from: None,
        content: mal::Content {
            niva: if under.is_some() { Niva::Enhetsmal } else { Niva::Namndmal },
            nr: String::new(),
            titel: format!("Mål {id}"),
            beskrivning: String::new(),
        },
        version: 1,
    };
    let trad = Trad::new(vec![goal(1, None), goal(2, None), goal(3, Some(1))]);
    let outcome = BTreeMap::new();
    let (rows, more) = ([rad(21, mal_id(1), None), rad(22, mal_id(2), None)], rad(23, mal_id(1), None));
    let fran = Fran {
        node: NODE,
        year: 2014,
        trad: &trad,
        enhetsmal: &[],
        forvantat: &rows,
        utfall: &outcome,
        indikatorer: &[],
        uppfoljning: &[],
        stjarnor: &[],
    };
    let first = copied(&fran, &Trad::default(), None);
    let mut done = Kopierat(first.par().collect());
    assert_eq!((first.mal.len(), first.forvantat.len(), done.0.len()), (3, 2, 5));
    // its goal and what lay under it are removed; a goal, a row and an indikator have come there since
    done.0.remove(&mal_id(3).0);
    let stays: Vec<Mal> = first.mal.iter().filter(|mal| mal.copied_from == Some(mal_id(2))).cloned().collect();
    let left = Kopia { forvantat: vec![], ..first.clone() };
    let (all, measured) = ([rows[0].clone(), rows[1].clone(), more], [(indikator(7), mal_id(3))]);
    let fran = Fran { forvantat: &all, indikatorer: &measured, ..fran };
    let again = copied_after(&fran, &Trad::new(stays.clone()), Some(&left), &done);
    assert!(again.is_empty(), "{again:?}");
    assert_eq!(again.utelamnat.borttaget, Antal { mal: 1, forvantat: 2, ..Antal::default() });
    assert_eq!(
        again.utelamnat.notes(2015),
        [
            "Ett mål och två rader som har tagits bort i planen för 2015 togs inte med igen.",
            "Nytt som hör till det målet togs inte heller med: ett mål, en rad och en indikator.",
        ]
    );
    // a copy whose source was gone for a while is still its copy
    let loose = Mal { copied_from: None, ..stays[0].clone() };
    let fran = Fran { forvantat: &[], indikatorer: &[], ..fran };
    let again = copied_after(&fran, &Trad::new(vec![loose]), Some(&left), &done);
    assert!(again.is_empty() && again.utelamnat.borttaget.mal == 1, "{again:?}");
}

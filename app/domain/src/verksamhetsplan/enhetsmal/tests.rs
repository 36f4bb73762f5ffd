use uuid::Uuid;

use super::{
    bedomning::{Beslut, Forslag, foresla, forklaring, visad},
    uppfoljning::{Plats, las},
    vpgrupp::{self, Vpgrupp, VpgruppId},
    *,
};
use crate::{
    id::{NodeId, PersonId},
    import::Names,
    recurrence::{Months, Recurrence, form::Fields},
    verksamhetsplan::{
        mal::{Niva, Uppfyllelse},
        tabell::of_text,
    },
};

/// What three units follow, how often and where it is shown.
const RYTM: &str = "Källa;År;Vad följs upp;Hur ofta;Av;Visas
Bromma;2022;Individer som erbjudits insatser;Tertial;;tertialrapport
Bromma;2022;Avslag där barn finns, med barnkonsekvensanalys;Tertial;Metodutvecklare;tertialrapport, verksamhetsberättelse
Bromma;2022;Förändringsplaner inom tre månader och aktuella planer;Varje månad;Biträdande enhetschef;ledningsgrupp
Bromma;2022;Antal ärenden;Varje månad;;
Bromma;2022;Uppgifter i beslutsstöd;Tertial;;tertialrapport, verksamhetsberättelse
Bromma;2022;Felaktiga utbetalningar: felaktig handläggning eller oriktiga uppgifter;Tertial;;tertialrapport, verksamhetsberättelse
Bromma;2022;Könsskillnader;Tertial;;tertialrapport, verksamhetsberättelse
Bromma;2022;Anmälningar till barn och ungdom;Tertial;;tertialrapport, verksamhetsberättelse
Hässelby-Vällingby;2019;Antal hushåll och huvudsakliga försörjningshinder;Varje månad;;månadsrapport, APT
Hässelby-Vällingby;2019;Klientbesök och aktuella förändringsplaner per handläggare;Varje månad;Biträdande enhetschef;
Hässelby-Vällingby;2019;Inkomna, verkställda och förhindrade avhysningar, barnfamiljer särskilt;Tertial;;
Hässelby-Vällingby;2019;Placeringar på tillfälliga boenden;Varannan vecka;;
Hässelby-Vällingby;2019;Kostnader för tillfälligt boende;Varje månad;;
Hässelby-Vällingby;2019;Fråga om våld i initial bedömning;Fyra per termin;Biträdande enhetschef;egenkontroll
Hässelby-Vällingby;2019;Väntetid till nybesök;Varje vecka;;
Hässelby-Vällingby;2019;Barnkonsekvensanalyser, 10 slumpvisa ärenden;Tertial;;egenkontroll
Hässelby-Vällingby;2019;Ekonomiskt resultat och prognos;Varje månad;Enhetschef och controller;
Södermalm;2014;Brukarundersökning om information och bemötande;Maj, oktober;;transparenstavla
Södermalm;2014;Ärendegenomgångar: delmål är SMARTa;Två gånger per år;Utredningsgruppen;
Södermalm;2014;Individuell arbetsplan, gruppnivå;Varje månad;;transparenstavla
Södermalm;2014;Urval av arbetsplaner;Två gånger per år;;tertialrapport
Södermalm;2014;Individer som fått hållbart boende;Varje månad;;transparenstavla
Södermalm;2014;Rörliga teamet: inkomna, avslutade, avhysningar;Varje månad;Biträdande enhetschef;gruppmöte
Södermalm;2014;Genomförandeplaner;Kvartal;;transparenstavla
Södermalm;2014;Arbetsträningens resultat: nästa steg;Kvartal;;transparenstavla
Södermalm;2014;Sjukskrivna som kommit närmare egen försörjning;Varje månad;;transparenstavla
Södermalm;2014;Genomförda kontroller, resultatrapport;Varje månad;;
Södermalm;2014;Boendekostnader;Varje månad;;excelfil
Södermalm;2014;Ekonomiskt läge;Varje månad;Enhetschef och controller;medarbetarna";

#[test]
fn every_rhythm_of_three_units_is_read_from_its_words() {
    let last = las(&of_text(RYTM), &Names::default(), &[], 2026).unwrap();
    assert!(last.fel.is_empty(), "{:?}", last.fel);
    assert_eq!(last.rader.len(), 29);
    let count = |recurrence| last.rader.iter().filter(|rad| rad.content.recurrence == recurrence).count();
    assert_eq!(count(Recurrence::Tertial), 8);
    assert_eq!(count(Recurrence::Monthly), 13);
    assert_eq!(count(Recurrence::Weekly), 1);
    assert_eq!(count(Recurrence::EverySecondWeek), 1);
    assert_eq!(count(Recurrence::Quarterly), 2);
    assert_eq!(count(Recurrence::HalfYearly), 2);
    assert_eq!(count(Recurrence::Chosen(Months::of(&[5, 10]))), 1);
    assert_eq!(count(Recurrence::FourPerTermin(Months::VAR.union(Months::HOST))), 1);
    let may = &last.rader[17].content;
    assert_eq!((may.timing().slots(2026).len(), may.visas.as_slice()), (2, [Plats::Tavla].as_slice()));
    assert_eq!(may.paminnelse().as_deref(), Some("Ska visas på transparenstavlan."));
    let both = &last.rader[8].content;
    assert_eq!(both.paminnelse().as_deref(), Some("Ska visas på APT."));
    assert_eq!(both.visas, [Plats::Apt, Plats::Manadsrapport]);
    assert_eq!(last.rader.iter().filter(|rad| rad.content.wants_publishing()).count(), 7);
    assert_eq!(last.rader[27].content.visas_annars, "excelfil");
    assert_eq!(last.rader[16].content.av, "Enhetschef och controller");
    let said = "”Enhetschef och controller” och ”Utredningsgruppen” sparas som text: ingen funktion, grupp eller person heter så.";
    assert_eq!(last.notes.last().map(String::as_str), Some(said));
}

#[test]
fn a_rhythm_that_is_not_known_stands_as_a_fault_at_its_row() {
    let last = las(
        &of_text("Vad följs upp;Hur ofta\nAntal ärenden;ibland\nKostnader;maj och oktober"),
        &Names::default(),
        &[],
        2026,
    )
    .unwrap();
    assert_eq!((last.fel[0].line, last.fel[0].falt.as_str()), (2, "hur_ofta"));
    assert!(last.fel[0].text.starts_with("”ibland” känns inte igen."));
    assert_eq!(last.rader[0].content.recurrence, Recurrence::Chosen(Months::of(&[5, 10])));
}

#[test]
fn a_row_of_what_is_followed_comes_back_from_its_form() {
    let form = uppfoljning::Form {
        vad: "Placeringar på tillfälliga boenden".into(),
        when: Fields::named("varannan_vecka"),
        responsible: "roll:enhetschef".into(),
        visas: vec!["tavla".into(), "apt".into(), "tavla".into()],
        ..uppfoljning::Form::default()
    };
    let content = uppfoljning::check(&form, 2026, None).unwrap();
    assert_eq!(content.paminnelse().as_deref(), Some("Ska visas på APT och transparenstavlan."));
    assert_eq!(uppfoljning::check(&content.form(), 2026, None), Ok(content.clone()));
    assert_eq!(
        content.titel(),
        "Följ upp och visa på APT och transparenstavlan: Placeringar på tillfälliga boenden",
        "who is to publish it reads so in Att göra"
    );
    assert_eq!(content.beskrivning("Varaktigt boende"), "Mål: Varaktigt boende\nVisas: APT, Transparenstavla");
    let quiet = uppfoljning::Content { visas: vec![], ..content.clone() };
    assert_eq!(quiet.titel(), "Följ upp: Placeringar på tillfälliga boenden");
    assert_eq!(content.timing().slots(2026).len(), 27);
    assert!(
        Plats::ALL
            .into_iter()
            .all(|one| Plats::from_code(one.code()) == Some(one) && Plats::from_word(one.label()) == Some(one))
    );
}

#[test]
fn a_goal_needs_none_of_its_texts() {
    assert_eq!(check(&Form::default()), Ok(Content::default()));
    let form =
        Form { agenda: "10.2, 5.2 5.2".into(), delgrupper: "Unga vuxna 18-24 år\n\n".into(), ..Form::default() };
    let content = check(&form).unwrap();
    assert_eq!(content.agenda.iter().map(Agendamal::said).collect::<Vec<_>>(), ["5.2", "10.2"]);
    assert_eq!(content.delgrupper, ["Unga vuxna 18-24 år"]);
    assert_eq!(check(&content.form()), Ok(content));
    for bad in ["18", "0", "5.222", "fem", "5.ab"] {
        assert_eq!(check(&Form { agenda: bad.into(), ..Form::default() }).unwrap_err()[0].field, "agenda", "{bad}");
    }
    assert_eq!(
        check(&Form { arbetssatt: "Ring 060606-1234".into(), ..Form::default() }).unwrap_err()[0].field,
        "arbetssatt"
    );
    assert!(kan_vara_ekonomi("Enheten har BUDGET i balans") && !kan_vara_ekonomi("Enheten är klimatsmart"));
}

#[test]
fn texts_of_last_year_are_marked_until_somebody_changes_them() {
    let content = Content { arbetssatt: "Motiverande samtal".into(), ..Content::default() };
    let own = Enhetsmal { mal: MalId(Uuid::from_u128(1)), content: content.clone(), fran_i_fjol: true, version: 1 };
    assert!(own.is_untouched_by(&content));
    assert!(!own.is_untouched_by(&Content::default()));
}

#[test]
fn members_write_the_reports_of_their_group() {
    let person = |n| PersonId(Uuid::from_u128(n));
    let group = Vpgrupp {
        id: VpgruppId(Uuid::from_u128(1)),
        node: NodeId(Uuid::from_u128(2)),
        year: 2026,
        namn: "Unga vuxna".into(),
        mal: vec![],
        medlemmar: vec![person(3)],
        version: 1,
    };
    assert!(
        group.may_report(person(3), false) && !group.may_report(person(4), false) && group.may_report(person(4), true)
    );
    let form = vpgrupp::Form {
        namn: "Unga vuxna".into(),
        mal: vec![Uuid::from_u128(5).to_string()],
        medlemmar: vec![Uuid::from_u128(3).to_string(), Uuid::from_u128(3).to_string()],
    };
    assert_eq!(vpgrupp::check(&form).map(|(_, mal, members)| (mal.len(), members)), Ok((1, vec![person(3)])));
    assert_eq!(vpgrupp::check(&vpgrupp::Form { mal: vec![], ..form }).unwrap_err()[0].field, "mal");
    assert!(vpgrupp::check_rapport(" ").is_err());
}

#[test]
fn what_is_measured_proposes_and_nothing_measured_proposes_nothing() {
    use Uppfyllelse::{Delvis, Helt, Inte};
    for (rows, status, skal) in [
        (&[Some(Helt), Some(Helt)][..], Helt, "Båda de mätta raderna uppnås."),
        (
            &[Some(Helt), Some(Inte), Some(Helt), None],
            Delvis,
            "Av tre mätta rader uppnås två och en inte. En är inte mätt.",
        ),
        (&[Some(Delvis)], Delvis, "Den enda mätta raden uppnås delvis."),
        (&[Some(Inte), Some(Inte), None, None], Inte, "Ingen av två mätta rader uppnås. Två är inte mätta."),
        (&[Some(Delvis), Some(Inte)], Delvis, "Av två mätta rader uppnås en delvis och en inte."),
    ] {
        assert_eq!(foresla(rows), Some(Forslag { status, skal: skal.into() }), "{rows:?}");
    }
    assert_eq!(foresla(&[None, None, Some(Uppfyllelse::Ingen)]), None);
    assert_eq!(foresla(&[]), None);
}

#[test]
fn the_chef_decides_and_says_why_it_is_not_what_was_proposed() {
    let proposed = foresla(&[Some(Uppfyllelse::Helt), Some(Uppfyllelse::Inte)]);
    let form = |status: &str, analys: &str| bedomning::BeslutForm { status: status.into(), analys: analys.into() };
    let same = bedomning::check(&form("delvis", ""), proposed.as_ref()).unwrap();
    assert_eq!(
        same,
        Beslut { status: Uppfyllelse::Delvis, analys: String::new(), foreslaget: Some(Uppfyllelse::Delvis) }
    );
    assert_eq!(bedomning::check(&form("helt", ""), proposed.as_ref()).unwrap_err()[0].field, "analys");
    assert!(bedomning::check(&form("helt", "Det viktigaste nåddes."), proposed.as_ref()).is_ok());
    assert!(bedomning::check(&form("helt", ""), None).is_ok(), "where nothing is proposed the chef alone knows");
    assert_eq!(bedomning::check(&form("", ""), None).unwrap_err()[0].field, "status");
    assert_eq!(same.andrat(proposed.as_ref()), None);
    let now = foresla(&[Some(Uppfyllelse::Inte)]);
    assert_eq!(
        same.andrat(now.as_ref()).as_deref(),
        Some("Bedömningen gjordes när förslaget var ”uppfylls delvis”. Nu är det ”uppfylls inte”.")
    );
}

#[test]
fn none_on_a_level_above_is_an_answer_and_not_a_missing_level() {
    assert_eq!(visad(None), Uppfyllelse::Ingen);
    assert_eq!(forklaring(Niva::KfMal, Uppfyllelse::Ingen), "Målet är inte bedömt i enhetens plan.");
    assert_eq!(forklaring(Niva::Enhetsmal, Uppfyllelse::Ingen), "Ingen har bedömt målet än.");
    assert_eq!(forklaring(Niva::KfMal, Uppfyllelse::Helt), "");
}

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    bedomning::{Utfall, bedom, marks},
    cell::{Lastal, cell, foreslagen, tal},
    hjalp::{Saknas, hjalp, saknas},
    inlasning::{ENHET, KOLUMNER, Last, TUSENTAL, UTAN, celler, las},
    *,
};
use crate::{
    siffror::inlasning::Svar,
    verksamhetsplan::{
        mal::{
            Trad, Uppfyllelse,
            tests::{BROMMA, HASSELBY, SODERMALM, trad_of},
        },
        tabell::of_text,
    },
};

/// What was expected in 2019, with numbers and those of the year before.
const AV_2019: &str =
    "Källa;År;Enhetsmål;Förväntat resultat;Jämförelse;Målvärde;Enhet;Föregående år;Värde föregående år;Villkor;Delgrupp
Hässelby-Vällingby;2019;1;Antal vuxna med ekonomiskt bistånd;Max;975;st;2018;980;varav max 50 % kvinnor;
Hässelby-Vällingby;2019;1;Antal barn i familjer med ekonomiskt bistånd;;560;st;2018;563;;
Hässelby-Vällingby;2019;1;Personer med försörjningshinder sjukskriven;Max;225;st;2018;227;;
Hässelby-Vällingby;2019;1;Personer med sociala/medicinska försörjningshinder;Max;160;st;2018;162;;
Hässelby-Vällingby;2019;1;Unga vuxna 18-24 år;Max;91;st;2018;91;;Unga vuxna 18-24 år
Hässelby-Vällingby;2019;2;Kostnad för härbärge, vandrarhem och hotell per månad;Max;625 000;kr/månad;2018;675 000;;
Hässelby-Vällingby;2019;3;Alla som söker erbjuds stöd vid erfarenhet av våld i nära relation;;;;;;;
Hässelby-Vällingby;2019;3;Fråga om våld ställs vid alla nyansökningar;;;;;;;
Hässelby-Vällingby;2019;4;Nybesökstid erbjuds inom två veckor från första kontakt;;80;%;;;;
Hässelby-Vällingby;2019;5;Barns situation dokumenteras i ärenden med hemmavarande under 21 år;;;;;;;
Hässelby-Vällingby;2019;5;Barnkonsekvensanalys i beslut om hyresskuld och avslag om tillfälligt boende;;80;%;;;;";

/// What was expected in 2014.
const AV_2014: &str = "Källa;År;Enhetsmål;Förväntat resultat;Jämförelse;Målvärde;Enhet;Föregående år;Värde föregående år;Villkor;Delgrupp
Södermalm;2014;Individen har individuell planering för att nå egen försörjning;Individen är informerad och förstår besluten;;;;;;;
Södermalm;2014;Individen har individuell planering för att nå egen försörjning;Individer som har arbetsplan;;90;%;;;;
Södermalm;2014;Alla medarbetare använder miljövänliga färdsätt;Miljöutsläpp;minskar;;;;;;
Södermalm;2014;Bostadslösa personer som uppbär ekonomiskt bistånd har ett varaktigt boende;Bostadslösa med ekonomiskt bistånd som har varaktigt boende;;60;%;;;;
Södermalm;2014;Bostadslösa personer som uppbär ekonomiskt bistånd har ett varaktigt boende;Alla som förlorar sin bostad erbjuds stöd i bostadssökandet;samtliga;;;;;;
Södermalm;2014;Vräkningshotade personer bor kvar;Ej verkställda vräkningshot;;95;%;;;;
Södermalm;2014;Vräkningshotade personer bor kvar;Barnfamiljer som vräks;inga;0;st;;;;
Södermalm;2014;Individen som arbetstränar på Servicegruppen är delaktig i insatsens utformande;Alla som arbetstränar har en genomförandeplan;samtliga;;;;;;
Södermalm;2014;Individen får rätt insats och kommer närmare egen försörjning;Sjukskrivna utan sjukpenning som kommer i egen försörjning eller närmare arbetsmarknaden;;20;%;;;;
Södermalm;2014;Individen får rätt insats och kommer närmare egen försörjning;Personer som arbetstränar och kommer närmare egen försörjning;;20;%;;;;
Södermalm;2014;Säkerställa att samtliga utbetalningar av ekonomiskt bistånd är korrekta;Rätt utbetalning till rätt ändamål;;;;;;;
Södermalm;2014;Säkerställa att samtliga utbetalningar av ekonomiskt bistånd är korrekta;Kostnader för hotell och härbärge;minskar;;;;;;";

/// What was expected in 2022; most of it in words.
const AV_2022: &str = "Källa;År;Enhetsmål;Förväntat resultat;Jämförelse;Målvärde;Enhet;Föregående år;Värde föregående år;Villkor;Delgrupp
Bromma;2022;I Bromma är människor självförsörjande;Andel personer med ekonomiskt bistånd i förhållande till befolkningen;minskar;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Andel barn i familjer med ekonomiskt bistånd;minskar;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Arbetsförberedande platser i arbetsträning;minst;20;st;;;;
Bromma;2022;I Bromma är människor självförsörjande;OSA-platser;ökar;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Stockholmsjobb;;15;st;;;;
Bromma;2022;I Bromma är människor självförsörjande;Barnkonsekvensanalys görs vid avslag;;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Aktuella individer har en förändringsplan;;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Andel individer med långvarigt försörjningsstöd;minskar;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Stadens strategi för arbetsmarknadsinsatser är implementerad;;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Vfu-student under året;;1;st;;;;
Bromma;2022;I Bromma är människor självförsörjande;Situationen har förbättrats av insatserna;;;;;;;
Bromma;2022;I Bromma är människor självförsörjande;Felaktiga utbetalningar;minskar;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Insatserna är av god kvalitet;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Uppsökande arbete har utvecklats;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Egenkontroller har genomförts;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Dokumentation följer föreskrifterna;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Jämställdhetsperspektiv vid beslut;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Arbete mot kriminalitet bland unga vuxna;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Samverkan med barn och unga i gemensamma ärenden;;;;;;;
Bromma;2022;Handläggningen är rättssäker och likställd;Kontakt tas i ärenden som inte är aktuella där;;;;;;;
Bromma;2022;Enheten fattar rättssäkra beslut om utbetalning;Rätt bistånd till rätt individ;;;;;;;
Bromma;2022;Enheten fattar rättssäkra beslut om utbetalning;Felaktiga utbetalningar;minskar;;;;;;";

fn read(text: &str, trad: &Trad, year: i32, answers: &[(&str, &str)]) -> Last {
    let mut svar = Svar::default();
    for (key, value) in answers {
        svar.set(key, value);
    }
    las(&of_text(text), trad, None, &[], year, &svar).unwrap()
}

fn t(text: &str) -> Tal {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Tal::of_figures(whole, part).unwrap()
}

/// What a cell is read as, as a row has it.
fn row(text: &str) -> Content {
    let mut content = Content { text: "Antal vuxna".into(), ..Content::default() };
    cell(text).fill(&mut content);
    content
}

#[test]
fn the_rows_of_three_plans_are_read_and_seventeen_of_forty_five_have_a_number() {
    let all = [(AV_2019, HASSELBY, 2019, 11), (AV_2014, SODERMALM, 2014, 12), (AV_2022, BROMMA, 2022, 22)];
    let (mut rows, mut numbers) = (0, 0);
    for (table, chain, year, expected) in all {
        let last = read(table, &trad_of(chain, year), year, &[]);
        assert!(last.fel.is_empty() && last.is_ready(), "{year}: {last:?}");
        assert_eq!(last.rader.len(), expected, "{year}");
        rows += last.rader.len();
        numbers += last.rader.iter().filter(|rad| rad.content.malvarde.is_some()).count();
    }
    assert_eq!((rows, numbers), (45, 17));
}

#[test]
fn the_first_row_of_2019_is_at_most_975_of_whom_at_most_half_are_women() {
    let trad = trad_of(HASSELBY, 2019);
    let last = read(AV_2019, &trad, 2019, &[]);
    let first = &last.rader[0];
    assert_eq!(trad.get(first.mal.unwrap()).unwrap().content.nr, "1");
    let content = &first.content;
    assert_eq!(content.mal(), "högst 975\u{a0}st (2018: 980), varav högst 50\u{a0}% kvinnor");
    assert_eq!(last.rader[5].content.mal(), "högst 625\u{a0}000\u{a0}kr per månad (2018: 675\u{a0}000)");
    assert_eq!(last.rader[4].content.delgrupp, "Unga vuxna 18-24 år");
    // asked, with what is proposed; nobody has to answer
    let asked: Vec<(&str, Option<&str>)> =
        last.fragor.iter().map(|fraga| (fraga.text.as_str(), fraga.foreslaget.as_deref())).collect();
    assert_eq!(
        asked[0],
        (
            "Är 560\u{a0}st (2018: 563) det högsta eller det lägsta för ”Antal barn i familjer med ekonomiskt bistånd”?",
            Some("hogst")
        )
    );
    assert_eq!((asked.len(), asked[1].1), (3, None), "80 % without last year's: nothing is proposed");
    let answered = read(AV_2019, &trad, 2019, &[("jamforelse:3", "hogst")]);
    assert_eq!(answered.rader[1].content.jamforelse, Some(Jamforelse::Hogst));
    assert_eq!(last.rader[1].content.jamforelse, None, "what is proposed is not taken");
}

#[test]
fn a_cell_of_a_plan_is_read_with_all_that_stands_in_it() {
    let first = row("Max 975 (2018: 980) varav max 50 % kvinnor");
    assert_eq!((first.jamforelse, first.malvarde), (Some(Jamforelse::Hogst), Some(t("975"))));
    assert_eq!(first.fjol, Some(Fjol { ar: 2018, varde: t("980") }));
    assert_eq!(first.villkor, Some(Villkor { del: Del::Kon(Kon::Kvinna), hogst: true, andel: t("50") }));
    let second = cell("560 (2018:563)");
    assert!(second.saknar_jamforelse() && second.saknar_enhet());
    assert_eq!((second.foreslagen, second.malvarde), (Some(Jamforelse::Hogst), Some(t("560"))));
    for (text, said) in [
        (
            "Målvärde antal vuxna: Max 975 (2018: 980) varav max 50 % kvinnor.",
            "högst 975 (2018: 980), varav högst 50\u{a0}% kvinnor",
        ),
        ("max 625 000 kr/månad (2018: 675 000)", "högst 625\u{a0}000\u{a0}kr per månad (2018: 675\u{a0}000)"),
        ("minst 80%", "minst 80\u{a0}%"),
        ("80 procent", "80\u{a0}%"),
        ("≤ 4,4 %", "högst 4,4\u{a0}%"),
        ("ökar inte", "ökar inte"),
        ("Minskar (2021: 45 st)", "minskar (2021: 45)"),
        ("samtliga", "samtliga"),
        ("Inga", "inga"),
        ("15 st per tertial", "15\u{a0}st per tertial"),
        ("minst 40 st varav minst 25 % under 25 år", "minst 40\u{a0}st, varav minst 25\u{a0}% under 25 år"),
        ("ca 3,2 %", "ca 3,2\u{a0}%"),
        ("Tas fram av nämnd", "Tas fram av nämnd"),
        ("tas fram\nav nämnd", "tas fram av nämnd"),
        ("", ""),
    ] {
        assert_eq!(row(text).mal(), said, "{text}");
    }
}

#[test]
fn what_is_not_understood_is_said_and_its_words_are_kept() {
    let fault = cell("högst 3-5 st");
    assert_eq!((fault.malvarde, fault.maltext.as_str(), fault.fel.len()), (None, "högst 3-5 st", 1));
    let part = cell("Max 975 varav hälften kvinnor");
    assert_eq!((part.malvarde, part.villkor), (Some(t("975")), None));
    assert_eq!(
        part.fel,
        ["Villkoret ”varav hälften kvinnor” kan inte läsas. Skriv till exempel varav högst 50 % kvinnor."]
    );
    assert!(cell("#REF!").fel[0].contains("#REF!"));
    for (text, said) in [
        ("1,234.56 kr", "Skriv talet med decimalkomma: 1\u{a0}234,56."),
        ("max 1,234.56", "Skriv talet med decimalkomma: 1\u{a0}234,56."),
        ("Prognos 15", "Talet är märkt som prognos. Skriv bara talet, om det är det som gäller."),
        ("15 prel", "Talet är märkt som preliminärt. Skriv bara talet, om det är det som gäller."),
    ] {
        let read = cell(text);
        assert_eq!((read.malvarde, read.maltext.as_str(), read.fel), (None, text, vec![said.to_owned()]));
        let typed = check(&Form { text: "Platser".into(), malvarde: text.into(), ..Form::default() }, 2022);
        assert_eq!(typed.unwrap_err()[0].field, "malvarde", "{text}");
    }
    assert_eq!(tal("1.346"), Lastal::Antingen(t("1.346"), t("1346")));
    assert_eq!(cell("Alla som söker erbjuds stöd").jamforelse, None, "a text begins with any word");
}

/// V11: words are a target, and a number without a unit is asked about once.
#[test]
fn words_are_a_target_and_a_number_without_a_unit_is_asked_about_once() {
    let trad = trad_of(BROMMA, 2022);
    let text = "Mål;Förväntat resultat;Jämförelse;Målvärde
1;Andel barn;högst;1 %
1;Andel personer;högst;0,8 %
1;Upplever en förbättring;minst;65
1;Erbjuds stöd;minst;70
1;Index;;Tas fram av nämnd";
    let last = read(text, &trad, 2022, &[]);
    assert!(last.fel.is_empty() && last.is_ready());
    let asked: Vec<_> = last.fragor.iter().filter(|fraga| fraga.key == ENHET).collect();
    assert_eq!((asked.len(), asked[0].rader.as_slice()), (1, [4, 5].as_slice()), "once for both");
    assert_eq!(asked[0].text, "Målvärden (rad 4 och 5) har ingen enhet. De andra är i %. Vad är de i?");
    assert_eq!((last.rader[4].content.maltext.as_str(), last.rader[4].content.malvarde), ("Tas fram av nämnd", None));
    let status = bedom(&last.rader[4].content, &Utfall { total: Some(t("70")), ..Utfall::default() }).status;
    assert_eq!(status, None, "nobody is judged against words");
    let answered = read(text, &trad, 2022, &[(ENHET, "%")]);
    assert_eq!(answered.rader[2].content.with_unit(t("65")), "65\u{a0}%");
    assert_eq!(read(text, &trad, 2022, &[(ENHET, UTAN)]).rader[2].content.enhet, "");
}

#[test]
fn faults_of_a_table_stand_at_their_rows() {
    let trad = trad_of(BROMMA, 2022);
    let text = "Mål;Förväntat resultat;Jämförelse;Målvärde;Enhet;Föregående år;Värde föregående år
1;Platser;kanske;20;st;;
1;Platser;minst;20 kr;st;;
1;Platser;minst;20;st;2023;18
Finns inte;Platser;minst;1.346;st;;
;Platser;minst;20;st;;";
    let last = read(text, &trad, 2022, &[]);
    let faults: Vec<(u32, &str)> = last.fel.iter().map(|fel| (fel.line, fel.falt.as_str())).collect();
    assert_eq!(faults, [(2, "jamforelse"), (3, "enhet"), (4, "fjol_ar"), (6, "mal")]);
    let asked: Vec<&str> = last.fragor.iter().filter(|f| f.is_open()).map(|f| f.key.as_str()).collect();
    assert_eq!(asked, ["mal::finnsinte", TUSENTAL]);
    let none = read(text, &trad, 2022, &[("mal::finnsinte", "inget")]);
    assert!(
        none.fel
            .iter()
            .any(|fel| (fel.line, fel.text.as_str()) == (5, "Ett förväntat resultat hör till ett mål. Välj vilket."))
    );
    let thousands = read(text, &trad, 2022, &[(TUSENTAL, "ja")]);
    assert_eq!(thousands.rader[0].content.malvarde, Some(t("1346")));
}

#[test]
fn what_is_written_out_is_read_back_as_it_was_and_is_there_already() {
    for (table, chain, year) in [(AV_2019, HASSELBY, 2019), (AV_2014, SODERMALM, 2014), (AV_2022, BROMMA, 2022)] {
        let trad = trad_of(chain, year);
        let rows: Vec<Rad> = (1_u128..)
            .zip(read(table, &trad, year, &[]).rader)
            .map(|(n, rad)| Rad {
                id: ForvantatId(Uuid::from_u128(n)),
                mal: rad.mal.unwrap(),
                ordning: 10,
                copied_from: None,
                content: rad.content,
                version: 1,
            })
            .collect();
        let mut out = crate::import::Table::default();
        out.push(1, KOLUMNER.iter().map(|kolumn| kolumn.namn));
        (2..).zip(celler(&rows, &trad)).for_each(|(line, cells)| out.push(line, cells));
        let again = las(&out, &trad, None, &rows, year, &Svar::default()).unwrap();
        assert!(again.is_ready(), "{again:?}");
        for (old, new) in rows.iter().zip(&again.rader) {
            assert_eq!((Some(old.mal), &old.content, Some(old.id)), (new.mal, &new.content, new.finns));
        }
    }
}

/// V2: 975 of whom at most half are women.
#[test]
fn both_are_met_with_48_96_per_cent_and_with_51_04_it_is_in_part() {
    let content = Content { enhet: "st".into(), ..row("Max 975 (2018: 980) varav max 50 % kvinnor") };
    let of = |total: i64, kvinnor: i64| {
        bedom(
            &content,
            &Utfall { total: Some(Tal::whole(total)), kvinnor: Some(Tal::whole(kvinnor)), ..Utfall::default() },
        )
    };
    let met = of(960, 470);
    assert_eq!((met.mal, met.villkor, met.status), (Some(true), Some(true), Some(Uppfyllelse::Helt)));
    assert_eq!(met.andel.unwrap().with_decimals(2), "48,96");
    let part = of(960, 490);
    assert_eq!((part.mal, part.villkor, part.status), (Some(true), Some(false), Some(Uppfyllelse::Delvis)));
    assert_eq!(
        part.skal,
        "960\u{a0}st mot högst 975\u{a0}st: uppnås. Andelen kvinnor är 51,04\u{a0}%, högst 50\u{a0}%: uppnås inte."
    );
    assert_eq!(of(980, 470).status, Some(Uppfyllelse::Inte), "the condition alone reaches nothing");
    assert_eq!(of(960, 480).status, Some(Uppfyllelse::Helt), "the limit is included");
    let unknown = bedom(&content, &Utfall { total: Some(t("960")), ..Utfall::default() });
    assert_eq!((unknown.mal, unknown.status), (Some(true), None), "of the part nothing is known");
    assert!(unknown.skal.ends_with("Uppgift saknas om andelen kvinnor."));
}

#[test]
fn an_outcome_is_held_against_last_year_or_all_or_none() {
    use Uppfyllelse::{Delvis, Helt, Inte};
    for (text, outcome, status) in [
        ("Minskar (2018: 980)", "979", Some(Helt)),
        ("Minskar (2018: 980)", "980", Some(Inte)),
        ("ökar inte (2018: 980)", "980", Some(Helt)),
        ("ökar (2018: 980)", "980", Some(Inte)),
        ("minskar", "980", None),
        ("samtliga", "100", Some(Helt)),
        ("samtliga", "99.9", Some(Inte)),
        ("samtliga", "101", None),
        ("samtliga 35 st", "35", Some(Helt)),
        ("samtliga 35 st", "34", Some(Inte)),
        ("Minskar 975 (2018: 980)", "978", Some(Inte)),
        ("Minskar 975 (2018: 980)", "975", Some(Helt)),
        ("Minskar 990 (2018: 980)", "985", Some(Inte)),
        ("Minskar 975", "978", Some(Inte)),
        ("Minskar 975", "970", None),
        ("ökar 20 (2018: 15)", "19", Some(Inte)),
        ("ökar 20 (2018: 15)", "20", Some(Helt)),
        ("ökar inte 975 (2018: 980)", "978", Some(Inte)),
        ("inga", "0", Some(Helt)),
        ("inga", "1", Some(Inte)),
        ("exakt 15 st", "15", Some(Helt)),
        ("15 st", "15", None),
        ("", "15", None),
    ] {
        let utfall = Utfall { total: Some(t(outcome)), ..Utfall::default() };
        assert_eq!(bedom(&row(text), &utfall).status, status, "{text}: {outcome}");
    }
    let both = bedom(&row("Minskar 975 st (2018: 980)"), &Utfall { total: Some(t("978")), ..Utfall::default() });
    assert_eq!(both.skal, "978\u{a0}st mot mindre än 980\u{a0}st och högst 975\u{a0}st: uppnås inte.");
    // what has no number is answered by hand
    let svar = |svar| bedom(&row(""), &Utfall { svar: Some(svar), ..Utfall::default() }).status;
    assert_eq!((svar(Delvis), svar(Uppfyllelse::Ingen)), (Some(Delvis), None));
    assert_eq!(bedom(&row("max 9"), &Utfall::default()).status, None, "no outcome is never red");
}

#[test]
fn all_of_them_is_a_share_or_so_many_as_there_are() {
    let of = |total: &str, av: &str| bedomning::UtfallForm { total: total.into(), av: av.into(), ..Default::default() };
    let all = row("samtliga");
    let judged = |content: &Content, form| bedom(content, &bedomning::check(&form, content).unwrap());
    let every = judged(&all, of("35", "35"));
    assert_eq!((every.status, every.skal.as_str()), (Some(Uppfyllelse::Helt), "35 av 35: uppnås."));
    assert_eq!(judged(&all, of("34", "35")).skal, "34 av 35: uppnås inte.");
    assert_eq!(judged(&all, of("0", "0")).status, None, "nobody is not everybody");
    let share = judged(&all, of("98", ""));
    assert_eq!(share.skal, "98\u{a0}% mot samtliga 100\u{a0}%: uppnås inte.");
    let counted = Content { enhet: "st".into(), ..all.clone() };
    let unknown = judged(&counted, of("35", ""));
    assert_eq!((unknown.status, unknown.skal.as_str()), (None, "Hur många det är av saknas."));
    assert_eq!(judged(&counted, of("35", "35")).status, Some(Uppfyllelse::Helt));
    assert_eq!(bedomning::check(&of("36", "35"), &all).unwrap_err()[0].message, "36 är fler än alla, 35.");
    assert_eq!(saknas(&all), [Saknas::Enhet]);
    let text = "Mål;Förväntat resultat;Jämförelse;Enhet\n1;Alla har en plan;samtliga;st";
    assert_eq!(read(text, &trad_of(HASSELBY, 2019), 2019, &[]).rader[0].content.enhet, "st", "its unit is kept");
}

#[test]
fn an_indikator_says_how_the_row_that_is_linked_to_it_is_met() {
    use crate::verksamhetsplan::indikator::status::Status;
    let of = |text: &str, status| bedomning::av_indikator(&row(text), status);
    for (status, met) in [
        (Status::Uppnas, Some(Uppfyllelse::Helt)),
        (Status::Delvis, Some(Uppfyllelse::Delvis)),
        (Status::InteAlls, Some(Uppfyllelse::Inte)),
        (Status::InteMojlig, None),
        (Status::IngenBedomning, None),
        (Status::EjRelevant, None),
    ] {
        assert_eq!(of("minst 80 %", status).status, met, "{status:?}");
    }
    assert_eq!(of("minst 80 %", Status::Delvis).skal, "Indikatorn: uppnås delvis.");
    let part = of("max 975 varav max 50 % kvinnor", Status::Uppnas);
    assert_eq!((part.mal, part.status), (Some(true), None), "of the part nothing is known");
    assert_eq!(part.skal, "Indikatorn: uppnås. Uppgift saknas om andelen kvinnor.");
}

#[test]
fn parts_that_are_more_than_their_whole_are_told_of_and_stay() {
    let content = Content { enhet: "st".into(), ..row("max 975") };
    let form =
        bedomning::UtfallForm { total: "100".into(), kvinnor: "60".into(), man: "50".into(), ..Default::default() };
    let utfall = bedomning::check(&form, &content).unwrap();
    assert_eq!(marks(&content, &utfall), ["Könen blir tillsammans 110\u{a0}st, mer än totalen 100\u{a0}st."]);
    assert_eq!(marks(&row("minst 80 %"), &utfall), Vec::<String>::new(), "shares have other wholes");
    let fault =
        bedomning::check(&bedomning::UtfallForm { total: "många".into(), ..Default::default() }, &content).unwrap_err();
    assert_eq!(fault[0].field, "total");
}

#[test]
fn a_row_that_cannot_be_followed_is_helped_and_never_hindered() {
    assert_eq!(hjalp(&row("max 975 st")), None);
    assert_eq!(hjalp(&row("inga")), None, "none of them needs no number");
    assert_eq!(
        hjalp(&row("")).unwrap(),
        "Går det att mäta? Skriv gärna ett tal eller hur många det gäller och om det är minst eller högst."
    );
    assert_eq!(saknas(&row("80")), [Saknas::Jamforelse, Saknas::Enhet]);
    assert_eq!(saknas(&row("minskar")), [Saknas::Fjol]);
    assert!(Saknas::ALL.into_iter().all(|one| Saknas::from_code(one.code()) == Some(one)));
    // and it is saved all the same
    assert!(check(&Form { text: "Insatserna är av god kvalitet".into(), ..Form::default() }, 2026).is_ok());
}

#[test]
fn what_is_typed_comes_back_as_it_was_typed() {
    let form = Form {
        text: "Antal vuxna med ekonomiskt bistånd".into(),
        jamforelse: "hogst".into(),
        malvarde: "975 st".into(),
        fjol: "980".into(),
        villkor: "max 50 % kvinnor".into(),
        lank: format!("serie:{}", Uuid::from_u128(7)),
        ..Form::default()
    };
    let content = check(&form, 2019).unwrap();
    assert_eq!(content.mal(), "högst 975\u{a0}st (2018: 980), varav högst 50\u{a0}% kvinnor");
    assert_eq!(check(&content.form(), 2019), Ok(content.clone()));
    let text = check(&Form { malvarde: "Tas fram av nämnd".into(), ..form.clone() }, 2019).unwrap();
    assert_eq!((text.malvarde, text.maltext.as_str()), (None, "Tas fram av nämnd"));
    let field = |form: Form| check(&form, 2019).unwrap_err().remove(0).field;
    assert_eq!(field(Form { text: String::new(), ..form.clone() }), "text");
    assert_eq!(field(Form { enhet: "kr".into(), ..form.clone() }), "malvarde");
    assert_eq!(field(Form { fjol_ar: "2019".into(), ..form.clone() }), "fjol_ar");
    assert_eq!(field(Form { villkor: "hälften kvinnor".into(), ..form }), "villkor");
    let stored = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<Content>(&stored).unwrap(), content);
    assert_eq!(
        serde_json::from_str::<Content>("{\"text\":\"Plan finns\"}").unwrap().text,
        "Plan finns",
        "of an older row"
    );
}

#[test]
fn codes_come_back() {
    for one in Jamforelse::ALL {
        assert_eq!(Jamforelse::from_code(one.code()), Some(one));
        assert_eq!(Jamforelse::from_word(one.label()), Some(one));
    }
    let lank = Lank::Indikator(IndikatorId(Uuid::from_u128(9)));
    assert_eq!(Lank::from_code(&lank.code()), Some(lank));
    assert_eq!(Lank::from_code("annat:1"), None);
    assert_eq!(foreslagen(Some(t("20")), Some(Fjol { ar: 2021, varde: t("15") })), Some(Jamforelse::Minst));
}

proptest! {
    /// Whatever stands in a cell, it is read without losing a word, and less is never worse where it is to be at most.
    #[test]
    fn any_cell_is_read(text in ".{0,60}") {
        let _ = cell(&text);
    }

    #[test]
    fn at_most_is_monotone(aim in 0_i64..2_000, a in 0_i64..2_000, b in 0_i64..2_000) {
        let content = row(&format!("max {aim} st"));
        let met = |n: i64| bedom(&content, &Utfall { total: Some(Tal::whole(n)), ..Utfall::default() }).mal;
        let (less, more) = (a.min(b), a.max(b));
        prop_assert!(met(less) >= met(more));
    }
}

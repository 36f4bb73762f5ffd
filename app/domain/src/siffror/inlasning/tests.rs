//! What tables of the city become, as they were printed.

use uuid::Uuid;

use super::*;
use crate::{
    id::NodeId,
    period::Grain,
    siffror::{
        dimension::{DimensionId, Dimensionsvarde, DimensionsvardeId},
        serie::{self, Form},
        siffra::Ursprung,
        slag::{Mark, Slag},
    },
};

mod fragor;
mod rundtur;
mod upplagg;

const UTSKRIVET: &str = include_str!("../../../testdata/siffror/hushall-per-manad-som-utskrivet.csv");
const PER_MANAD: &str = include_str!("../../../testdata/siffror/hushall-med-ekonomiskt-bistand-per-manad.csv");
const TVARS: &str = include_str!("../../../testdata/siffror/hushall-bromma-2021-manader-som-kolumner.csv");
const HUSHALLSTYP: &str = include_str!("../../../testdata/siffror/hushallstyp-bromma-2022-01.csv");
const AR: &str = include_str!("../../../testdata/siffror/ekonomiskt-bistand-bromma-2019-2022.csv");
const ATERKRAV: &str = include_str!("../../../testdata/siffror/aterkrav.csv");

/// The sixteen of the city, in the order of its tables.
fn stadsdelar() -> Vec<&'static str> {
    include_str!("../../../testdata/siffror/stadsdelar.txt").lines().collect()
}

fn table(text: &str) -> Table {
    let mut table = Table::default();
    for record in crate::table::records(text, &[';']) {
        table.push(record.line, record.cells);
    }
    table
}

fn id(d: u128, n: usize) -> DimensionsvardeId {
    DimensionsvardeId(Uuid::from_u128(d * 1_000 + u128::try_from(n).unwrap()))
}

fn dimension(d: u128, namn: &str, values: &[&str]) -> Dimension {
    let value = |(n, namn): (usize, &&str)| Dimensionsvarde {
        id: id(d, n),
        namn: (*namn).to_owned(),
        kod: String::new(),
        grupp: None,
        fran: None,
        till: None,
        ersatt_av: None,
        kallas: vec![],
    };
    Dimension {
        id: DimensionId(Uuid::from_u128(d)),
        node: NodeId(Uuid::nil()),
        namn: namn.to_owned(),
        values: values.iter().enumerate().map(value).collect(),
        version: 1,
    }
}

fn content(namn: &str, slag: Slag, enhet: &str, grain: Grain, dims: &[Dimension]) -> Content {
    let dim = |at: usize| dims.get(at).map_or_else(String::new, |d| d.id.to_string());
    let form = Form {
        namn: namn.into(),
        enhet: enhet.into(),
        slag: slag.code().into(),
        grain: grain.code().into(),
        decimaler: "0".into(),
        efterslapning: "2".into(),
        dim1: dim(0),
        dim2: dim(1),
        dim3: dim(2),
        ..Form::default()
    };
    serie::check(&form, None).unwrap()
}

/// A series, what it holds, and what has been answered about its tables.
struct Prov {
    content: Content,
    dims: Vec<Dimension>,
    siffror: Vec<Siffra>,
    svar: Svar,
}

impl Prov {
    fn new(content: Content, dims: Vec<Dimension>) -> Self {
        Self { content, dims, siffror: vec![], svar: Svar::default() }
    }

    /// Households by district, as in the city's table.
    fn hushall() -> Self {
        let dims = vec![dimension(1, "Stadsdel", &stadsdelar())];
        Self::new(content("Hushåll med ekonomiskt bistånd", Slag::Bestand, "hushåll", Grain::Manad, &dims), dims)
    }

    fn med(mut self, key: &str, value: &str) -> Self {
        self.svar.set(key, value);
        self
    }

    /// With the columns of the printed table in the order of the districts.
    fn i_ordning(self) -> Self {
        let asked = self.ok(UTSKRIVET);
        let code = &asked.fraga("kolumner/17").unwrap().choices[0].value;
        self.med("kolumner/17", code)
    }

    fn granska(&self, text: &str) -> Result<Granskning, String> {
        let today = NaiveDate::from_ymd_opt(2022, 5, 30).unwrap();
        let (content, dims, siffror, svar) = (&self.content, &self.dims[..], &self.siffror[..], &self.svar);
        granska(&table(text), &Underlag { content, dims, siffror, svar, today })
    }

    fn ok(&self, text: &str) -> Granskning {
        self.granska(text).unwrap()
    }

    /// Keeps what an import writes.
    fn spara(&mut self, granskning: &Granskning) {
        assert!(granskning.kan_sparas(), "{:?} {:?}", granskning.oppna().collect::<Vec<_>>(), granskning.fel);
        for ny in &granskning.values {
            self.siffror.retain(|s| (s.period, &s.plats) != (ny.period, &ny.plats));
            self.siffror.push(siffra(ny.clone()));
        }
    }
}

fn siffra(ny: Ny) -> Siffra {
    let Ny { period, plats, varde, not } = ny;
    Siffra {
        period,
        plats,
        varde,
        not,
        sedd: NaiveDate::default(),
        ursprung: Ursprung::Inskriven,
        revision: 1,
        skrivning: 1,
        gallande: true,
    }
}

/// How a place of the first dimension reads.
fn plats(n: usize) -> Plats {
    Plats(vec![Some(id(1, n))])
}

fn value(granskning: &Granskning, period: Period, plats: &Plats) -> Varde {
    granskning.values.iter().find(|ny| ny.period == period && ny.plats == *plats).and_then(|ny| ny.varde).unwrap()
}

#[test]
fn a_printed_table_without_headings_becomes_seventeen_months_of_sixteen_values() {
    let prov = Prov::hushall();
    let first = prov.ok(UTSKRIVET);
    assert!(!first.kan_sparas());
    assert_eq!(first.oppna().count(), 17, "each column can be named by itself");
    let order = first.fraga("kolumner/17").unwrap();
    assert_eq!(
        order.choices[0].label,
        "I uppdelningens ordning, från Rinkeby-Kista till Intro Stockholm, och sist summan"
    );
    let named = prov.i_ordning().ok(UTSKRIVET);
    assert_eq!(named.oppna().count(), 0);
    assert_eq!(named.upplagg, Some(Upplagg::TidNed));
    assert_eq!((named.rader.len(), named.values.len()), (17, 17 * 16));
    assert_eq!((named.rader[0].period, named.rader[16].period), (Period::Month(2020, 12), Period::Month(2022, 4)));
    assert!(named.rader[16].preliminar && !named.rader[15].preliminar);
    let bromma = value(&named, Period::Month(2022, 4), &plats(3));
    assert_eq!((bromma.tal, bromma.mark), (Tal::whole(323), Mark::Preliminar));
    assert_eq!(value(&named, Period::Month(2020, 12), &plats(0)), Varde::of(Tal::whole(1_346)));
    assert_eq!(named.sparas_inte.len(), 4);
    assert_eq!(named.sparas_inte_som(), "”Förändring mellan …”");
    assert_eq!(named.notes, ["År gissat från ”2021 mar” och ”2022 mar”."]);
    assert_eq!(named.rubrik(), "272 nya värden och två summor som inte stämmer");
}

#[test]
fn sums_that_do_not_add_up_are_told_of_with_both_figures_and_the_cell_that_everything_points_at() {
    let prov = Prov::hushall().i_ordning();
    let read = prov.ok(UTSKRIVET);
    assert_eq!(read.summor.len(), 17);
    let off: Vec<&Summarad> = read.avviker().collect();
    assert_eq!(
        off.iter().map(|s| s.period.unwrap()).collect::<Vec<_>>(),
        [Period::Month(2021, 9), Period::Month(2022, 3)]
    );
    assert_eq!(off[0].rubrik, "Summan i september 2021 är 8\u{a0}608, delarna ger 8\u{a0}610.");
    assert_eq!(
        off[0].text,
        "Ingen ändringsrad rör månaden: antingen är summan fel eller en av delarna. Delarna sparas som de står."
    );
    assert_eq!(off[1].rubrik, "Summan i mars 2022 är 30 för låg: i filen 8\u{a0}209, delarna ger 8\u{a0}239.");
    assert_eq!(
        off[1].text,
        "Båda ändringsraderna pekar på samma ruta: Rinkeby-Kista. 1\u{a0}213 i stället för 1\u{a0}243 skulle stämma med summan och båda \
         förändringarna, −40 och −147."
    );
    assert!(
        read.andringar
            .contains(&"Ändringsraden ”2022 feb”, Rinkeby-Kista: i filen −40, mellan värdena är det −10.".to_owned())
    );
    assert!(
        read.andringar
            .contains(&"Ändringsraden ”2021 mar”, Rinkeby-Kista: i filen −147, mellan värdena är det −117.".to_owned())
    );
    assert!(read.andringar.last().unwrap().starts_with("Ändringsraden ”2020 mar” kan inte kontrolleras"));
    let asked = read.fraga(off[1].fraga.as_deref().unwrap()).unwrap();
    let labels: Vec<&str> = asked.choices.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(labels, ["Ta filens 1\u{a0}243", "Skriv 1\u{a0}213 med kommentar", "Hoppa över rutan"]);
    assert!(read.kan_sparas(), "what the table says is kept unless somebody chooses otherwise");
    assert_eq!(value(&read, Period::Month(2022, 3), &plats(0)).tal, Tal::whole(1_243));
}

#[test]
fn a_cell_that_is_written_otherwise_keeps_a_comment_and_stays_so_the_next_time() {
    let mut prov = Prov::hushall().i_ordning();
    let asked = prov.ok(UTSKRIVET).avviker().find_map(|s| s.fraga.clone()).unwrap();
    let choices = prov.ok(UTSKRIVET).fraga(&asked).unwrap().choices.clone();
    prov.svar.set(&asked, &choices[2].value);
    let left_out = prov.ok(UTSKRIVET);
    assert_eq!(left_out.values.len(), 271);
    prov.svar.set(&asked, &choices[1].value);
    let read = prov.ok(UTSKRIVET);
    let ny = read.values.iter().find(|ny| ny.period == Period::Month(2022, 3) && ny.plats == plats(0)).unwrap();
    assert_eq!(ny.varde, Some(Varde::of(Tal::whole(1_213))));
    assert_eq!(ny.not, "I filen 1\u{a0}243. Skrivet efter summan och ändringsraderna.");
    assert_eq!(read.avviker().count(), 1, "the other one is still off");
    prov.spara(&read);
    prov.svar = prov.svar.att_minnas();
    let again = prov.ok(UTSKRIVET);
    assert_eq!((again.antal.oforandrade, again.antal.andrade), (272, 0));
    let later = prov.ok(&UTSKRIVET.replace("2022 mar;1 243", "2022 mar;1 253"));
    assert_eq!(later.antal.andrade, 1, "an answer about another figure answers nothing");
}

#[test]
fn the_table_of_the_next_month_is_read_without_a_question() {
    let mut prov = Prov::hushall().i_ordning();
    let rows: Vec<&str> = UTSKRIVET.lines().collect();
    let february =
        [&rows[..14], &[";2022 feb, prel;1 253;728;870;316;164;159;143;442;1 062;408;634;707;589;423;19;309;8 226"]]
            .concat();
    let first = prov.ok(&february.join("\n"));
    prov.spara(&first);
    let json = serde_json::to_string(&prov.svar.att_minnas()).unwrap();
    prov.svar = serde_json::from_str(&json).unwrap();
    // the preliminary ones but Bromma's are final now without having changed
    prov.siffror
        .iter_mut()
        .filter(|s| s.plats != plats(3))
        .filter_map(|s| s.varde.as_mut())
        .for_each(|v| v.mark = Mark::Definitiv);
    let next = prov.ok(UTSKRIVET);
    assert_eq!(next.oppna().count(), 0);
    assert_eq!((next.antal.nya, next.antal.andrade, next.antal.oforandrade), (32, 1, 239));
    assert_eq!(next.rubrik(), "32 nya värden, ett ändrat och två summor som inte stämmer");
    let row = next.rader.iter().find(|r| r.period == Period::Month(2022, 2)).unwrap();
    let ruta = row.rutor.iter().find(|r| r.verkan == Verkan::Andrad).unwrap();
    let before = ruta.fore.unwrap();
    assert_eq!((before.tal, before.mark), (Tal::whole(316), Mark::Preliminar));
    assert_eq!(ruta.varde, Some(Varde::of(Tal::whole(328))));
    assert_eq!(next.andrade_var(), "Bromma februari 2022");
    assert_eq!(next.nya_nar(), "mars och april 2022");
    assert_eq!(next.knapp(), "Läs in 32 nya och 1 ändrat");
    assert_eq!(next.behover(), [Period::Month(2021, 9), Period::Month(2022, 2), Period::Month(2022, 3)]);
    assert!(next.rader[0].is_oforandrad());
    let at = next.values.iter().position(|ny| ny.period == Period::Month(2022, 2)).unwrap();
    assert_eq!((next.revisioner[at], next.revisioner.iter().sum::<i32>()), (1, 1));
    assert_ne!(next.sett(), first.sett());
}

#[test]
fn months_across_ask_for_their_year_and_then_are_what_is_there() {
    let mut prov = Prov::hushall();
    prov.siffror = Prov::hushall().i_ordning().ok(UTSKRIVET).values.into_iter().map(siffra).collect();
    let asked = prov.ok(TVARS);
    assert_eq!(asked.upplagg, Some(Upplagg::TidTvars));
    let questions: Vec<&str> = asked.oppna().map(|f| f.text.as_str()).collect();
    assert_eq!(questions, ["Tabellen anger inget år. Vilket år gäller Jan, som står först?"]);
    let read = prov.med("ar", "2021").ok(TVARS);
    assert_eq!((read.antal.oforandrade, read.antal.nya, read.antal.andrade), (12, 0, 0));
    assert_eq!(read.rubrik(), "Tolv värden, som redan finns");
    assert_eq!(
        Svar::default().with(&svar("ar", "2021")).att_minnas(),
        Svar::default(),
        "another table is of another year"
    );
}

#[test]
fn a_value_of_a_time_that_has_not_begun_stands_in_the_way_until_it_is_left_out() {
    let prov = Prov::new(content("Hushåll", Slag::Bestand, "hushåll", Grain::Manad, &[]), vec![]);
    let of_a_year = "Månad;Hushåll\nmaj 2022;317\njuni 2022;318\njuli 2022;–";
    let read = prov.ok(of_a_year);
    let said: Vec<&str> = read.fel_kvar().map(|fel| fel.text.as_str()).collect();
    assert_eq!(said, ["Ruta B3 har ett värde som ingen kan ha räknat än. Juni 2022 har inte börjat."]);
    assert!(!read.kan_sparas());
    assert_eq!(read.notes, ["Streck och summor för juli 2022 läses inte in: den tiden har inte börjat."]);
    let left_out = prov.med("fel:B3", HOPPA).ok(of_a_year);
    assert_eq!(left_out.values.iter().map(|ny| ny.period).collect::<Vec<_>>(), [Period::Month(2022, 5)]);
}

fn svar(key: &str, value: &str) -> Svar {
    let mut svar = Svar::default();
    svar.set(key, value);
    svar
}

#[test]
fn a_table_of_kinds_of_households_is_compared_with_its_sum_and_what_stands_below_is_no_part() {
    let kinds = [
        "Ensamstående man utan barn",
        "Ensamstående kvinna utan barn",
        "Ensamstående man med barn",
        "Ensamstående kvinna med barn",
        "Par utan barn",
        "Par med barn",
    ];
    let dims = vec![dimension(1, "Hushållstyp", &kinds)];
    let prov = Prov::new(content("Hushållstyper", Slag::Bestand, "hushåll", Grain::Manad, &dims), dims);
    let asked = prov.ok(HUSHALLSTYP);
    assert_eq!(asked.oppna().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["period"]);
    let read = prov.med("period", "2022-01").ok(HUSHALLSTYP);
    assert_eq!(read.upplagg, Some(Upplagg::UtanTid));
    assert_eq!(read.values.len(), 6);
    assert_eq!(value(&read, Period::Month(2022, 1), &plats(4)).tal, Tal::whole(2));
    assert_eq!(read.summor.iter().map(|s| (s.tryckt, s.avviker())).collect::<Vec<_>>(), [(Tal::whole(317), false)]);
    assert_eq!(
        read.notes,
        [
            "Raderna ”Biståndstagare” och ”Därav barn” står under summan. De är inga delar av den och sparas inte här, men kan bli egna \
          serier."
        ]
    );
}

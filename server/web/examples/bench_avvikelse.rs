//! What `make bench` needs for avvikelser: `bench_avvikelse fill URL` makes a unit with a chef and 100 000 cases of ten years,
//! nine of ten closed, with texts of some forty words.

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    avvikelse::{
        Bedomning, Innehall, Kanal, Kategori, Kind, Orsak, State,
        case::Beslut,
        intake::{Inkommet, Rapport, When},
        word::Ror,
    },
    id::{AvvikelseId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use store::{Store, avvikelse, person::NewPerson};

const CASES: usize = 100_000;
/// Cases that are written in one transaction.
const BATCH: usize = 100;

/// Words that reports are put together of; a case has about forty of them.
const WORDS: &str = "ansökan beslut utbetalning handläggare hushåll barn hyra bilaga beräkning system inkorg tjänst telefon besök \
    kalender sjuk vikarie rutin checklista kuvert adress brev norm belopp återkrav arbetslös praktik läkarintyg boende avhysning \
    elskuld förskola skola umgänge växelvis inneboende kontrakt inkomst skatt konto kontanter kort rekvisition matpengar kläder \
    tandvård glasögon resor flytt möbler spädbarn semester helg fredag måndag kväll morgon mottagning reception tolk språk \
    skyddade uppgifter sekretess anhörig vän granne polis vårdcentral psykiatri beroende behandling stöd plan uppföljning";

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url] => fill(url).await,
        _ => bail!("bench_avvikelse fill URL"),
    }
}

fn now() -> Result<DateTime<Utc>> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).context("a day")?;
    day.and_hms_opt(9, 0, 0).map(|t| t.and_utc()).context("a time")
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    fn text(&mut self, words: &[&str], n: usize) -> String {
        (0..n).map(|_| words[self.roll(words.len())]).collect::<Vec<_>>().join(" ")
    }
}

async fn fill(url: &str) -> Result<()> {
    let (store, now) = (Store::connect(url).await?, now()?);
    store.migrate().await?;
    let mut tx = store.system(true).await?;
    ensure!(store::person::count(&mut tx).await? == 0, "the database has content");
    let node = |parent, kind, name: &str| Node {
        id: NodeId::new(),
        parent,
        kind,
        name: name.to_owned(),
        active: true,
        version: 1,
    };
    let top = node(None, NodeKind::Organisation, "Staden");
    let unit = node(Some(top.id), NodeKind::Enhet, "Enheten");
    let (unit_id, password_hash) = (unit.id, web::password::hash(web::demo::PASSWORD.to_owned()).await);
    for node in [top, unit] {
        store::organisation::create_node(&mut tx, now, &node).await?;
    }
    let chef = PersonId::new();
    let new = NewPerson {
        id: chef,
        name: "Enhetschef".into(),
        email: "h0@demo.se".into(),
        password_hash,
        roles: vec![(Role::Enhetschef, unit_id)],
    };
    store::person::create(&mut tx, now, &new).await?;
    let actor = store::person::actor(&mut tx, chef, 1).await?.context("the chef")?;
    tx.commit().await?;

    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(1);
    let first = NaiveDate::from_ymd_opt(2017, 1, 1).context("a day")?;
    for batch in 0..CASES / BATCH {
        let mut tx = store.system(true).await?;
        tx.act_as(chef);
        for n in batch * BATCH..(batch + 1) * BATCH {
            let came = first + Days::new(u64::try_from(n * 3_600 / CASES)?);
            let id = AvvikelseId::new();
            avvikelse::create(&mut tx, now, came, id, unit_id, content(n, came, &words, &mut dice)).await?;
            if n % 10 == 9 {
                continue;
            }
            let (before, _) = avvikelse::handle(&mut tx, now, &actor, id).await?;
            let mut after = before.clone();
            after.case.state = State::Avslutad;
            after.closed_on = came.checked_add_days(Days::new(u64::try_from(dice.roll(90))?));
            after.case.utredning.orsaker = vec![Orsak::ALL[dice.roll(6)]];
            after.handelsetyp = avvikelse::installning::HANDELSETYPER[dice.roll(8)].into();
            if n % 40 == 3 {
                let (bedomning, motive) = (Bedomning::Missforhallande, dice.text(&words, 12));
                after.case = after.case.decided(Beslut { bedomning, motive, on: came });
            }
            avvikelse::save(&mut tx, now, &before, &after, before.version, ("Inläst", "")).await?;
        }
        tx.commit().await?;
    }
    store.close().await;
    println!("/avvikelser");
    Ok(())
}

fn content(n: usize, came: NaiveDate, words: &[&str], dice: &mut Dice) -> Innehall {
    if n % 7 == 2 {
        return Innehall::Inkommet(Inkommet {
            what: dice.text(words, 12),
            on: came,
            kanal: Kanal::Telefon,
            kategori: Kategori::ALL[dice.roll(7)],
            positive: false,
            kind: if dice.roll(4) > 0 { Kind::Klagomal } else { Kind::Synpunkt },
            contact: None,
        });
    }
    Innehall::Rapport(Rapport {
        what: format!("{} nr{n}", dice.text(words, 20)),
        when: When::Exact(came, None),
        place: String::new(),
        process: ["Nybesök", "Löpande ekonomiskt bistånd", "Återkrav"][dice.roll(3)].into(),
        reference: format!("EB-{n}"),
        noticed_by: "Handläggare".into(),
        consequence: dice.text(words, 12),
        done_at_once: dice.text(words, 8),
        ror: Ror::Brukare,
        suggestion: String::new(),
        suspected: false,
        pui: n % 13 == 4,
        discovered: None,
        on_behalf_of: None,
    })
}

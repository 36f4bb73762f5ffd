//! The demo's cases: some in every state, a lex Sarah that has gone to IVO, an incident whose 72 hours run, klagomål, and
//! two years of closed ones so that counts mean something. What happened is made up of what units write about; nobody is
//! named.

use anyhow::{Result, anyhow};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    atgard::{self, Source},
    avvikelse::{
        Arende, Bedomning, Innehall, Kategori, Kind, Orsak, Relation, Step, act,
        case::{Beslut, Ivo, Utredning},
        handling::Bedomt,
        intake::Rapport,
        lank::{Lank, LankKind},
        pui::Incident,
        register::{Counts, Tomma},
        word::{Drabbade, Forlust, Uppgifter, Upprepning},
    },
    id::{AtgardId, AvvikelseId, NodeId},
    occurrence::Tick,
    person::Actor,
};
use std::sync::Arc;
use store::{Tx, avvikelse};

use super::{People, at};

mod texter;

use texter::{bedomt, inkommet, rapport, utredning};

struct Demo<'a> {
    tx: &'a mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    unit: NodeId,
    handlaggare: Arc<Actor>,
    chef: Arc<Actor>,
    utredare: Arc<Actor>,
}

/// Lays the cases of the first unit around today.
pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    let actor = async |tx: &mut Tx, n: usize| -> Result<Arc<Actor>> {
        store::person::actor(tx, people.persons[n], 1).await?.ok_or_else(|| anyhow!("a person of the demo"))
    };
    let (chef, handlaggare, utredare) = (actor(tx, 0).await?, actor(tx, 3).await?, actor(tx, 5).await?);
    let mut demo = Demo { tx, now, today, unit: people.units[0], handlaggare, chef, utredare };
    demo.years_before().await?;
    demo.closed_ones().await?;
    demo.lex_sarah().await?;
    demo.open_ones().await?;
    demo.klagomal().await?;
    avvikelse::frislappt::release(demo.tx, demo.unit, today).await?;
    Ok(())
}

impl Demo<'_> {
    fn ago(&self, days: u64) -> NaiveDate {
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today)
    }

    async fn report(&mut self, day: NaiveDate, innehall: Innehall) -> Result<AvvikelseId> {
        let id = AvvikelseId::new();
        self.tx.act_as(self.handlaggare.person);
        avvikelse::create(self.tx, at(self.now, day), day, id, self.unit, innehall).await?;
        Ok(id)
    }

    async fn act(
        &mut self,
        who: &Arc<Actor>,
        (id, day, what): (AvvikelseId, NaiveDate, &str),
        act: impl FnOnce(&Arende, Relation) -> Result<Arende, domain::field::FieldError>,
    ) -> Result<()> {
        self.tx.act_as(who.person);
        let when = at(self.now, day);
        let (before, relation) = avvikelse::handle(self.tx, when, who, id).await?;
        let after = act(&before, relation).map_err(|why| anyhow!(why.message))?;
        avvikelse::save(self.tx, when, &before, &after, before.version, (what, "")).await?;
        Ok(())
    }

    /// An åtgärd of the case; done on a day, where there is one.
    async fn atgard(
        &mut self,
        id: AvvikelseId,
        (title, due): (&str, NaiveDate),
        done: Option<NaiveDate>,
    ) -> Result<()> {
        let chef = self.chef.clone();
        self.tx.act_as(chef.person);
        let created = done.unwrap_or(self.today).min(due);
        let form = atgard::Form {
            title: title.into(),
            responsible: "roll:enhetschef".into(),
            due: due.to_string(),
            ..atgard::Form::default()
        };
        let content = atgard::check(&form, created).map_err(|e| anyhow!("{e:?}"))?;
        let atgard = AtgardId::new();
        store::atgard::create(
            self.tx,
            at(self.now, created),
            created,
            atgard,
            self.unit,
            Source::Avvikelse(id),
            &content,
        )
        .await?;
        if let Some(day) = done {
            let found = store::atgard::get(self.tx, &chef, atgard).await?;
            let item = store::occurrence::get(self.tx, &chef, found.occurrence).await?;
            let tick = Tick { performed_on: day, ..Tick::default() };
            store::occurrence::tick(self.tx, at(self.now, day), &item, item.occurrence.version, &tick).await?;
        }
        Ok(())
    }

    /// The figures of the documents: 2021 by the table of klagomål, 2022 by that of avvikelser.
    async fn years_before(&mut self) -> Result<()> {
        self.tx.act_as(self.chef.person);
        // how many avvikelser there were in 2021 is in none of them
        let kinds = Kind::ALL.map(|kind| matches!(kind, Kind::Avvikelse | Kind::LexSarah | Kind::Pui));
        let tomma = Tomma { kinds, ivo: true, imy: true };
        for (year, counts) in [
            (2021, Counts { total: 37, kinds: [0, 0, 0, 31, 6], tomma, ..Counts::default() }),
            (2022, Counts { total: 182, kinds: [155, 72, 12, 27, 0], ivo: 3, imy: 0, ..Counts::default() }),
        ] {
            avvikelse::installning::set_year(self.tx, self.now, self.unit, year, Some(&counts)).await?;
        }
        Ok(())
    }

    /// Last year and this year up to the month before: closed.
    async fn closed_ones(&mut self) -> Result<()> {
        let chef = self.chef.clone();
        for n in 0..44_u64 {
            let came = self.ago(620 - n * 13);
            let closed = came.checked_add_days(Days::new(6 + n * 5 % 41)).unwrap_or(came);
            let i = usize::try_from(n)?;
            let id = self.report(came, Innehall::Rapport(rapport(i, came))).await?;
            let kinds: &[Kind] = if n % 9 == 4 { &[Kind::Pui] } else { &[Kind::Avvikelse] };
            self.act(&chef, (id, came, "Bedömd"), |a, who| {
                let mut a = act::assess(a, who, &bedomt(i, kinds))?;
                if kinds == [Kind::Pui] {
                    a.case.imy.discovered_at = came.and_hms_opt(8, 0, 0).map(|t| t.and_utc());
                    a = act::decide_imy(
                        &a,
                        who,
                        (domain::avvikelse::word::Risk::Osannolik, "Uppgiften hann inte läsas.".into()),
                    )?;
                }
                act::step(&a, who, Step::Utred, "", came)
            })
            .await?;
            self.act(&chef, (id, closed, "Utredd"), |a, who| act::investigate(a, who, utredning(i))).await?;
            self.act(&chef, (id, closed, "Avslutad"), |a, who| {
                let told = (Some(closed), "Rutinen kompletteras. Tack för att du rapporterade.".into(), Some(closed));
                let a = act::feed_back(a, told)?;
                act::step(&a, who, Step::Avsluta, "Rutinen är ändrad, inget mer behöver göras.", closed)
            })
            .await?;
        }
        for n in 0..26_u64 {
            let came = self.ago(600 - n * 22);
            let kategori = Kategori::ALL[usize::try_from(n * 3 % 7)?];
            let positive = n % 6 == 2;
            let id = self.report(came, inkommet(came, kategori, positive, usize::try_from(n)?)).await?;
            let kind = if positive { Kind::Synpunkt } else { Kind::Klagomal };
            self.act(&chef, (id, came, "Bedömd"), |a, who| {
                act::assess(
                    a,
                    who,
                    &Bedomt {
                        kategori: Some(kategori),
                        handelsetyp: String::new(),
                        process: String::new(),
                        ..bedomt(0, &[kind])
                    },
                )
            })
            .await?;
            let told = came.checked_add_days(Days::new(3 + n % 12)).unwrap_or(came);
            self.act(&chef, (id, told, "Avslutad"), |a, who| {
                let a = act::feed_back(a, (Some(told), "Ringde upp och berättade vad som ändras.".into(), None))?;
                act::step(&a, who, Step::Avsluta, "Återkopplat. Inget mer behöver utredas.", told)
            })
            .await?;
        }
        Ok(())
    }

    /// One that has gone to IVO, one that was declined, and one that waits for its decision.
    async fn lex_sarah(&mut self) -> Result<()> {
        let (chef, utredare) = (self.chef.clone(), self.utredare.clone());
        let came = self.ago(34);
        let serious = Rapport {
            what: "En akut ansökan om mat blev liggande över helgen. Ingen hade jour för inkorgen.".into(),
            consequence: "Hushållet med barn var utan pengar till mat i tre dagar.".into(),
            done_at_once: "Nödbistånd betalades ut så snart det upptäcktes.".into(),
            suspected: true,
            ..rapport(0, came)
        };
        let id = self.report(came, Innehall::Rapport(serious)).await?;
        let decided = self.ago(32);
        let motive = "Barn i hushållet var utan mat. Det är en allvarlig brist i tryggheten.".to_owned();
        self.act(&utredare, (id, decided, "Beslut om lex Sarah"), |a, who| {
            act::decide_lex_sarah(a, who, Beslut { bedomning: Bedomning::Allvarligt, motive, on: decided })
        })
        .await?;
        self.act(&chef, (id, decided, "Bedömd"), |a, who| act::assess(a, who, &bedomt(0, &[Kind::LexSarah]))).await?;
        let ivo = Ivo { on: self.ago(31), dnr: "3.2.1-12345/2026".into(), investigation_on: None };
        self.act(&utredare, (id, self.ago(31), "Anmäld till IVO"), |a, who| act::report_ivo(a, who, ivo)).await?;
        let day = self.ago(30);
        self.act(&utredare, (id, day, "Utredning påbörjad"), |a, who| act::step(a, who, Step::Utred, "", day)).await?;
        let written = Utredning {
            timeline: "Fredag 15.40: ansökan kommer in digitalt.\nFredag 16.00: mottagningen stänger.\nMåndag 08.10: ansökan upptäcks.\nMåndag 09.00: nödbistånd betalas ut.".into(),
            found: "Den digitala inkorgen bevakas bara när mottagningen är öppen.".into(),
            consequences: "Tre dagar utan pengar till mat för en familj med barn.".into(),
            upprepning: Some(Upprepning::Stor),
            orsaker: vec![Orsak::Rutiner, Orsak::Organisation],
            beslut: String::new(),
        };
        self.act(&utredare, (id, self.ago(12), "Utredningen ändrad"), |a, who| {
            let mut a = act::investigate(a, who, written)?;
            a.links.push(Lank {
                kind: LankKind::Rutin,
                label: "Rutin för mottagningens inkorg".into(),
                href: String::new(),
                changed: "Inkorgen bevakas även efter stängning på fredagar".into(),
            });
            Ok(a)
        })
        .await?;
        self.atgard(id, ("Bevakning av digitala inkorgen efter stängning", self.ago(2)), Some(self.ago(3))).await?;

        let came = self.ago(20);
        let id = self.report(came, Innehall::Rapport(Rapport { suspected: true, ..rapport(2, came) })).await?;
        let on = self.ago(18);
        let motive = "Handläggningstiden var lång men hushållet hade pengar hela tiden.".to_owned();
        self.act(&utredare, (id, on, "Beslut om lex Sarah"), |a, who| {
            act::decide_lex_sarah(a, who, Beslut { bedomning: Bedomning::EjLexSarah, motive, on })
        })
        .await?;
        self.act(&chef, (id, on, "Bedömd"), |a, who| {
            let a = act::assess(a, who, &bedomt(2, &[Kind::Avvikelse]))?;
            act::step(&a, who, Step::Utred, "", on)
        })
        .await?;

        let came = self.ago(1);
        let what = "Ett hushåll fick avslag trots att ansökan gällde hyra med hot om avhysning.".to_owned();
        let consequence = "Risk att familjen förlorar sin bostad.".to_owned();
        let id = self.report(came, Innehall::Rapport(Rapport { what, consequence, ..rapport(4, came) })).await?;
        self.act(&chef, (id, came, "Misstänkt missförhållande"), |a, who| {
            act::step(a, who, Step::Misstank, "Barn i hushållet och hot om avhysning.", came)
        })
        .await
    }

    /// Just come in, an incident with its clock running, one that is remedied and one that is followed up.
    async fn open_ones(&mut self) -> Result<()> {
        let (chef, today) = (self.chef.clone(), self.today);
        self.report(today, Innehall::Rapport(rapport(1, today))).await?;
        self.report(self.ago(3), Innehall::Rapport(rapport(3, self.ago(3)))).await?;

        let found = self.now - TimeDelta::hours(31);
        let came = self.ago(1);
        let what = "Ett beslut lades i fel kuvert och skickades till ett annat hushåll.".to_owned();
        let consequence = "Ett annat hushåll har kunnat läsa uppgifter om ekonomi.".to_owned();
        let breach = Rapport { what, consequence, pui: true, ..rapport(7, came) };
        let id = self.report(came, Innehall::Rapport(breach)).await?;
        self.act(&chef, (id, came, "Bedömd"), |a, who| {
            let a = act::assess(
                a,
                who,
                &Bedomt { handelsetyp: "Sekretess och integritet".into(), ..bedomt(7, &[Kind::Pui]) },
            )?;
            let incident = Incident {
                began: None,
                ended: None,
                discovered: found.naive_utc(),
                forlust: vec![Forlust::Rojande],
                drabbade: vec![Drabbade::Brukare],
                uppgifter: vec![Uppgifter::Kontakt, Uppgifter::Ekonomi, Uppgifter::Sekretess],
                number: Some(2),
                consequences: "Någon annan vet att hushållet har ekonomiskt bistånd och hur mycket.".into(),
                measures: "Brevet är hämtat. Rutinen för utskick gås igenom.".into(),
            };
            act::incident(&a, incident, found)
        })
        .await?;

        for (n, back, follow) in [(4_usize, 45, false), (6, 75, true)] {
            let came = self.ago(back);
            let id = self.report(came, Innehall::Rapport(rapport(n, came))).await?;
            let day = self.ago(back - 8);
            self.act(&chef, (id, day, "Utredd"), |a, who| {
                let a = act::assess(a, who, &bedomt(n, &[Kind::Avvikelse]))?;
                let a = act::step(&a, who, Step::Utred, "", came)?;
                act::investigate(&a, who, utredning(n))
            })
            .await?;
            let title = if follow {
                "Dubbel bevakning av besök vid frånvaro"
            } else {
                "Genomgång av normer för växelvis boende"
            };
            let due = if follow { self.ago(20) } else { today.checked_add_days(Days::new(12)).unwrap_or(today) };
            self.atgard(id, (title, due), follow.then(|| self.ago(22))).await?;
            self.act(&chef, (id, day, "Åtgärdas"), |a, who| {
                let a = act::step(a, who, Step::Atgarda, "", day)?;
                act::follow_up(&a, (today.checked_add_days(Days::new(9)), String::new()))
            })
            .await?;
            if follow {
                self.act(&chef, (id, self.ago(21), "Följs upp"), |a, who| {
                    let mut a = act::step(a, who, Step::FoljUpp, "", today)?;
                    a.apt = "Ett besök glömdes när handläggaren var sjuk. Nu står alla bokade besök också i gruppens kalender.".into();
                    Ok(a)
                })
                .await?;
            }
        }
        Ok(())
    }

    /// A klagomål that waits for feedback, an anonymous one, and praise.
    async fn klagomal(&mut self) -> Result<()> {
        let chef = self.chef.clone();
        let (waiting, anonymous, praise) = (self.ago(9), self.ago(5), self.ago(2));
        self.report(waiting, inkommet(waiting, Kategori::Tillganglighet, false, 1)).await?;
        let Innehall::Inkommet(mut said) = inkommet(anonymous, Kategori::Bemotande, false, 2) else { return Ok(()) };
        said.contact = None;
        self.report(anonymous, Innehall::Inkommet(said)).await?;
        let id = self.report(praise, inkommet(praise, Kategori::Bemotande, true, 3)).await?;
        self.act(&chef, (id, praise, "Bedömd"), |a, who| {
            act::assess(
                a,
                who,
                &Bedomt {
                    kategori: Some(Kategori::Bemotande),
                    handelsetyp: String::new(),
                    process: String::new(),
                    ..bedomt(0, &[Kind::Synpunkt])
                },
            )
        })
        .await
    }
}

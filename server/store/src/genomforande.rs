//! Runs of egenkontroller: begun, drawn, analysed, closed and opened again. The cells of a stickprov are in [`cell`].

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    format,
    genomforande::{
        Arende, Close, Genomforande, Kind, Stage, Start, Texts, Urval, cell::Answer, cell::Field, purge_day,
        reference::List, result::CaseAnswers,
    },
    history::changes,
    id::{EgenkontrollId, GenomforandeId, NodeId, OccurrenceId},
    kon::Kon,
    occurrence::{Andel, Item, Outcome, Share, State, Tick},
    permission::{Action, Area},
    person::Actor,
    sample::{ALGORITHM, Seed, draw},
    tal::Tal,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Target, Tx,
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    occurrence, touched,
};

pub mod cell;
mod earlier;
mod mall;

pub use earlier::earlier;
pub use mall::{mall, mall_seen, save_mall};

#[derive(FromRow)]
#[allow(clippy::struct_excessive_bools)] // the columns of the table
struct RunRow {
    id: Uuid,
    occurrence_id: Uuid,
    egenkontroll_id: Uuid,
    node_id: Uuid,
    kind: String,
    stage: String,
    kollegie: bool,
    malvarde: Option<i64>,
    population: Option<i64>,
    n: Option<i64>,
    seed: Option<String>,
    algorithm: Option<String>,
    has_list: bool,
    total_n: Option<i64>,
    total_d: Option<i64>,
    kvinnor_n: Option<i64>,
    kvinnor_d: Option<i64>,
    man_n: Option<i64>,
    man_d: Option<i64>,
    outcome: Option<String>,
    analys: String,
    brister: String,
    slutsats: String,
    apt: bool,
    utan_atgard: String,
    begun_on: NaiveDate,
    begun_name: Option<String>,
    closed_on: Option<NaiveDate>,
    closed_name: Option<String>,
    purge_on: Option<NaiveDate>,
    purged: bool,
    change: i64,
    version: i64,
}

/// `NotFound` when there is no such run.
pub async fn get(tx: &mut Tx, id: GenomforandeId) -> Result<Genomforande> {
    let row = row!(
        tx,
        RunRow,
        "select g.id, g.occurrence_id, g.egenkontroll_id, g.node_id, g.kind, g.stage, g.kollegie, g.malvarde,
                g.population, g.n, g.seed, g.algorithm, g.lista is not null as has_list, g.total_n, g.total_d,
                g.kvinnor_n, g.kvinnor_d, g.man_n, g.man_d, g.outcome, g.analys, g.brister, g.slutsats, g.apt,
                g.utan_atgard, g.begun_on, b.name as begun_name, g.closed_on, c.name as closed_name, g.purge_on,
                g.purged, g.change, g.version
         from genomforande g left join person b on b.id = g.begun_by left join person c on c.id = g.closed_by
         where g.id = $1",
        id.0
    )?
    .ok_or(Error::NotFound)?;
    let kriterier = rows!(
        tx,
        (String,),
        "select label from genomforande_kriterium where genomforande_id = $1 order by position",
        id.0
    )?;
    let drawn =
        rows!(tx, (i64,), "select row_number from genomforande_arende where genomforande_id = $1 order by nr", id.0)?;
    let share = |n: Option<i64>, d: Option<i64>| Some(Share { numerator: n?, denominator: d? });
    let in_row = InRow::of("genomforande", row.id);
    let seed = in_row.code_if_any("seed", row.seed.as_deref(), |s| s.parse::<Seed>().ok())?;
    let urval = seed.map(|seed| Urval {
        population: row.population.unwrap_or(0),
        n: row.n.unwrap_or(0),
        seed,
        algorithm: row.algorithm.clone().unwrap_or_default(),
        from_list: row.has_list,
        drawn: drawn.into_iter().map(|(row,)| row).collect(),
    });
    Ok(Genomforande {
        id: GenomforandeId(row.id),
        occurrence: OccurrenceId(row.occurrence_id),
        egenkontroll: EgenkontrollId(row.egenkontroll_id),
        node: NodeId(row.node_id),
        kind: in_row.code("kind", &row.kind, Kind::from_code)?,
        stage: in_row.code("stage", &row.stage, Stage::from_code)?,
        kriterier: kriterier.into_iter().map(|(label,)| label).collect(),
        urval,
        kollegie: row.kollegie,
        malvarde: row.malvarde.map(Tal::of_stored),
        andel: Andel {
            total: share(row.total_n, row.total_d),
            kvinnor: share(row.kvinnor_n, row.kvinnor_d),
            man: share(row.man_n, row.man_d),
        },
        outcome: in_row.code_if_any("outcome", row.outcome.as_deref(), Outcome::from_code)?,
        texts: Texts { analys: row.analys, brister: row.brister, slutsats: row.slutsats },
        apt: row.apt,
        utan_atgard: row.utan_atgard,
        begun_by: row.begun_name.unwrap_or_default(),
        begun_on: row.begun_on,
        closed_by: row.closed_name.unwrap_or_default(),
        closed_on: row.closed_on,
        purge_on: row.purge_on,
        purged: row.purged,
        change: row.change,
        version: row.version,
    })
}

/// The run of a tillfälle, if it has one.
pub async fn of_occurrence(tx: &mut Tx, occurrence: OccurrenceId) -> Result<Option<(GenomforandeId, Stage)>> {
    let found = row!(tx, (Uuid, String), "select id, stage from genomforande where occurrence_id = $1", occurrence.0)?;
    found.map(|(id, code)| Ok((GenomforandeId(id), stage(id, &code)?))).transpose()
}

/// The runs of a unit that were closed after a day and are to be shown on APT, the latest first; at most twenty.
pub async fn for_apt(tx: &mut Tx, node: NodeId, since: NaiveDate) -> Result<Vec<GenomforandeId>> {
    let found = rows!(
        tx,
        (Uuid,),
        "select id from genomforande where node_id = $1 and apt and stage = 'avslutad' and closed_on > $2
         order by closed_on desc, id desc limit 20",
        node.0,
        since
    )?;
    Ok(found.into_iter().map(|(id,)| GenomforandeId(id)).collect())
}

/// The runs of a control's tillfällen, as (tillfälle, run, stage).
pub async fn of_control(tx: &mut Tx, control: EgenkontrollId) -> Result<Vec<(OccurrenceId, GenomforandeId, Stage)>> {
    let sql = "select occurrence_id, id, stage from genomforande where egenkontroll_id = $1";
    let found = rows!(tx, (Uuid, Uuid, String), sql, control.0)?;
    found.into_iter().map(|(o, g, code)| Ok((OccurrenceId(o), GenomforandeId(g), stage(g, &code)?))).collect()
}

fn stage(id: Uuid, code: &str) -> Result<Stage> {
    InRow::of("genomforande", id).code("stage", code, Stage::from_code)
}

/// Whether the person may judge cases and see what they are called: whoever may carry the control out, and in a
/// kollegiegranskning every colleague of the unit.
pub async fn may_judge(tx: &mut Tx, actor: &Actor, id: GenomforandeId) -> Result<bool> {
    Target::Genomforande(id).permits(tx, actor, Action::TickOwn).await
}

/// The drawn cases, in the order drawn. `with_references` is for those who may judge.
pub async fn cases(tx: &mut Tx, id: GenomforandeId, with_references: bool) -> Result<Vec<Arende>> {
    let found = rows!(
        tx,
        (i64, i64, String),
        "select nr, row_number, reference from genomforande_arende where genomforande_id = $1 order by nr",
        id.0
    )?;
    let seen = |reference: String| if with_references { reference } else { String::new() };
    Ok(found.into_iter().map(|(nr, row, reference)| Arende { nr, row, reference: seen(reference) }).collect())
}

/// What the cases answered, in the order drawn: what the result is counted from.
pub async fn answers(tx: &mut Tx, run: &Genomforande) -> Result<Vec<CaseAnswers>> {
    let count = run.urval.as_ref().map_or(0, |u| u.drawn.len());
    let empty = CaseAnswers { kon: None, answers: vec![None; run.kriterier.len()] };
    let mut out = vec![empty; count];
    let in_row = InRow::of("genomforande_cell", run.id.0);
    for stored in cell::since(tx, run.id, -1).await? {
        let Some(case) = usize::try_from(stored.nr - 1).ok().and_then(|i| out.get_mut(i)) else { continue };
        match stored.field {
            Field::Kon => case.kon = in_row.code_if_any("value", stored.value.as_str(), Kon::from_code)?,
            Field::Kriterium(k) => {
                if let Some(answer) = case.answers.get_mut(k as usize - 1) {
                    *answer = in_row.code_if_any("value", stored.value.as_str(), Answer::from_code)?;
                }
            }
            Field::Handlaggare | Field::Kommentar => {}
        }
    }
    Ok(out)
}

/// Begins the run of a tillfälle. One that has been begun already is opened: its id is given, nothing is written.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    id: GenomforandeId,
    item: &Item,
    start: &Start,
    seed: Seed,
) -> Result<GenomforandeId> {
    tx.hold(Held::Occurrence(item.occurrence.id)).await?;
    if let Some((standing, _)) = of_occurrence(tx, item.occurrence.id).await? {
        return Ok(standing);
    }
    let sql = "update occurrence set version = version where id = $1 and version = $2";
    touched(execute!(tx, sql, item.occurrence.id.0, item.occurrence.version)?)?;
    if item.area != Area::Egenkontroll || !item.occurrence.state.is_open() || item.removed {
        return Err(Error::Conflict);
    }
    let control = EgenkontrollId(item.source);
    let (row, _) = crate::plan::get(tx, control).await?;
    let begun_by = tx.actor().map(|p| p.0);
    let added = execute!(
        tx,
        "insert into genomforande (id, occurrence_id, egenkontroll_id, node_id, kind, kollegie, malvarde, population, n,
                                   lista, begun_by, begun_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (occurrence_id) do nothing",
        id.0,
        item.occurrence.id.0,
        control.0,
        item.occurrence.node.0,
        start.kind.code(),
        start.mall.kollegie,
        row.content.malvarde.map(Tal::stored),
        start.sizes.map(|(population, _)| population),
        start.sizes.map(|(_, n)| n),
        start.list.as_ref().map(List::text),
        begun_by,
        today,
    )?;
    if added == 0 {
        // somebody began it between our question and now
        return of_occurrence(tx, item.occurrence.id).await?.map(|(id, _)| id).ok_or(Error::Conflict);
    }
    for (position, label) in (1_i32..).zip(&start.mall.kriterier) {
        execute!(
            tx,
            "insert into genomforande_kriterium (genomforande_id, position, label) values ($1, $2, $3)",
            id.0,
            position,
            label
        )?;
    }
    let drawn = match start.sizes {
        Some((population, n)) => draw_cases(tx, id, population, n, start.list.as_ref(), seed).await?,
        None => String::new(),
    };
    if item.occurrence.state == State::Planerad {
        occurrence::begin(tx, now, item, item.occurrence.version).await?;
    }
    let passed_by = start.list.as_ref().map(|list| list.notes.join(" ")).unwrap_or_default();
    let fields = vec![
        ("Genomförs som", String::new(), start.kind.label().to_owned()),
        ("Kriterier", String::new(), start.mall.kriterier.join("\n")),
        ("Urval", String::new(), drawn),
        ("Listan", String::new(), passed_by),
    ];
    record(tx, now, item.occurrence.node, id, "Genomförandet påbörjat", "", fields).await?;
    Ok(id)
}

/// Draws, and puts the cases in place with what the list says of them. Gives the draw in words.
async fn draw_cases(
    tx: &mut Tx,
    id: GenomforandeId,
    population: i64,
    n: i64,
    list: Option<&List>,
    seed: Seed,
) -> Result<String> {
    let small = |n: i64| u32::try_from(n).unwrap_or(0);
    let drawn = draw(small(population), small(n), seed);
    for (nr, row) in (1_i64..).zip(&drawn) {
        let listed = list.and_then(|l| l.rows.get(*row as usize - 1));
        let reference = listed.map_or_else(|| format!("Rad {row}"), |r| r.reference.clone());
        execute!(
            tx,
            "insert into genomforande_arende (genomforande_id, nr, row_number, reference) values ($1, $2, $3, $4)",
            id.0,
            nr,
            i64::from(*row),
            &reference
        )?;
        let kon = listed.and_then(|r| r.kon).map(|k| k.code().to_owned());
        let handlaggare = listed.map(|r| r.handlaggare.clone()).filter(|h| !h.is_empty());
        for (field, value) in [(Field::Kon, kon), (Field::Handlaggare, handlaggare)] {
            if let Some(value) = value {
                cell::put(tx, id, nr, field, &value, 0, None).await?;
            }
        }
    }
    execute!(tx, "update genomforande set seed = $2, algorithm = $3 where id = $1", id.0, seed.to_string(), ALGORITHM)?;
    Ok(format!("{} av {}, frö {seed}", format::int(n), format::int(population)))
}

/// Draws again, with the reason. What was judged of the cases that are put back goes.
pub async fn redraw(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run: &Genomforande,
    version: i64,
    seed: Seed,
    reason: &str,
) -> Result<()> {
    let Some(urval) = run.urval.as_ref() else { return Err(Error::Conflict) };
    let done = execute!(
        tx,
        "update genomforande set change = change + 1, version = version + 1
         where id = $1 and version = $2 and stage = 'pagar'",
        run.id.0,
        version
    )?;
    touched(done)?;
    let (list,) = row!(tx, (Option<String>,), "select lista from genomforande where id = $1", run.id.0)?
        .ok_or(Error::NotFound)?;
    let judged = cell::answered(tx, run.id).await?;
    for sql in [
        "delete from genomforande_cell where genomforande_id = $1",
        "delete from genomforande_arende where genomforande_id = $1",
    ] {
        execute!(tx, sql, run.id.0)?;
    }
    let list = list.map(|text| List::stored(&text));
    let drawn = draw_cases(tx, run.id, urval.population, urval.n, list.as_ref(), seed).await?;
    let before = format!("{} av {}, frö {}", format::int(urval.n), format::int(urval.population), urval.seed);
    let fields = vec![("Urval", before, drawn), ("Svar som togs bort", format::int(judged), String::new())];
    record(tx, now, run.node, run.id, "Urvalet draget om", reason, fields).await
}

/// Writes the analysis, if nobody else has changed the run meanwhile.
pub async fn update_texts(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run: &Genomforande,
    version: i64,
    texts: &Texts,
) -> Result<()> {
    let done = execute!(
        tx,
        "update genomforande set analys = $3, brister = $4, slutsats = $5, version = version + 1
         where id = $1 and version = $2 and stage = 'pagar'",
        run.id.0,
        version,
        &texts.analys,
        &texts.brister,
        &texts.slutsats
    )?;
    touched(done)?;
    let before = &run.texts;
    let fields = vec![
        ("Analys", before.analys.clone(), texts.analys.clone()),
        ("Brister", before.brister.clone(), texts.brister.clone()),
        ("Slutsats", before.slutsats.clone(), texts.slutsats.clone()),
    ];
    record(tx, now, run.node, run.id, "Analys ändrad", "", fields).await
}

/// Writes the figures of an andel.
pub async fn update_andel(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run: &Genomforande,
    version: i64,
    andel: &Andel,
) -> Result<()> {
    let n = |s: Option<Share>| s.map(|s| s.numerator);
    let d = |s: Option<Share>| s.map(|s| s.denominator);
    let done = execute!(
        tx,
        "update genomforande set total_n = $3, total_d = $4, kvinnor_n = $5, kvinnor_d = $6, man_n = $7, man_d = $8,
                version = version + 1
         where id = $1 and version = $2 and stage = 'pagar' and kind = 'andel'",
        run.id.0,
        version,
        n(andel.total),
        d(andel.total),
        n(andel.kvinnor),
        d(andel.kvinnor),
        n(andel.man),
        d(andel.man)
    )?;
    touched(done)?;
    let label = |andel: &Andel| andel.total.map(domain::genomforande::result::share_label).unwrap_or_default();
    record(tx, now, run.node, run.id, "Resultat ändrat", "", vec![("Andel", label(&run.andel), label(andel))]).await
}

/// Writes a bedömning.
pub async fn update_bedomning(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run: &Genomforande,
    version: i64,
    outcome: Outcome,
) -> Result<()> {
    let done = execute!(
        tx,
        "update genomforande set outcome = $3, version = version + 1
         where id = $1 and version = $2 and stage = 'pagar' and kind = 'bedomning'",
        run.id.0,
        version,
        outcome.code()
    )?;
    touched(done)?;
    let label = |o: Option<Outcome>| o.map(|o| o.label().to_owned()).unwrap_or_default();
    let fields = vec![("Bedömning", label(run.outcome), label(Some(outcome)))];
    record(tx, now, run.node, run.id, "Resultat ändrat", "", fields).await
}

/// Closes the run and ticks its tillfälle off with what was found.
pub async fn close(
    tx: &mut Tx,
    now: DateTime<Utc>,
    run: &Genomforande,
    version: i64,
    item: &Item,
    close: &Close,
    tick: &Tick,
) -> Result<()> {
    let n = |s: Option<Share>| s.map(|s| s.numerator);
    let d = |s: Option<Share>| s.map(|s| s.denominator);
    let closed_by = tx.actor().map(|p| p.0);
    let andel = tick.andel;
    let done = execute!(
        tx,
        "update genomforande set stage = 'avslutad', apt = $3, utan_atgard = $4, closed_by = $5, closed_on = $6,
                purge_on = $7, total_n = $8, total_d = $9, kvinnor_n = $10, kvinnor_d = $11, man_n = $12, man_d = $13,
                version = version + 1
         where id = $1 and version = $2 and stage = 'pagar'",
        run.id.0,
        version,
        close.apt,
        &close.utan_atgard,
        closed_by,
        close.performed_on,
        purge_day(close.performed_on, close.gallring),
        n(andel.total),
        d(andel.total),
        n(andel.kvinnor),
        d(andel.kvinnor),
        n(andel.man),
        d(andel.man)
    )?;
    touched(done)?;
    occurrence::tick(tx, now, item, item.occurrence.version, tick).await?;
    let yes = |on: bool| if on { "ja".to_owned() } else { String::new() };
    let fields = vec![
        ("Visas på APT", yes(run.apt), yes(close.apt)),
        ("Varför ingen åtgärd", run.utan_atgard.clone(), close.utan_atgard.clone()),
    ];
    record(tx, now, run.node, run.id, "Genomförandet avslutat", "", fields).await
}

/// Shows the result on APT, or no longer.
pub async fn set_apt(tx: &mut Tx, now: DateTime<Utc>, run: &Genomforande, version: i64, apt: bool) -> Result<()> {
    let done = execute!(
        tx,
        "update genomforande set apt = $3, version = version + 1 where id = $1 and version = $2",
        run.id.0,
        version,
        apt
    )?;
    touched(done)?;
    let what = if apt { "Visas på APT" } else { "Visas inte längre på APT" };
    record(tx, now, run.node, run.id, what, "", vec![]).await
}

/// Lets the run follow its tillfälle: given up with it, and open again when a tick or the giving up is undone. Gives
/// whether the tillfälle has a run that is now open.
pub(crate) async fn follow(tx: &mut Tx, now: DateTime<Utc>, item: &Item, given_up: bool, reason: &str) -> Result<bool> {
    if item.area != Area::Egenkontroll {
        return Ok(false);
    }
    let Some((id, _)) = of_occurrence(tx, item.occurrence.id).await? else { return Ok(false) };
    let (done, what) = if given_up {
        let sql = "update genomforande set stage = 'avbruten', version = version + 1 where id = $1 and stage = 'pagar'";
        (execute!(tx, sql, id.0)?, "Genomförandet avbrutet")
    } else {
        let sql = "update genomforande set stage = 'pagar', closed_by = null, closed_on = null, purge_on = null,
                          version = version + 1
                   where id = $1 and stage in ('avslutad', 'avbruten')";
        (execute!(tx, sql, id.0)?, "Genomförandet öppnat igen")
    };
    if done > 0 {
        record(tx, now, item.occurrence.node, id, what, reason, vec![]).await?;
    }
    Ok(!given_up)
}

/// Removes what names cases, where the time is up: references, lists, handläggare and comments. Answers and kön stay, so
/// the figures do too. Gives the number of runs.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, today: NaiveDate) -> Result<usize> {
    let due = rows!(
        tx,
        (Uuid, Uuid),
        "select id, node_id from genomforande where not purged and purge_on is not null and purge_on <= $1",
        today
    )?;
    for (id, node) in &due {
        // two servers on one database do this at the same time
        let sql = "update genomforande set purged = true where id = $1 and not purged";
        if execute!(tx, sql, id)? == 0 {
            continue;
        }
        for sql in [
            "update genomforande_arende set reference = '' where genomforande_id = $1",
            "delete from genomforande_cell where genomforande_id = $1 and field in ('handlaggare', 'kommentar')",
            "update genomforande set lista = case when lista is null then null else '' end,
                    version = version + 1
             where id = $1",
        ] {
            execute!(tx, sql, id)?;
        }
        let what = "Ärendenummer och kommentarer gallrade";
        record(tx, now, NodeId(*node), GenomforandeId(*id), what, "", vec![]).await?;
    }
    Ok(due.len())
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: GenomforandeId,
    what: &str,
    reason: &str,
    fields: Vec<(&str, String, String)>,
) -> Result<()> {
    let changes = changes(fields);
    history::write(tx, Record { now, node, area: Area::Egenkontroll, thing: id.0, what, reason, changes }).await
}

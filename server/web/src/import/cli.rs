//! The command `import`: the same preview as in the browser, as text, and all of the file or nothing.

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use domain::{
    counted::CountFrom,
    id::{BatchId, NodeId},
    import::{Plan, Preview, Table, Verdict, fold, meant, rows_in_words},
    organisation::{NodeKind, Tree},
};
use store::{Store, organisation};
use ui::import::plan::{self, Choice};

use super::{encoding, read};
use crate::{
    clock::Clock,
    config::{Import, ImportKind},
};

/// Reads a file into a unit's plan of a year. An error, and nothing written, when any row has to be mended.
pub async fn run_cli(store: &Store, import: &Import, clock: Clock) -> anyhow::Result<()> {
    let Import { kind, file, enhet, ar, flytta_datum, blad, kodning, rakna_fran, dry_run } = import;
    let (now, today) = (clock.now(), clock.today());
    let (ar, dry_run) = (*ar, *dry_run);
    let plan = match kind {
        ImportKind::Egenkontroll => Plan::Egenkontroll,
        ImportKind::Internkontroll => Plan::Internkontroll,
    };
    let size = std::fs::metadata(file).with_context(|| format!("{} kan inte läsas", file.display()))?.len();
    ensure!(size <= read::FILE_MAX as u64, read::too_large());
    let bytes = std::fs::read(file).with_context(|| format!("{} kan inte läsas", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let tables = match kodning {
        Some(kodning) => read::text(&encoding::decode(*kodning, &bytes)).map(|table| vec![table]),
        None => read::sheets(&name, &bytes).map_err(|fault| {
            let choose =
                if fault == encoding::UNSURE { " Eller ange --kodning windows, macintosh eller cp850." } else { "" };
            format!("{fault}{choose}")
        }),
    };
    let table = chosen(plan, tables.map_err(anyhow::Error::msg)?, blad.as_deref())?;

    let mut tx = store.system(!dry_run).await?;
    let tree = organisation::tree(&mut tx).await?;
    let node = unit(&tree, enhet)?;
    let counted = rakna_fran.unwrap_or(CountFrom::preselected(ar, today));
    let choice = Choice { plan, node, year: ar, move_dates: *flytta_datum, sheet: 0, counted };
    let preview = plan::preview(&mut tx, &tree, today, &choice, &table).await;
    let preview = preview.map_err(|e| anyhow::Error::msg(e.message()))?;
    println!("{}, {} {ar}\n{}", tree.name(node), plan.noun(), report(&preview, counted, today));
    let faulty = preview.count(Verdict::Faulty);
    if faulty > 0 {
        let dates = if preview.outside_year > 0 {
            format!(" Datum som inte ligger i {ar} flyttas dit med --flytta-datum.")
        } else {
            String::new()
        };
        bail!("{} behöver rättas, så inget är inläst.{dates}", rows_in_words(faulty));
    }
    if dry_run {
        println!("Inget är inläst, eftersom --dry-run är angivet.");
        return Ok(());
    }
    plan::write(&mut tx, &tree, (now, today), &choice, &table, BatchId::new().0)
        .await
        .map_err(|e| anyhow::Error::msg(e.message()))?;
    tx.commit().await?;
    let new = preview.count(Verdict::New);
    println!("{} {}.", rows_in_words(new), if new == 1 { "är inläst" } else { "är inlästa" });
    Ok(())
}

/// The unit of a name, whatever its case and diacritics.
fn unit(tree: &Tree, name: &str) -> anyhow::Result<NodeId> {
    let units: Vec<_> =
        tree.walk().into_iter().map(|(_, n)| n).filter(|n| n.kind == NodeKind::Enhet && tree.in_use(n)).collect();
    let found: Vec<NodeId> = units.iter().filter(|n| fold(&n.name) == fold(name)).map(|n| n.id).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] if units.is_empty() => bail!("Det finns ingen enhet i databasen. Lägg till den under Administration först."),
        [] => {
            let names: Vec<&str> = units.iter().map(|n| n.name.as_str()).collect();
            bail!("Enheten ”{name}” finns inte. Här finns: {}.", names.join(", "))
        }
        _ => bail!("Flera enheter heter ”{name}”. Läs in filen i webbläsaren, där du väljer enhet."),
    }
}

/// The sheet that is meant: the one that is named, or the only one that can be.
fn chosen(plan: Plan, tables: Vec<Table>, named: Option<&str>) -> anyhow::Result<Table> {
    let tables = match named {
        None => meant(plan, tables),
        Some(name) => {
            let (named, others): (Vec<Table>, Vec<Table>) =
                tables.into_iter().partition(|t| fold(t.sheet()) == fold(name));
            ensure!(
                !named.is_empty(),
                "Inget blad som kan vara planen heter ”{name}”. Här finns: {}.",
                sheets(&others)
            );
            named
        }
    };
    match tables.len() {
        1 => {}
        0 => bail!("Filen är tom."),
        n => bail!("{n} blad kan vara planen: {}. Ange vilket med --blad.", sheets(&tables)),
    }
    tables.into_iter().next().context("Filen är tom.")
}

fn sheets(tables: &[Table]) -> String {
    tables.iter().map(|table| format!("”{}”", table.sheet())).collect::<Vec<_>>().join(", ")
}

/// The preview as text, in the same sentences: what is wrong and where, what is late at once, then the sum.
fn report(preview: &Preview, counted: CountFrom, today: NaiveDate) -> String {
    let mut lines: Vec<String> = preview.notes.clone();
    for row in &preview.rows {
        for problem in &row.problems {
            lines.push(format!("{}: {}", problem.place(), problem.message));
        }
        if !row.note.is_empty() {
            lines.push(format!("Rad {}: {} {}", row.line, row.verdict.label(), row.note));
        }
    }
    lines.extend(preview.late_sentence(today));
    lines.extend(preview.left_out_sentence(counted, today));
    if !preview.choices.is_empty() {
        lines.push(
            "Från när planen räknas väljs med --rakna-fran: idag, eller en månad från 1 (hela året) till 12."
                .to_owned(),
        );
    }
    lines.push(preview.sentence());
    lines.join("\n")
}

//! What `make bench` needs for tables that people bring: `bench_tabell FOLDER` writes `plan.xlsx`, an egenkontrollplan of two
//! thousand rows under two merged header rows, with a merged kontrollmål for every other row, and `lista.txt`, twenty thousand
//! cases as they are pasted from Excel.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result};
use rust_xlsxwriter::{Format, Workbook};

const ROWS: u32 = 2_000;
const CASES: u32 = 20_000;

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("bench_tabell FOLDER")?;
    let folder = Path::new(&folder);
    plan(&folder.join("plan.xlsx"))?;
    std::fs::write(folder.join("lista.txt"), list()?)?;
    Ok(())
}

fn plan(path: &Path) -> Result<()> {
    let plain = Format::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 1, 0, "Kontrollmål", &plain)?;
    sheet.merge_range(0, 1, 0, 2, "Kontroll", &plain)?;
    sheet.write_string(1, 1, "Vad kontrolleras")?.write_string(1, 2, "Metod")?;
    sheet.merge_range(0, 3, 0, 4, "Genomförande", &plain)?;
    sheet.write_string(1, 3, "Periodicitet")?.write_string(1, 4, "Utförs av")?;
    for row in 2..ROWS + 2 {
        if row % 2 == 0 {
            sheet.merge_range(row, 0, row + 1, 0, &format!("Kontrollmål {}", row / 2), &plain)?;
        }
        sheet.write_string(row, 1, format!("Det som kontrolleras i rad {row}"))?.write_string(row, 2, "Stickprov")?;
        sheet.write_string(row, 3, "tertial")?.write_string(row, 4, "Enhetschef")?;
    }
    workbook.save(path)?;
    Ok(())
}

fn list() -> Result<String> {
    let mut out = String::from("Ärende\tKön\tHandläggare\r\n");
    for n in 0..CASES {
        let kon = if n % 2 == 0 { "K" } else { "M" };
        write!(out, "\"EB-{n:05}\n(återaktualiserad)\"\t{kon}\tHandläggare {}\r\n", n % 9)?;
    }
    Ok(out)
}

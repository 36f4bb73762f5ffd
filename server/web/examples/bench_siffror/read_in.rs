//! A table of 9 360 rows: sent, shown, and read in, as by somebody at a browser.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use rust_xlsxwriter::Workbook;
use store::{Store, serie::siffra};

use super::{
    DIVIDED, LONG, all, called,
    client::{Client, FORM},
    fields, months,
};

/// Months of the table.
const THREE_YEARS: i64 = 36;
/// What lies between the parts of a form with a file.
const BOUNDARY: &str = "bench-siffror-4f1c9a";

/// Reads a table into the long series; prints the milliseconds until its preview is there, and from then until the page of the series.
pub async fn read_in(base: &str, url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let id = all(&mut tx).await?.into_iter().find(|serie| serie.content.namn == LONG).context("the long series")?.id;
    drop(tx);
    let (file, rows) = workbook()?;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n\r\n\
         --{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"orsaker.xlsx\"\r\n\
         content-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(&file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());

    let mut chef = Client::log_in(base, "h0@demo.se")?;
    let began = Instant::now();
    let (status, to, said) = chef.ask(&format!("POST /siffror/{id}/las-in"), "text/html", (&kind, &body))?;
    ensure!(status == 303 && to.contains("underlag="), "the table was not taken: {status} {to} {said}");
    let shown = page(&mut chef, &to)?;
    let preview = began.elapsed();

    let form = serde_urlencoded::to_string(fields(&shown, "/api/import_siffror")?)?;
    let began = Instant::now();
    let (status, to, said) = chef.ask("POST /api/import_siffror", "text/html", (FORM, form.as_bytes()))?;
    ensure!(status == 303, "the table was not read in: {status} {said}");
    let shown = page(&mut chef, &to)?;
    let confirm = began.elapsed();
    ensure!(shown.contains("är inlästa"), "{to} does not say that the table is read in");

    let mut tx = store.system(false).await?;
    let there = siffra::all(&mut tx, id, DIVIDED.len()).await?.len();
    ensure!(there == rows, "{there} values of {rows}");
    println!("{} {}", preview.as_millis(), confirm.as_millis());
    Ok(())
}

/// Follows where an answer leads.
fn page(client: &mut Client, to: &str) -> Result<String> {
    let path = to.split('#').next().unwrap_or_default();
    let (status, _, page) = client.ask(&format!("GET {path}"), "text/html", ("", b""))?;
    ensure!(status == 200, "{path}: {status}");
    Ok(page)
}

/// A row for each value, as systems give them; and how many.
fn workbook() -> Result<(Vec<u8>, usize)> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let [(districts, d_many), (reasons, r_many)] = DIVIDED;
    for (column, head) in (0..).zip(["Period", districts, reasons, "Antal"]) {
        sheet.write_string(0, column, head)?;
    }
    let mut row = 0;
    for period in months(THREE_YEARS) {
        for d in 0..d_many {
            for r in 0..r_many {
                row += 1;
                let many = 5 + row * 31 % 90;
                sheet.write_string(row, 0, period.to_string())?.write_string(row, 1, called(districts, d)?)?;
                sheet.write_string(row, 2, called(reasons, r)?)?.write_number(row, 3, many)?;
            }
        }
    }
    Ok((workbook.save_to_buffer()?, usize::try_from(row)?))
}

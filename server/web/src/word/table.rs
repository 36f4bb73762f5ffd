//! Tables in Word: widths by content, heads that come again on each page, rows that are not divided between pages.

use domain::dokument::{Kind, Row, Table, table::LYING, table::STANDING};

use super::{
    body::{Body, Look},
    escaped,
    styles::{CAPTION, GRID, PLAIN_TABLE, SOURCE, TABLE_TEXT},
};

/// The size of letters where a table has so many columns that it would not have room: 8 points.
const SMALL: &str = "<w:rPr><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/></w:rPr>";

impl Body {
    /// Labels and values beside each other, without lines.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        let inner = self.sheet.inner();
        let widths = [inner * 26 / 100, inner - inner * 26 / 100];
        self.begin(PLAIN_TABLE, &widths, "", false);
        for (label, value) in facts {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.cell(label, widths[0], 1, "", Look { bold: true, ..CELL });
            self.cell(value, widths[1], 1, "", CELL);
            self.xml.push_str("</w:tr>");
        }
        self.end();
    }

    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let room = if self.sheet.lying { LYING } else { STANDING };
        let widths = self.widths(&table.shares(room.max(table.letters())));
        if !table.caption.trim().is_empty() {
            self.plain(&table.caption, Look { style: CAPTION, ..Look::default() });
        }
        self.begin(GRID, &widths, &table.label, true);
        let from = self.xml.len();
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let look = Look { bold: true, right: column.kind == Kind::Number, keep: true, ..CELL };
            self.cell(&column.head, *width, 1, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>", look);
        }
        self.xml.push_str("</w:tr>");
        for (n, row) in table.rows.iter().enumerate() {
            // a text about a row stays with it
            let keep = matches!(row, Row::Group(_)) || matches!(table.rows.get(n + 1), Some(Row::Full(_)));
            self.row(table, row, &widths, keep);
        }
        if table.letters() > room {
            let smaller = self.xml[from..].replace("<w:r><w:t ", &format!("<w:r>{SMALL}<w:t "));
            self.xml.replace_range(from.., &smaller);
        }
        let below = table.below();
        if below.is_empty() {
            self.end();
        } else {
            self.xml.push_str("</w:tbl>");
            self.plain(&below, Look { style: SOURCE, ..Look::default() });
        }
    }

    fn row(&mut self, table: &Table, row: &Row, widths: &[usize], keep: bool) {
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        match row {
            Row::Cells(cells) | Row::Sum(cells) => {
                let bold = matches!(row, Row::Sum(_));
                for ((column, text), width) in table.cells(cells).zip(widths) {
                    let look = Look { bold, right: column.kind == Kind::Number, keep, ..CELL };
                    self.cell(text, *width, 1, "", look);
                }
            }
            Row::Group(text) | Row::Full(text) => {
                let look = Look { bold: matches!(row, Row::Group(_)), keep, ..CELL };
                self.cell(text, widths.iter().sum(), widths.len(), "", look);
            }
        }
        self.xml.push_str("</w:tr>");
    }

    /// The shares of the columns in twentieths of a point, none of which is lost.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // under 20 000
    fn widths(&self, shares: &[f32]) -> Vec<usize> {
        let inner = self.sheet.inner();
        let mut widths: Vec<usize> = shares.iter().map(|share| (share * inner as f32) as usize).collect();
        let rest = inner.saturating_sub(widths.iter().sum());
        if let Some(widest) = widths.iter_mut().max() {
            *widest += rest;
        }
        widths
    }

    /// `label` is what those hear who do not see it.
    fn begin(&mut self, style: &str, widths: &[usize], label: &str, head: bool) {
        let whole: usize = widths.iter().sum();
        let first = u8::from(head);
        let label =
            if label.is_empty() { String::new() } else { format!("<w:tblCaption w:val=\"{}\"/>", escaped(label)) };
        let columns: Vec<String> = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let columns = columns.concat();
        self.xml.extend([format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"04A0\" w:firstRow=\"{first}\" w:lastRow=\"0\" \
             w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>{label}</w:tblPr>\
             <w:tblGrid>{columns}</w:tblGrid>"
        )]);
    }

    /// Two tables without a paragraph between them would be one.
    fn end(&mut self) {
        self.xml.push_str("</w:tbl>");
        self.plain("", Look { style: TABLE_TEXT, ..Look::default() });
    }

    /// A cell; a paragraph for each line, and one for none.
    fn cell(&mut self, text: &str, width: usize, span: usize, more: &str, look: Look<'_>) {
        let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
        self.xml.extend([format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{more}</w:tcPr>")]);
        for line in if text.is_empty() { vec![""] } else { text.lines().collect() } {
            self.plain(line, look);
        }
        self.xml.push_str("</w:tc>");
    }
}

const CELL: Look<'static> = Look { style: TABLE_TEXT, list: None, right: false, bold: false, level: 0, keep: false };

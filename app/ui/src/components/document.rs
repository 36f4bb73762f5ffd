//! A document on the page: the same blocks are written to Word and to PDF. A text that is read from right to left begins at
//! the right in all three.

use domain::{
    dokument::{Block, Dokument, Figure, Kind, Mark, Para, Row, Run, Table},
    drawing::Drawing,
    id::NodeId,
    paper,
};
use leptos::prelude::*;

use super::{chart::ChartTextures, drawing::drawn};

/// What the PDF of a document cannot show, said before it is approved or sent. `until`: what the text can be changed before.
pub fn paper_notice(document: &Dokument, until: Option<&str>) -> Option<AnyView> {
    let text = paper::sentence(&paper::missing(document), until)?;
    Some(view! { <p class="notice warn no-print" dir="ltr">{text}</p> }.into_any())
}

/// What stands above its heading: the logo that this unit shows.
pub fn document_logo(document: &Dokument, unit: NodeId) -> Option<AnyView> {
    let logga = document.logga.as_ref()?;
    let (src, alt) = (logga.href(unit), logga.alt());
    Some(view! { <p class="document-logo"><img src=src alt=alt width=logga.width height=logga.height/></p> }.into_any())
}

/// Its parts. The title is the heading of the page. Places that one can go to have names of their own, also where several
/// tables are about the same.
pub fn document_blocks(mut document: Dokument) -> AnyView {
    let mut labels: Vec<String> = vec![];
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            let before = labels.iter().filter(|label| **label == table.label).count();
            labels.push(table.label.clone());
            if before > 0 {
                table.label = format!("{} ({})", table.label, before + 1);
            }
        }
    }
    let mut drawings = document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => figure.drawing.as_ref(),
        _ => None,
    });
    let textures = drawings.any(Drawing::has_textures).then(|| view! { <ChartTextures/> });
    let blocks = document.blocks.into_iter().filter(|block| !block.is_empty()).map(block).collect_view();
    view! { {textures} {blocks} }.into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(level, text) => heading(level, text),
        Block::Text(paras) => view! { <div class="document-text">{paragraphs(paras)}</div> }.into_any(),
        Block::Note(paras) => view! { <div class="document-note" role="note">{paragraphs(paras)}</div> }.into_any(),
        Block::Facts(facts) => {
            let facts = facts
                .into_iter()
                .map(|(label, value)| view! { <dt>{label}</dt> <dd class="prewrap" dir="auto">{value}</dd> })
                .collect_view();
            view! { <dl class="dl">{facts}</dl> }.into_any()
        }
        Block::Table(content) => table(content),
        Block::Figure(content) => figure(content),
        Block::PageBreak => view! { <div class="document-break"></div> }.into_any(),
    }
}

fn heading(level: u8, text: String) -> AnyView {
    match level {
        0 | 1 => view! { <h2 dir="auto">{text}</h2> }.into_any(),
        2 => view! { <h3 dir="auto">{text}</h3> }.into_any(),
        3 => view! { <h4 dir="auto">{text}</h4> }.into_any(),
        4 => view! { <h5 dir="auto">{text}</h5> }.into_any(),
        _ => view! { <h6 dir="auto">{text}</h6> }.into_any(),
    }
}

fn paragraphs(paras: Vec<Para>) -> AnyView {
    paras.into_iter().map(paragraph).collect_view().into_any()
}

fn paragraph(para: Para) -> AnyView {
    match para {
        Para::Words(words) => view! { <p class="prewrap" dir="auto">{runs(words)}</p> }.into_any(),
        Para::Quote(paras) => view! { <blockquote>{paragraphs(paras)}</blockquote> }.into_any(),
        Para::List { first, items } => {
            let items = items.into_iter().map(item).collect_view();
            match first {
                None => view! { <ul>{items}</ul> }.into_any(),
                Some(first) => view! { <ol start=first.to_string()>{items}</ol> }.into_any(),
            }
        }
    }
}

/// An item of one paragraph needs none of its own.
fn item(mut paras: Vec<Para>) -> AnyView {
    let first = match paras.first_mut() {
        Some(Para::Words(words)) => Some(runs(std::mem::take(words))),
        _ => None,
    };
    let rest = paragraphs(paras.split_off(usize::from(first.is_some())));
    view! { <li dir="auto">{first}{rest}</li> }.into_any()
}

fn runs(runs: Vec<Run>) -> AnyView {
    runs.into_iter().map(run).collect_view().into_any()
}

fn run(run: Run) -> AnyView {
    let Run { text, bold, italic, link } = run;
    let words = match (bold, italic) {
        (false, false) => text.into_any(),
        (true, false) => view! { <strong>{text}</strong> }.into_any(),
        (false, true) => view! { <em>{text}</em> }.into_any(),
        (true, true) => view! { <strong><em>{text}</em></strong> }.into_any(),
    };
    if link.starts_with("https://") { view! { <a href=link>{words}</a> }.into_any() } else { words }
}

fn table(table: Table) -> AnyView {
    let below = table.below();
    let below = (!below.is_empty()).then(|| view! { <p class="document-source" dir="auto">{below}</p> });
    let rows = table.rows.iter().map(|row| self::row(&table, row)).collect_view();
    let head =
        table.columns.iter().map(|c| view! { <th scope="col" class=aligned(c.kind) dir="auto">{c.head.clone()}</th> });
    let head = head.collect_view();
    let caption = (!table.caption.is_empty()).then(|| view! { <caption dir="auto">{table.caption.clone()}</caption> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=table.label.clone()>
            <table class="table">
                {caption} <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {below}
    }
    .into_any()
}

fn row(table: &Table, row: &Row) -> AnyView {
    let columns = table.columns.len().to_string();
    match row {
        Row::Cells(cells) | Row::Sum(cells) => {
            let class = matches!(row, Row::Sum(_)).then_some("document-sum");
            let mut cells = table.cells(cells);
            let first = cells.next().map(|(column, cell)| {
                view! { <th scope="row" class=aligned(column.kind) dir="auto">{self::cell(column.kind, cell)}</th> }
            });
            let rest = cells
                .map(|(column, cell)| {
                    view! { <td class=aligned(column.kind) dir="auto">{self::cell(column.kind, cell)}</td> }
                })
                .collect_view();
            view! { <tr class=class>{first} {rest}</tr> }.into_any()
        }
        Row::Group(text) => view! {
            <tr class="document-group"><th scope="rowgroup" colspan=columns dir="auto">{text.clone()}</th></tr>
        }
        .into_any(),
        Row::Full(text) => {
            view! { <tr class="document-full"><td colspan=columns class="prewrap" dir="auto">{text.clone()}</td></tr> }
                .into_any()
        }
    }
}

const fn aligned(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Number => Some("num"),
        Kind::Date => Some("document-day"),
        Kind::Text | Kind::Status => None,
    }
}

/// The shape of a status is seen; what is read aloud is its word.
fn cell(kind: Kind, text: &str) -> AnyView {
    match (kind, Mark::split(text)) {
        (Kind::Status, (Some(mark), word)) => {
            let word = word.to_owned();
            view! { <span aria-hidden="true">{mark.sign().to_string()}" "</span>{word} }.into_any()
        }
        _ => text.to_owned().into_any(),
    }
}

fn figure(figure: Figure) -> AnyView {
    let Figure { alt, caption, drawing } = figure;
    let shown = match drawing.map(|drawing| Drawing { alt: alt.clone(), ..drawing }) {
        Some(drawing) if drawing.width.has_edges() => {
            view! { <div class="chart-line">{drawn(&drawing)}</div> }.into_any()
        }
        Some(drawing) => drawn(&drawing),
        None => view! { <p dir="auto">{alt}</p> }.into_any(),
    };
    let caption = (!caption.is_empty()).then(|| view! { <figcaption dir="auto">{caption}</figcaption> });
    view! { <figure class="document-figure">{shown} {caption}</figure> }.into_any()
}

//! What is shown once, in the answer itself: a password or an address that opens something. An address can be copied, read off
//! as a QR code and typed on a television as a short code; the page keeps none of it.

use std::fmt::Write;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{apt::tv, table};
use http::{StatusCode, header};
use qrcode::{Color, EcLevel, QrCode};
use ui::{apt::TV, flash::Secret};

use crate::{
    link,
    plain::{self, escape},
    state::AppState,
};

/// Where the script of the button that copies lies: the page itself may hold none.
const SCRIPT: &str = "/kopiera.js";
/// The empty squares round a QR code that readers want.
const QUIET: usize = 4;

/// The route of the script. Without it the address is a field whose text is marked and copied.
pub fn routes() -> Router<AppState> {
    Router::new().route(SCRIPT, get(script))
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("kopiera.js")).into_response()
}

/// The page. Asked for again, the browser asks whether to send the form again. `to`: where it goes on. `origin`: the address of
/// this site as its users write it.
#[must_use]
pub fn page(secret: &Secret, to: &str, origin: &str) -> Response {
    let to = link::local(to).unwrap_or_else(|| "/".to_owned());
    let shown = match &secret.href {
        Some(href) => address(href, origin),
        None if !secret.list.is_empty() => list(&secret.list),
        None if secret.value.is_empty() => String::new(),
        None => format!("<p><code class=\"address\">{}</code></p>", escape(&secret.value)),
    };
    let code = secret.code.as_deref().map(|code| television(code, origin)).unwrap_or_default();
    let body = format!(
        "<p>{}</p>{shown}{code}<p><a class=\"button\" href=\"{}\">Klar</a></p>",
        escape(&secret.text),
        escape(&to)
    );
    plain::answer_page(StatusCode::OK, &secret.title, &body)
}

/// Passwords of several, as a table that is printed, and as a text that is copied into a sheet or a letter.
fn list(list: &[[String; 3]]) -> String {
    let mut rows = String::new();
    for [name, email, password] in list {
        // writing to a text cannot fail
        let _ = write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td><code>{}</code></td></tr>",
            escape(name),
            escape(email),
            escape(password)
        );
    }
    let lines: Vec<String> = list.iter().map(|row| table::line(&[&row[0], &row[1], &row[2]])).collect();
    format!(
        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Engångslösenord\"><table class=\"table\"><thead><tr>\
         <th scope=\"col\">Namn</th><th scope=\"col\">E-post</th><th scope=\"col\">Engångslösenord</th></tr></thead>\
         <tbody>{rows}</tbody></table></div>\
         <div class=\"field no-print\"><label for=\"lista\">Att kopiera</label>\
         <textarea id=\"lista\" readonly rows=\"4\" aria-describedby=\"lista-hur\">{}</textarea>\
         <p class=\"help\" id=\"lista-hur\">Markera texten och kopiera den, till exempel in i Excel.</p></div>\
         <p class=\"cluster no-print\"><button class=\"button secondary\" type=\"button\" data-kopiera=\"lista\" hidden>Kopiera tabellen</button>\
         <span role=\"status\" id=\"kopierad\"></span></p><script src=\"{SCRIPT}\" defer></script>",
        escape(&lines.join("\n"))
    )
}

/// An address with what it is carried to another screen by.
fn address(href: &str, origin: &str) -> String {
    let full = escape(&format!("{origin}{href}"));
    let square = qr(&format!("{origin}{href}"))
        .map(|svg| {
            format!(
                "<figure class=\"qr\">{svg}<figcaption>Eller läs av koden med skärmens kamera.</figcaption></figure>"
            )
        })
        .unwrap_or_default();
    format!(
        "<div class=\"field\"><label for=\"adress\">Adress</label>\
         <input class=\"address\" id=\"adress\" readonly value=\"{full}\" aria-describedby=\"adress-hur\">\
         <p class=\"help\" id=\"adress-hur\">Markera texten och kopiera den, eller öppna den här: <a class=\"address\" href=\"{}\">öppna skärmen</a>.</p></div>\
         <p class=\"cluster\"><button class=\"button secondary\" type=\"button\" data-kopiera=\"adress\" hidden>Kopiera adressen</button>\
         <span role=\"status\" id=\"kopierad\"></span></p>{square}\
         <script src=\"{SCRIPT}\" defer></script>",
        escape(href)
    )
}

/// How a television is set up by a code.
fn television(code: &str, origin: &str) -> String {
    let (bare, minutes) = (origin.split_once("://").map_or(origin, |(_, host)| host), tv::HOLDS / 60);
    format!(
        "<h2>På en tv</h2><p>Öppna <strong class=\"address\">{}{TV}</strong> i tv:ns webbläsare och skriv koden:</p>\
         <p><code class=\"tv-kod\">{}</code></p>\
         <p class=\"help\">Koden gäller i {minutes} minuter och en gång. En ny gör du under Skärmar.</p>",
        escape(bare),
        escape(&tv::grouped(code))
    )
}

/// A text as a QR code, drawn as one path. None for one that is too long, which no address of ours is.
fn qr(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        // writing to a text cannot fail
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    Some(format!(
        "<svg viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"Adressen som QR-kod\" shape-rendering=\"crispEdges\">\
         <rect class=\"qr-ljus\" width=\"{side}\" height=\"{side}\"/><path class=\"qr-mork\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares of a drawn code, as a reader sees them.
    fn squares(svg: &str) -> Vec<(usize, usize)> {
        let path = svg.split("d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut out: Vec<(usize, usize)> = path
            .split('M')
            .filter_map(|part| {
                let (x, rest) = part.split_once(' ')?;
                Some((x.parse().ok()?, rest.split_once('h')?.0.parse().ok()?))
            })
            .collect();
        out.sort_unstable();
        out
    }

    #[test]
    fn an_address_is_drawn_with_three_corners_a_quiet_edge_and_no_style() {
        let svg = qr(&format!("https://kvalitet.example.se/skarm/{}", "a1".repeat(32))).unwrap();
        assert!(!svg.contains("style"), "{svg}");
        let all = squares(&svg);
        let side: usize =
            svg.split("viewBox=\"0 0 ").nth(1).and_then(|r| r.split(' ').next()).and_then(|n| n.parse().ok()).unwrap();
        let (low, high) = (QUIET, side - QUIET - 1);
        for corner in [(low, low), (high, low), (low, high)] {
            assert!(all.contains(&corner), "{corner:?}");
        }
        assert!(all.iter().all(|(x, y)| (low..=high).contains(x) && (low..=high).contains(y)));
    }

    #[test]
    fn passwords_of_a_list_stand_in_a_table_and_as_a_text_to_copy() {
        let row = |name: &str| [name.to_owned(), "a@demo.se".to_owned(), "abcde-fghij".to_owned()];
        let said = list(&[row("<b>"), row("B")]);
        assert!(
            said.contains("<th scope=\"row\">&lt;b&gt;</th>") && said.contains("B\ta@demo.se\tabcde-fghij"),
            "{said}"
        );
    }

    #[test]
    fn a_code_for_a_television_says_where_and_for_how_long() {
        let said = television("1234567890", "https://kvalitet.example.se");
        assert!(said.contains("kvalitet.example.se/tv<") && !said.contains("https"), "{said}");
        assert!(said.contains("12345 67890") && said.contains("15 minuter"), "{said}");
    }
}

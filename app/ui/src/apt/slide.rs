//! Slide: how each kind looks. One heading, one picture, one figure, one question (docs/design.md 6). All sizes follow
//! the slide, so that it is the same on a wall, in the overview and beside the notes.

use domain::{
    apt::slide::{self, Atgarder, Forslag, Kontroller, Rad, Tabell},
    avvikelse::{Kind, frislappt::Redovisat, skydd::HIDDEN},
    enkat::grad::{self, Grad},
    format, rounding,
    schedule::Category,
};
use leptos::prelude::*;

use super::data::{Enkat, Innehall, Resultat, Visad};
use crate::components::{
    StatusMark,
    chart::{ChartTextures, Segment, Shade, StackedBar},
};

/// The most rows of a list on a slide.
const ROWS: usize = 4;
/// The most results, which have texts.
const RESULTS: usize = 3;
/// The most texts of what was learnt, and comments, beside something else.
const TEXTS: usize = 3;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Everybody in the room.
    Rum,
    /// The one who presents: with notes.
    Presentator,
    /// Whoever passes a wall.
    Vagg,
}

/// The slides of a deck, in order. The first is the one that is shown until somebody has chosen.
pub fn slides(all: Vec<Visad>, lage: Lage, foot: &str) -> AnyView {
    let count = all.len();
    let foot = foot.to_owned();
    all.into_iter().enumerate().map(|(at, visad)| slide(visad, at, count, lage, &foot)).collect_view().into_any()
}

fn slide(v: Visad, at: usize, count: usize, lage: Lage, foot: &str) -> AnyView {
    let name = format!("{} av {count}: {}", at + 1, v.rubrik);
    let notes = (lage == Lage::Presentator).then(|| {
        let text = if v.stod.is_empty() { "Inga stödord.".to_owned() } else { v.stod.clone() };
        view! { <div class="slide-notes prewrap">{text}</div> }
    });
    let timer = v.minuter.filter(|_| lage != Lage::Vagg).map(|minutes| {
        view! { <p class="slide-timer" data-minutes=minutes>{format!("{minutes}.00")}</p> }
    });
    let aside = (!v.fraga.is_empty() || timer.is_some()).then(|| {
        view! {
            <div class="slide-ask">
                {(!v.fraga.is_empty()).then(|| view! { <p class="slide-question">{v.fraga.clone()}</p> })} {timer}
            </div>
        }
    });
    let kicker = (!v.kicker.is_empty()).then(|| view! { <p class="slide-kicker">{v.kicker.clone()}</p> });
    let id = v.id.clone();
    let asks = aside.is_some();
    let plain = matches!(v.innehall, Innehall::Punkt(..));
    let wheel = matches!(v.innehall, Innehall::Hjul(..));
    view! {
        <section class="slide" class:plain=plain class:round=wheel class:asks=asks id=id data-punkt=v.punkt.to_string() aria-label=name tabindex="-1">
            <div class="slide-face">
                <header class="slide-head">
                    {kicker}
                    <h2>{v.rubrik.clone()}</h2>
                </header>
                <div class="slide-body">{content(v.innehall, lage)} {aside}</div>
                <footer class="slide-foot">
                    <span>{foot.to_owned()}</span>
                    <span class="slide-away" aria-hidden="true">"Utan kontakt med servern"</span>
                    <span class="slide-late" aria-hidden="true">"Uppdateras var 45:e sekund"</span>
                    <span class="slide-number">{format!("{} av {count}", at + 1)}</span>
                </footer>
            </div>
            {notes}
        </section>
    }
    .into_any()
}

fn content(innehall: Innehall, lage: Lage) -> AnyView {
    match innehall {
        Innehall::Hjul(svg, tally) => view! {
            <div class="slide-wheel" inner_html=svg></div>
            <div class="slide-figures">
                {figure(tally.done, &format!("av {} utförda", format::int(tally.total)), "done")}
                {figure(tally.late, "försenade", if tally.late > 0 { "late" } else { "" })}
                {figure(tally.now, "att göra nu", "")}
            </div>
        }
        .into_any(),
        Innehall::Kontroller(k) if lage == Lage::Vagg => counts(&[
            (k.klara.len(), "klara den senaste månaden", "done"),
            (slide::count(&k.forsenade), "försenade", "late"),
            (k.kommande.len(), "att göra", ""),
        ]),
        Innehall::Kontroller(k) => kontroller(k),
        Innehall::Resultat(all) => results(all),
        Innehall::Avvikelser(seen, year, learnt) => avvikelser(&seen, year, learnt, lage),
        Innehall::Enkat(None) => empty("Här visas en enkät när den har fått svar."),
        Innehall::Enkat(Some(e)) => enkat(e, lage),
        Innehall::Atgarder(a) => atgarder(a),
        Innehall::Forslag(f) if lage == Lage::Vagg => counts(&[
            (f.nya.len(), "att ta upp", ""),
            (f.provas.len(), "prövas", ""),
            (f.stjarnor.len(), "guldstjärnor", "done"),
        ]),
        Innehall::Forslag(f) => forslag(f),
        Innehall::Foregaende(beslut, remain) => view! {
            {texts("Beslut", beslut)}
            {rows("Återstår", remain)}
        }
        .into_any(),
        Innehall::Text(html) => view! { <div class="slide-text" inner_html=html></div> }.into_any(),
        Innehall::Tabell(cells) => {
            let note = rounding::of_table(&cells.rows);
            view! { {table(cells)} {rounded(note)} }.into_any()
        }
        Innehall::Punkt(leaders, amnen, link) => {
            let leaders = leaders.into_iter().map(|d| d.name).collect::<Vec<_>>().join(" och ");
            let topics = amnen
                .into_iter()
                .map(|a| {
                    view! { <li>{a.text} {(!a.who.is_empty()).then(|| view! { <span class="slide-detail one">{a.who}</span> })}</li> }
                })
                .collect_view();
            view! {
                <div class="slide-text">
                    {(!leaders.is_empty()).then(|| view! { <p class="slide-detail">{format!("Leds av {leaders}")}</p> })}
                    <ul>{topics}</ul>
                    {(!link.is_empty()).then(|| view! { <p class="slide-detail"><a href=link.clone()>{link.clone()}</a></p> })}
                </div>
            }
            .into_any()
        }
    }
}

/// That shares need not make 100, where they do not.
fn rounded(note: Option<&'static str>) -> AnyView {
    note.map(|note| view! { <p class="slide-detail">{note}</p> }).into_any()
}

fn empty(text: &'static str) -> AnyView {
    view! { <p class="slide-empty">{text}</p> }.into_any()
}

fn figure(n: i64, what: &str, class: &str) -> AnyView {
    let class = format!("slide-figure {class}");
    view! { <p class=class><strong>{format::int(n)}</strong> <span>{what.to_owned()}</span></p> }.into_any()
}

fn counts(all: &[(usize, &str, &str)]) -> AnyView {
    let figures = all.iter().map(|(n, what, class)| figure(i64::try_from(*n).unwrap_or(0), what, class)).collect_view();
    view! { <div class="slide-figures wide">{figures}</div> }.into_any()
}

/// A list with its heading and how many there are; what has no room is counted.
fn rows(heading: &'static str, mut all: Vec<Rad>) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let count = slide::count(&all);
    all.truncate(ROWS);
    let more = count - slide::count(&all);
    let rows = all
        .into_iter()
        .map(|r| {
            view! {
                <li>
                    <StatusMark status=r.status category=Category::Aktivitet/>
                    <div>
                        <span class="slide-row">{r.title}</span>
                        <span class="slide-detail one">{r.detail}</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="slide-list">
            <h3>{heading} <span class="slide-count">{count}</span></h3>
            <ul>{rows}</ul>
            {beyond(more)}
        </section>
    }
    .into_any()
}

/// How many have no room.
fn beyond(more: usize) -> Option<impl IntoView> {
    (more > 0).then(|| view! { <p class="slide-detail">{format!("och {more} till")}</p> })
}

/// A list of texts.
fn texts(heading: &'static str, all: Vec<String>) -> AnyView {
    some_texts(heading, all, ROWS)
}

/// A list of texts that has room for so many.
fn some_texts(heading: &'static str, mut all: Vec<String>, most: usize) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let count = all.len();
    all.truncate(most);
    let more = count - all.len();
    let rows = all.into_iter().map(|t| view! { <li><span class="slide-row">{t}</span></li> }).collect_view();
    view! {
        <section class="slide-list texts">
            <h3>{heading} <span class="slide-count">{count}</span></h3>
            <ul>{rows}</ul>
            {beyond(more)}
        </section>
    }
    .into_any()
}

fn kontroller(k: Kontroller) -> AnyView {
    if k.klara.is_empty() && k.forsenade.is_empty() && k.kommande.is_empty() {
        return empty("Inget att visa.");
    }
    view! {
        {rows("Försenade", k.forsenade)}
        {rows("Att göra", k.kommande)}
        {rows("Klara", k.klara)}
    }
    .into_any()
}

fn atgarder(a: Atgarder) -> AnyView {
    if a.klara.is_empty() && a.forsenade.is_empty() && a.kommande.is_empty() && a.effekter.is_empty() {
        return empty("Inga åtgärder är beslutade.");
    }
    let effekter = a.effekter.into_iter().map(|(title, effect)| format!("{title}: {effect}")).collect();
    view! {
        {rows("Försenade", a.forsenade)}
        {rows("Att göra", a.kommande)}
        {rows("Klara", a.klara)}
        {texts("Gav det effekt?", effekter)}
    }
    .into_any()
}

fn forslag(f: Forslag) -> AnyView {
    if f.nya.is_empty() && f.provas.is_empty() && f.avgjorda.is_empty() && f.stjarnor.is_empty() {
        return empty("Inget förslag väntar. Skriv ett på sidan Förslag, det tar tio sekunder.");
    }
    view! {
        {texts("Att ta upp", f.nya)}
        {texts("Prövas", f.provas)}
        {texts("Avgjorda", f.avgjorda)}
        {texts("Guldstjärnor", f.stjarnor)}
    }
    .into_any()
}

fn results(mut all: Vec<Resultat>) -> AnyView {
    if all.is_empty() {
        return empty("Inget resultat är valt för APT sedan sist. Det väljs när en egenkontroll avslutas.");
    }
    let more = all.len().saturating_sub(RESULTS);
    all.truncate(RESULTS);
    let cards = all
        .into_iter()
        .map(|r| {
            let text = |label: &'static str, text: String| {
                (!text.is_empty()).then(|| {
                    view! {
                        <div>
                            <h4>{label}</h4>
                            <p class="slide-result-why prewrap">{text}</p>
                        </div>
                    }
                })
            };
            view! {
                <li class="slide-result">
                    <div class="slide-result-what">
                        <h3><StatusMark status=r.status category=Category::Aktivitet/> <span>{r.title}</span></h3>
                        <p class="slide-result-found">{r.fynd}</p>
                        {(!r.mal.is_empty()).then(|| view! { <p class="slide-detail">{r.mal}</p> })}
                    </div>
                    {text("Varför", r.analys)}
                    {text("Vad vi gör", r.slutsats)}
                </li>
            }
        })
        .collect_view();
    let more = (more > 0).then(|| {
        let words = if more == 1 { "1 resultat till".to_owned() } else { format!("{more} resultat till") };
        view! { <li class="slide-detail">{format!("och {words}, på egenkontrollernas sidor")}</li> }
    });
    view! { <ul class="slide-results">{cards} {more}</ul> }.into_any()
}

fn avvikelser(seen: &Redovisat, year: i32, learnt: Vec<String>, lage: Lage) -> AnyView {
    let runs = seen.manader(year);
    let kinds = seen.alla_delar().next().map(|del| {
        let kinds = Kind::ALL
            .into_iter()
            .zip(del.kinds())
            .map(|(kind, n)| {
                let n = n.map_or_else(|| HIDDEN.to_owned(), format::int);
                view! { <div class="slide-kind"><dt>{kind.label()}</dt> <dd>{n}</dd></div> }
            })
            .collect_view();
        let of = format!("{} {}: {} ärenden.", format::capitalised(&del.label()), del.year(), format::int(del.n()));
        view! { <dl>{kinds}</dl> <p class="slide-detail">{of}</p> }
    });
    let most = runs.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let bars = runs
        .into_iter()
        .map(|(label, n)| {
            let width = format!("{}%", n * 100 / most);
            view! {
                <li>
                    <span class="slide-bar-label">{label}</span>
                    <svg class="slide-bar" width="100%" height="100%" aria-hidden="true"><rect width=width height="100%" rx="4"/></svg>
                    <span class="slide-bar-n">{format::int(n)}</span>
                </li>
            }
        })
        .collect_view();
    let learnt = if lage == Lage::Vagg { vec![] } else { learnt };
    view! {
        <div class="slide-kinds">
            {kinds}
            <p class="slide-detail">"Antal under fem visas inte. Månaden som pågår är inte med."</p>
        </div>
        <ul class="slide-bars">{bars}</ul>
        {some_texts("Det här lärde vi oss", learnt, TEXTS)}
    }
    .into_any()
}

fn enkat(e: Enkat, lage: Lage) -> AnyView {
    if e.fragor.is_empty() {
        return empty("Svaren visas när fem har svarat.");
    }
    let comments = if lage == Lage::Vagg { vec![] } else { e.kommentarer };
    let more = e.fragor.len().saturating_sub(ROWS);
    // the parts of each bar say how large they are
    let note = e
        .fragor
        .iter()
        .take(ROWS)
        .find_map(|(_, parts, _, _)| rounding::of_parts(&parts.iter().map(|part| part.n).collect::<Vec<_>>(), 1));
    let legend = legend(e.fragor.iter().map(|(_, parts, _, _)| parts.as_slice()));
    let fragor = e
        .fragor
        .into_iter()
        .take(ROWS)
        .map(|(text, segments, share, finding)| {
            view! {
                <li>
                    <span class="slide-bar-label">{text}</span>
                    <StackedBar segments label=finding compact=true/>
                    <span class="slide-bar-n">{share}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="slide-enkat">
            <ChartTextures/>
            <ul class="slide-shares">{fragor}</ul>
            {(more > 0).then(|| view! { <p class="slide-detail">{format!("och {more} {} till, på enkätens sida", if more == 1 { "fråga" } else { "frågor" })}</p> })}
            {legend} {texts("Så svarade de någon annanstans", e.utifran)} {some_texts("Så sa de", comments, TEXTS)}
        </div>
        <div class="slide-figures">{figure(e.n, "svar i resultatet", "")} {rounded(note)}</div>
    }
    .into_any()
}

/// What the colours of the bars are, said once for all questions, in the words of the enkät.
fn legend<'a>(all: impl Iterator<Item = &'a [Segment]>) -> AnyView {
    let parts: Vec<&Segment> = all.flatten().collect();
    let words = |is: fn(&Shade) -> bool, grad: Grad| {
        grad::legend(parts.iter().filter(|s| is(&s.shade)).map(|s| s.label.as_str()), grad)
    };
    let keys = [
        ("good", words(|s| matches!(s, Shade::Good(_)), Grad::Bra)),
        ("middle", words(|s| matches!(s, Shade::Middle(_)), Grad::Mellan)),
        ("bad", words(|s| matches!(s, Shade::Bad(_)), Grad::Dalig)),
    ];
    let items = keys
        .into_iter()
        .filter_map(|(class, words)| Some((class, words?)))
        .map(|(class, words)| view! { <li><span class=format!("slide-key {class}")></span> {words}</li> })
        .collect_view();
    view! { <ul class="slide-legend">{items}</ul> }.into_any()
}

fn table(read: Tabell) -> AnyView {
    let Tabell { rubrik, rows: mut cells, more } = read;
    match cells.as_slice() {
        [] => empty("Skriv en tabell eller en siffra när du förbereder mötet."),
        [one] => {
            let (value, what) = match one.as_slice() {
                [what, value, ..] => (value.clone(), what.clone()),
                [value] => (value.clone(), String::new()),
                [] => (String::new(), String::new()),
            };
            view! { <p class="slide-figure huge"><strong>{value}</strong> <span>{what}</span></p> }.into_any()
        }
        _ => {
            let head = cells.remove(0);
            let head = head
                .into_iter()
                .enumerate()
                .map(|(i, c)| view! { <th scope="col" class:num=i.gt(&0)>{c}</th> })
                .collect_view();
            let rows = cells
                .into_iter()
                .map(|row| {
                    let cells = row
                        .into_iter()
                        .enumerate()
                        .map(|(i, c)| {
                            if i == 0 {
                                view! { <th scope="row">{c}</th> }.into_any()
                            } else {
                                view! { <td class="num">{c}</td> }.into_any()
                            }
                        })
                        .collect_view();
                    view! { <tr>{cells}</tr> }
                })
                .collect_view();
            let caption = (!rubrik.is_empty()).then(|| view! { <caption>{rubrik.join(" · ")}</caption> });
            let rest = (more > 0).then(|| {
                let rows = if more == 1 {
                    "1 rad till ryms inte här.".to_owned()
                } else {
                    format!("{more} rader till ryms inte här.")
                };
                view! { <p>{rows}</p> }
            });
            view! {
                <table class="slide-table">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                {rest}
            }
            .into_any()
        }
    }
}

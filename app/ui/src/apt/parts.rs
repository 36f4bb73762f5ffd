//! Parts: how each part of a slide looks.

use domain::{
    apt::{
        Bildfil,
        bildfil::Bildformat,
        deck::{Andel, Del, Form, Lista, Post, Resultat, Siffra, Ton},
        slide::Tabell,
    },
    drawing::{Drawing, key, serie},
    format,
    schedule::Category,
};
use leptos::prelude::*;

use super::markdown;
use crate::components::{
    StatusMark,
    chart::{ChartTextures, Segment, Shade, StackedBar},
    drawing,
};

/// A part, with the drawings that it may need; `beside` a question there is less room.
pub(super) fn part(del: Del, hjul: Option<&Drawing>, staplar: &[Vec<Segment>], beside: bool) -> AnyView {
    match del {
        Del::Lista(lista) => list(lista),
        Del::Siffror(all) => figures(all),
        Del::Hjul => {
            let drawn = hjul.map(drawing::svg);
            view! { <div class="slide-wheel" inner_html=drawn></div> }.into_any()
        }
        Del::Resultat(all) => results(all),
        Del::Antal(rows, notes) => {
            let rows = rows
                .into_iter()
                .map(|(what, n)| view! { <div class="slide-kind"><dt>{what}</dt> <dd>{n}</dd></div> })
                .collect_view();
            view! { <div class="slide-box slide-kinds"><dl>{rows}</dl> {notes_of(notes)}</div> }.into_any()
        }
        Del::Diagram(diagram) => {
            let drawn = drawing::svg(&serie::on_slide(&diagram, beside));
            view! { <div class="slide-box slide-diagram" inner_html=drawn></div> }.into_any()
        }
        Del::Staplar(bars) => bars_of(bars),
        Del::Andelar(all) => shares(all, staplar),
        Del::Tabell(read) => table(read),
        Del::Text(text) => {
            let html = markdown::to_html(&text);
            view! { <div class="slide-box slide-text" inner_html=html></div> }.into_any()
        }
        Del::Bild(fil) => picture(fil),
        Del::Noter(all) => notes_of(all),
        Del::Tomt(text) => view! { <div class="slide-box slide-empty"><p>{text}</p></div> }.into_any(),
        Del::Lank(link) => view! { <p class="slide-detail"><a href=link.clone()>{link.clone()}</a></p> }.into_any(),
        Del::Dagordning(points) => {
            let points = points
                .into_iter()
                .map(|(nr, title, here)| {
                    view! { <li class:here=here aria-current=here.then_some("true")>{format!("{nr}. {title}")}</li> }
                })
                .collect_view();
            view! { <ul class="slide-box slide-agenda">{points}</ul> }.into_any()
        }
    }
}

/// A picture in all of its box, and what stands under it.
fn picture(fil: Bildfil) -> AnyView {
    let class = match fil.format() {
        Bildformat::Hog => "slide-box slide-picture high",
        Bildformat::Jamn => "slide-box slide-picture",
        Bildformat::Bred => "slide-box slide-picture wide",
    };
    let below = (!fil.bildtext.is_empty())
        .then(|| view! { <figcaption class="slide-detail">{fil.bildtext.clone()}</figcaption> });
    view! {
        <figure class=class>
            <img src=fil.href() alt=fil.alt width=fil.width height=fil.height/>
            {below}
        </figure>
    }
    .into_any()
}

fn notes_of(all: Vec<String>) -> AnyView {
    let all = all.into_iter().map(|note| view! { <p class="slide-detail">{note}</p> }).collect_view();
    view! { <div class="slide-said">{all}</div> }.into_any()
}

fn figures(all: Vec<Siffra>) -> AnyView {
    let alone = all.len() == 1;
    let all = all
        .into_iter()
        .map(|s| {
            let ton = match s.ton {
                Ton::Vanlig => "",
                Ton::Klar => " done",
                Ton::Sen => " late",
            };
            // a figure of many signs is written smaller, so that all of it is there
            let long = match s.tal.chars().count() {
                0..=4 => "",
                5..=9 => " long",
                _ => " longest",
            };
            let class = format!("slide-figure{ton}{long}");
            view! { <p class=class><strong>{s.tal}</strong> <span>{s.vad}</span></p> }
        })
        .collect_view();
    view! { <div class="slide-figures" class:alone=alone>{all}</div> }.into_any()
}

/// How many have no room: on a wide screen, and on a narrow one.
fn beyond(wide: usize, narrow: usize) -> AnyView {
    let said = |n: usize, class: &'static str| {
        (n > 0).then(|| {
            let n = format::int(i64::try_from(n).unwrap_or(0));
            view! { <p class=class>{format!("och {n} till")}</p> }
        })
    };
    if wide == narrow {
        return said(wide, "slide-detail").into_any();
    }
    view! { {said(wide, "slide-detail wide-only")} {said(narrow, "slide-detail narrow-only")} }.into_any()
}

fn detail(text: String) -> Option<impl IntoView> {
    (!text.is_empty()).then(|| view! { <span class="slide-detail">{text}</span> })
}

/// A list with its heading and how many there are; what has no room is counted.
fn list(lista: Lista) -> AnyView {
    let Lista { rubrik, antal, form, poster, till, smal, fran } = lista;
    match (form, poster.as_slice()) {
        (Form::Kort, _) => {
            let cards = poster
                .into_iter()
                .enumerate()
                .map(|(i, p)| {
                    view! {
                        <li class="slide-box slide-card">
                            <span class="slide-card-n" aria-hidden="true">{fran + i}</span>
                            <div><span class="slide-row">{p.text}</span> {detail(p.under)}</div>
                        </li>
                    }
                })
                .collect_view();
            let start = fran.to_string();
            view! { <ol class="slide-cards" start=start aria-label=rubrik>{cards}</ol> }.into_any()
        }
        (Form::Tonad, [one]) if one.status.is_some() && till == 0 => alone(rubrik, one.clone()),
        _ => {
            let rows = poster
                .into_iter()
                .enumerate()
                .map(|(i, p)| {
                    let wide_only = i >= smal.0;
                    let mark = p.status.map(|status| view! { <StatusMark status category=Category::Aktivitet/> });
                    view! {
                        <li class:wide-only=wide_only>
                            {mark}
                            <div><span class="slide-row">{p.text}</span> {detail(p.under)}</div>
                        </li>
                    }
                })
                .collect_view();
            let tint = form == Form::Tonad;
            view! {
                <section class="slide-box slide-list" class:tint=tint>
                    <h3>{rubrik} <span class="slide-count">{antal}</span></h3>
                    <ul>{rows}</ul>
                    {beyond(till, smal.1)}
                </section>
            }
            .into_any()
        }
    }
}

/// One thing that somebody has to do, with all of the box: its mark, what, who and until when.
fn alone(rubrik: &'static str, p: Post) -> AnyView {
    let (when, who) = match p.under.split_once(" · ") {
        Some((when, who)) => (when.to_owned(), who.to_owned()),
        None => (p.under, String::new()),
    };
    let mark = p.status.map(|status| {
        let word = status.label().to_lowercase();
        let class = format!("slide-alone-mark {}", status.code());
        view! {
            <p class=class>
                <StatusMark status category=Category::Aktivitet/>
                <span aria-hidden="true">{format!("{rubrik}, {word}")}</span>
            </p>
        }
    });
    view! {
        <section class="slide-box slide-list slide-alone tint" aria-label=rubrik>
            {mark}
            <p class="slide-row">{p.text}</p>
            <div class="slide-alone-who">
                {(!who.is_empty()).then(|| view! { <p><strong>{who}</strong></p> })}
                {(!when.is_empty()).then(|| view! { <p class="slide-detail">{when}</p> })}
            </div>
        </section>
    }
    .into_any()
}

fn results(all: Vec<Resultat>) -> AnyView {
    let text = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| {
            view! { <div class="slide-why"><h4>{label}</h4> <p class="prewrap">{text}</p></div> }
        })
    };
    let what = |r: &Resultat| {
        let mal = r.mal.clone();
        view! {
            <h3><StatusMark status=r.status category=Category::Aktivitet/> <span>{r.title.clone()}</span></h3>
            <p class="slide-result-found">{r.fynd.clone()}</p>
            {(!mal.is_empty()).then(|| view! { <p class="slide-detail">{mal}</p> })}
            <p class="slide-detail">{format::capitalised(&r.nar)}</p>
        }
    };
    let one = all.len() == 1;
    let cards = all
        .into_iter()
        .map(|r| {
            let what = what(&r);
            if one {
                view! {
                    <li class="slide-result one">
                        <div class="slide-box slide-result-what">{what}</div>
                        <div class="slide-whys">{text("Varför", r.analys)} {text("Vad vi gör", r.slutsats)}</div>
                    </li>
                }
                .into_any()
            } else {
                view! {
                    <li class="slide-box slide-result">
                        <div class="slide-result-what">{what}</div>
                        {text("Varför", r.analys)} {text("Vad vi gör", r.slutsats)}
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! { <ul class="slide-results">{cards}</ul> }.into_any()
}

fn bars_of(bars: Vec<(String, i64)>) -> AnyView {
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let bars = bars
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
    view! { <ul class="slide-box slide-bars">{bars}</ul> }.into_any()
}

fn shares(all: Vec<Andel>, staplar: &[Vec<Segment>]) -> AnyView {
    let legend = legend(staplar.iter().map(Vec::as_slice));
    let rows = all
        .into_iter()
        .zip(staplar.iter().cloned())
        .map(|(andel, segments)| {
            view! {
                <li>
                    <span class="slide-bar-label">{andel.fraga}</span>
                    <StackedBar segments label=andel.fynd compact=true/>
                    <span class="slide-bar-n">{andel.andel}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="slide-enkat">
            <ChartTextures/>
            <ul class="slide-shares">{rows}</ul>
            {legend}
        </div>
    }
    .into_any()
}

/// What the colours of the bars are, said once for all questions, in the words of the enkät.
fn legend<'a>(all: impl Iterator<Item = &'a [Segment]>) -> AnyView {
    let items = key::of_degrees(all)
        .into_iter()
        .map(|(shade, words)| {
            let class = match shade {
                Shade::Middle(_) => "slide-key middle",
                Shade::Bad(_) => "slide-key bad",
                _ => "slide-key",
            };
            view! { <li><span class=class></span> {words}</li> }
        })
        .collect_view();
    view! { <ul class="slide-legend">{items}</ul> }.into_any()
}

fn table(read: Tabell) -> AnyView {
    let Tabell { rows: mut cells, .. } = read;
    let head = if cells.is_empty() { vec![] } else { cells.remove(0) };
    let head =
        head.into_iter().enumerate().map(|(i, c)| view! { <th scope="col" class:num=i.gt(&0)>{c}</th> }).collect_view();
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
    view! { <table class="slide-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

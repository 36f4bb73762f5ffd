//! The results of an enkät: the page, the free texts, and the values from elsewhere. What is shown is read once, in
//! [`data`], for page and workbook alike.

mod compare;
pub mod data;
mod distribution;
mod fritext;
mod kon;
mod overview;
mod page;
mod question;
mod spread;
mod tabs;
mod trend;
mod varden;

use domain::enkat::resultat::Figur;
use leptos::prelude::*;

pub use distribution::segments;
pub use fritext::FritextPage;
pub use page::ResultatPage;
pub use varden::VardenPage;

use crate::components::chart::Whisker;

/// Why a figure is not there.
const TOO_FEW: &str = "färre än fem svar";

/// The cells of a figure: how many answers, share, interval, and the two as a picture where there is room.
fn figure_cells(figur: &Figur) -> impl IntoView + use<> {
    let n = domain::format::int(figur.n);
    let share = figur.share.and_then(domain::occurrence::Share::value);
    let suppressed = || view! { <td class="num suppressed">"–" <span class="visually-hidden">{TOO_FEW}</span></td> };
    let (words, interval) = if share.is_some() {
        let (share, interval) = (figur.share_words(), figur.interval_words());
        (view! { <td class="num strong">{share}</td> }.into_any(), view! { <td class="num">{interval}</td> }.into_any())
    } else {
        (suppressed().into_any(), suppressed().into_any())
    };
    let picture = share.map(|share| view! { <Whisker share interval=figur.interval/> });
    view! { <td class="num">{n}</td> {words} {interval} <td class="picture">{picture}</td> }
}

/// The headings over [`figure_cells`].
fn figure_heads() -> impl IntoView {
    view! {
        <th class="num" scope="col">"Svar"</th>
        <th class="num" scope="col">"Andel"</th>
        <th class="num" scope="col">"95 % säkert"</th>
        <th class="picture" scope="col">
            <span class="visually-hidden">"Bild"</span>
            <crate::components::chart::Scale/>
        </th>
    }
}

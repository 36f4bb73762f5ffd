//! Fot: what stands at the bottom of every slide: which meeting or unit it is, and its logo.

use domain::{apt::Mote, id::NodeId, logga::Logga};
use leptos::prelude::*;
use store::{Tx, logga};

use crate::error::AppError;

/// The bottom of slides.
#[derive(Clone, Debug)]
pub struct Fot {
    /// Which meeting or unit.
    pub(super) text: String,
    /// The logo and where the one who looks fetches it.
    pub(super) logga: Option<(Logga, String)>,
}

impl Fot {
    /// Of a meeting.
    pub async fn of_mote(tx: &mut Tx, mote: &Mote) -> Result<Self, AppError> {
        let text = format!("{} · {}", mote.title(), mote.node_name);
        let logga = logga::of(tx, mote.node).await?.map(|logga| {
            let href = logga.href(mote.node);
            (logga, href)
        });
        Ok(Self { text, logga })
    }

    /// Of a wall screen, whose logo is fetched below this address.
    pub async fn of_unit(tx: &mut Tx, unit: NodeId, name: &str, screen: &str) -> Result<Self, AppError> {
        let logga = logga::of(tx, unit).await?.map(|logga| {
            let href = format!("{screen}/logga/{}", logga.id);
            (logga, href)
        });
        Ok(Self { text: name.to_owned(), logga })
    }

    /// The logo, on white so that it is seen in the dark too, and the words.
    pub(super) fn draw(&self) -> AnyView {
        let logga = self.logga.clone().map(|(logga, href)| {
            view! { <span class="slide-logo"><img src=href alt=logga.alt() width=logga.width height=logga.height/></span> }
        });
        view! { {logga} <span class="slide-where">{self.text.clone()}</span> }.into_any()
    }
}

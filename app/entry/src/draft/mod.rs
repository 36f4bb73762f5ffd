//! Keeps what is written in a form on the device until the server has it: sealed, so that the next person at the same
//! computer cannot read it, and under an id of its own, so that it arrives once however often it is sent. Without it the
//! form posts by itself. A tab has the id of what it writes to itself; a second one that is open beside it gets another.

use domain::sent;
use leptos::{html, prelude::*};

use islands::contract;

#[cfg(feature = "hydrate")]
mod form;
#[cfg(feature = "hydrate")]
mod page;

/// What the page says of the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
enum Said {
    #[default]
    Nothing,
    /// It is kept.
    Kept,
    /// The server was not reached: it is sent later.
    Waiting,
    /// It was sent later.
    Sent,
    /// The server has it since before.
    Known,
    /// What is wrong, and what to do.
    Fault(String),
    /// The login has ended: it is kept and not sent.
    LoggedOut,
}

/// Where what stands in the form comes from, when the person has not just written it here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
enum Origin {
    /// From here.
    #[default]
    Here,
    /// It was written before, and is put back.
    Before,
    /// It was written after another text was sent under its id: it has an id of its own now.
    AfterSent,
    /// Another tab has a draft open: this one is another.
    BesideAnother,
}

impl Origin {
    /// What the person is told.
    fn words(self) -> &'static str {
        match self {
            Self::Here => "",
            Self::Before => "Det du skrev sist är hämtat från den här enheten. Det är inte skickat än. ",
            Self::AfterSent => {
                "En annan rapport är redan skickad härifrån, och det som står här är inte den. Det är inte skickat än: skicka det som en ny rapport, eller börja om. "
            }
            Self::BesideAnother => {
                "Du har en påbörjad rapport i en annan flik. Det du skriver här blir en egen rapport. "
            }
        }
    }
}

/// What the parts of the island share.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
struct Writing {
    root: NodeRef<html::Div>,
    said: RwSignal<Said>,
    /// Where what stands in the form comes from.
    origin: RwSignal<Origin>,
    /// The id of what is written.
    id: RwSignal<String>,
}

/// Wraps the form. The key that seals what is written is asked for when it is needed (`store::utkast`): it stands in no page.
#[island]
pub fn Draft(children: Children) -> impl IntoView {
    let writing = Writing {
        root: NodeRef::new(),
        said: RwSignal::new(Said::default()),
        origin: RwSignal::new(Origin::Here),
        id: RwSignal::new(String::new()),
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| page::start(writing));
    let said = writing.said;
    let origin = move || writing.origin.get();
    let is = move |what: Said| said.with(|s| *s == what);
    let away = move || said.with(|s| matches!(s, Said::Waiting | Said::Sent | Said::Known));
    let words = move || {
        said.with(|s| match s {
            Said::Kept => "Det du skriver sparas på den här enheten tills du har skickat det.".to_owned(),
            Said::Fault(text) => text.clone(),
            Said::LoggedOut => {
                "Du är utloggad, så rapporten är inte skickad. Det du skrev ligger kvar på den här enheten, läsbart bara för dig. "
                    .to_owned()
            }
            _ => String::new(),
        })
    };
    let heading = move || {
        said.with(|s| match s {
            Said::Waiting => "Sparat på enheten, skickas när nätet är tillbaka",
            Said::Sent => "Rapporten är skickad",
            Said::Known => "Rapporten är redan skickad",
            _ => "",
        })
    };
    let sent = move || is(Said::Sent) || is(Said::Known);
    view! {
        <div class="draft" node_ref=writing.root>
            <p class="notice draft-restored" role="status" hidden=move || origin() == Origin::Here>
                {move || origin().words()}
                <button type="button" class="button small" hidden=move || origin() != Origin::AfterSent on:click=move |_| send_again(writing)>
                    {sent::AS_NEW}
                </button>
                " "
                <button
                    type="button"
                    class="button quiet small"
                    hidden=move || origin() == Origin::BesideAnother
                    on:click=move |_| start_over(writing)
                >
                    "Börja om"
                </button>
            </p>
            <section class="card draft-away" tabindex="-1" hidden=move || !away() aria-labelledby="utkast-rubrik">
                <div class="card-body">
                    <h2 id="utkast-rubrik" role="status">{heading}</h2>
                    <p hidden=sent>
                        "Rapporten ligger kvar här, läsbar bara för dig. Den skickas av sig själv när servern nås och du är inloggad på den här enheten. Du kan stänga sidan."
                    </p>
                    <p class="cluster">
                        <a class="button" hidden=move || !sent() href=move || contract::avvikelse(&writing.id.get())>
                            "Se vad som händer nu"
                        </a>
                        <button type="button" class="button secondary" hidden=sent on:click=move |_| change(writing)>
                            "Ändra rapporten"
                        </button>
                        <button type="button" class="button quiet" on:click=move |_| start_over(writing)>"Skriv en ny"</button>
                    </p>
                </div>
            </section>
            <div hidden=away>
                {children()}
                <p class="draft-said" class:fault=move || said.with(|s| matches!(s, Said::Fault(_) | Said::LoggedOut)) role="status">
                    {words}
                    <a href=move || if is(Said::LoggedOut) { log_in_from_here() } else { contract::LOG_IN.to_owned() } hidden=move || !is(Said::LoggedOut)>"Logga in, så kommer du tillbaka hit"</a>
                </p>
            </div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
use page::{change, log_in_from_here, send_again, start_over};
#[cfg(not(feature = "hydrate"))]
fn log_in_from_here() -> String {
    contract::LOG_IN.to_owned()
}
// on the server nothing is pressed
#[cfg(not(feature = "hydrate"))]
fn change(_: Writing) {}
#[cfg(not(feature = "hydrate"))]
fn send_again(_: Writing) {}
#[cfg(not(feature = "hydrate"))]
fn start_over(_: Writing) {}

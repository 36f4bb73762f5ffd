//! `/konto/losenord`: where somebody with a one-time password is led, whatever they ask for, until they have chosen their own.
//! No menu: nothing else is open to them.

use leptos::prelude::*;

use super::PasswordForm;
use crate::{
    components::{PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// The path of the page.
pub const LOSENORD: &str = "/konto/losenord";

/// Choosing one's own password.
#[component]
pub fn LosenordPage() -> impl IntoView {
    load(async move {
        Ctx::current()?.actor()?;
        Ok::<_, AppError>(view! {
            <section class="card">
                <div class="card-body">
                    <PageHead
                        title="Välj ett eget lösenord"
                        sub="Du har loggat in med ett engångslösenord som någon annan har sett. När du har valt ett eget kommer du vidare."
                    />
                    <PasswordForm current="Engångslösenordet"/>
                    <form method="post" action=islands::contract::LOG_OUT><button class="button quiet">"Logga ut"</button></form>
                </div>
            </section>
        })
    })
}

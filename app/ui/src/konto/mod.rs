//! `/konto`: who one is here, the password, the look of this device, and logging out everywhere.

use chrono::NaiveDate;
use domain::{format, password::PASSWORD_HELP};
use leptos::{prelude::*, server_fn::ServerFn};
use store::session::Inloggning;

use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, TextField, load},
    ctx::Ctx,
    error::AppError,
    upphorda::UpphordaLink,
};

pub mod api;
mod losenord;
use api::{SetKeys, SetPassword, SetTheme};
pub use losenord::{LOSENORD, LosenordPage};

/// The person's own account.
#[component]
pub fn KontoPage() -> impl IntoView {
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let mut tx = ctx.read_own().await?;
        let person = store::person::get(&mut tx, actor.person).await?;
        let logins = store::session::of_person(&mut tx, actor.person, ctx.login.now).await?;
        drop(tx);
        let roles: Vec<String> =
            person.roles.iter().map(|g| format!("{}, {}", g.role.label(), actor.tree.name(g.node))).collect();
        let device = ctx.device.clone();
        Ok::<_, AppError>(view! {
            <PageHead title="Ditt konto"/>
            <div class="stack loose">
                <section class="card">
                    <div class="card-head"><h2>"Uppgifter"</h2></div>
                    <div class="card-body">
                        <dl class="dl">
                            <dt>"Namn"</dt>
                            <dd>{person.name}</dd>
                            <dt>"E-post"</dt>
                            <dd>{person.email}</dd>
                            <dt>"Roller"</dt>
                            <dd>{in_words(roles)}</dd>
                        </dl>
                        <UpphordaLink/>
                        <p class="muted">"Stämmer något inte? Be administratören rätta det."</p>
                    </div>
                </section>
                <Theme theme=device.theme/>
                <Keys off=device.no_letters/>
                <Password/>
                <Logins logins here=ctx.login.session.clone() today=ctx.today/>
                <section class="card">
                    <div class="card-head"><h2>"Logga ut överallt"</h2></div>
                    <div class="card-body">
                        <p>
                            "Du loggas ut på alla datorer och telefoner, också här. Gör det om du har glömt att logga ut \
                             någon annanstans."
                        </p>
                        <form method="post" action="/logga-ut-overallt">
                            <button class="button secondary" type="submit">"Logga ut överallt"</button>
                        </form>
                    </div>
                </section>
            </div>
        })
    })
}

fn in_words(roles: Vec<String>) -> AnyView {
    if roles.is_empty() {
        return view! { "Du har ingen roll än. Be administratören om en." }.into_any();
    }
    roles.into_iter().map(|r| view! { <div>{r}</div> }).collect_view().into_any()
}

/// Where the person is logged in: what kind of device, since which day. When it was used is not kept.
#[component]
fn Logins(logins: Vec<Inloggning>, here: String, today: NaiveDate) -> impl IntoView {
    let several = logins.iter().any(|login| login.id != here);
    let rows = logins
        .into_iter()
        .map(|login| {
            let since = if login.since == today { "i dag".to_owned() } else { format::date(login.since) };
            let this = login.id == here;
            let end = (!this).then(|| {
                let label = format!("Avsluta inloggningen {}, sedan {since}", login.device);
                view! {
                    <form method="post" action="/konto/inloggningar/avsluta">
                        <Hidden name="id" value=login.id.clone()/>
                        <button class="button quiet small" aria-label=label>"Avsluta"</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <th scope="row">{login.device} {this.then_some(" (den här)")}</th>
                    <td>{since}</td>
                    <td>{end}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Här är du inloggad"</h2>
                <p>"En inloggning slutar efter tolv timmar, och tidigare om ingen använder den."</p>
            </div>
            <div class="card-body stack">
                <div class="table-wrap" tabindex="0" role="region" aria-label="Inloggningar">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Webbläsare"</th>
                                <th scope="col">"Sedan"</th>
                                <th scope="col"><span class="visually-hidden">"Avsluta"</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {several
                    .then(|| {
                        view! {
                            <form method="post" action="/konto/inloggningar/avsluta-andra">
                                <button class="button secondary">"Avsluta alla andra"</button>
                            </form>
                        }
                    })}
            </div>
        </section>
    }
}

#[component]
fn Theme(theme: String) -> impl IntoView {
    let choices = [("", "Automatiskt"), ("light", "Ljust"), ("dark", "Mörkt"), ("kontrast", "Hög kontrast")]
        .map(|(value, label)| {
            let pressed = if value == theme { "true" } else { "false" };
            view! { <button type="submit" name="theme" value=value aria-pressed=pressed>{label}</button> }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Utseende"</h2>
                <p>"Gäller den webbläsare du använder nu. Automatiskt följer datorns eller telefonens inställning."</p>
            </div>
            <div class="card-body">
                <form method="post" action=SetTheme::PATH>
                    <div class="segmented" role="group" aria-label="Utseende">{choices}</div>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Keys(off: bool) -> impl IntoView {
    let choices = [("", "På"), ("av", "Av")]
        .map(|(value, label)| {
            let pressed = if (value == "av") == off { "true" } else { "false" };
            view! { <button type="submit" name="keys" value=value aria-pressed=pressed>{label}</button> }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Kortkommandon"</h2>
                <p>
                    "Det räcker att trycka på en bokstav, en siffra eller ett tecken: ? visar vilka tangenter en sida har. \
                     Stäng av det om du styr datorn med rösten eller lätt trycker fel. Gäller den webbläsare du \
                     använder nu."
                </p>
            </div>
            <div class="card-body">
                <form method="post" action=SetKeys::PATH>
                    <div class="segmented" role="group" aria-label="Kortkommandon">{choices}</div>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Password() -> impl IntoView {
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Byt lösenord"</h2>
                <p>"Du loggas ut på andra datorer och telefoner."</p>
            </div>
            <div class="card-body"><PasswordForm current="Nuvarande lösenord"/></div>
        </section>
    }
}

/// The form that changes one's own password.
#[component]
pub(crate) fn PasswordForm(
    /// What the password is called that one has now.
    current: &'static str,
) -> impl IntoView {
    let state = FormState::of(SetPassword::PATH, None);
    view! {
        <form class="form" method="post" action=SetPassword::PATH>
            <ErrorSummary state=state.clone()/>
            <TextField
                state=state.clone()
                name="current_password"
                label=current
                kind="password"
                autocomplete="current-password"
                required=true
            />
            <TextField
                state=state.clone()
                name="password"
                label="Nytt lösenord"
                help=PASSWORD_HELP
                kind="password"
                autocomplete="new-password"
                required=true
            />
            <TextField
                state
                name="password_again"
                label="Nytt lösenord en gång till"
                kind="password"
                autocomplete="new-password"
                required=true
            />
            <div class="cluster"><button class="button" type="submit">"Byt lösenord"</button></div>
        </form>
    }
}

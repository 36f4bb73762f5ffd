//! The pages that are open to everybody: login, the first administrator, and how accessible the product is.

use std::sync::Arc;

use domain::{password::PASSWORD_HELP, permission::Role};
use islands::contract::LOG_IN;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, PageTitle, TextField},
    ctx::{Ctx, DemoAccount},
};

mod las;
mod tillganglighet;
pub use las::LasPage;
pub use tillganglighet::TillganglighetPage;

/// Where the form is posted; `server/web` owns it.
const START: &str = "/start";
/// The password of every demo account. It is printed in the README: it opens the demo and nothing else.
const DEMO_PASSWORD: &str = "demo-kvalitet";

/// E-mail and password; in the demo a button for each account too.
#[component]
pub fn LoggaInPage() -> impl IntoView {
    let state = FormState::of(LOG_IN, None);
    let asked = || use_query_map().get_untracked().get("till").unwrap_or_default();
    // what a login leads to stands in the address, also where the form is not there again but something is said of another
    let till = state.value_of("till").unwrap_or_else(asked);
    let demo = Ctx::current().map(|ctx| Arc::clone(&ctx.demo)).unwrap_or_default();
    let accounts = (!demo.is_empty()).then(|| view! { <DemoAccounts accounts=demo.to_vec() till=till.clone()/> });
    view! {
        <PageTitle text="Logga in – Kvalitetshjulet"/>
        <div class="stack">
            <Brand/>
            {accounts}
            <section class="card">
                <div class="card-body">
                    <h1>"Logga in"</h1>
                    <form class="form" method="post" action=LOG_IN novalidate>
                        <ErrorSummary state=state.clone()/>
                        <Hidden name="till" value=till/>
                        <TextField
                            state=state.clone()
                            name="email"
                            label="E-post"
                            kind="email"
                            autocomplete="username"
                            required=true
                        />
                        <TextField
                            state
                            name="password"
                            label="Lösenord"
                            kind="password"
                            autocomplete="current-password"
                            required=true
                        />
                        <button class="button wide" type="submit">"Logga in"</button>
                    </form>
                    <p class="help">"Har du glömt lösenordet? Be administratören hos dig om ett nytt."</p>
                </div>
            </section>
        </div>
    }
}

/// One form per account, so that one click logs in.
#[component]
fn DemoAccounts(accounts: Vec<DemoAccount>, till: String) -> impl IntoView {
    let buttons = accounts
        .into_iter()
        .enumerate()
        .map(|(i, account)| {
            // the role alone is the button's name; what it sees describes it
            let (name, what) = (format!("demo-{i}"), format!("demo-{i}-ser"));
            view! {
                <form method="post" action=LOG_IN>
                    <Hidden name="till" value=till.clone()/>
                    <Hidden name="email" value=account.email/>
                    <Hidden name="password" value=DEMO_PASSWORD/>
                    <button type="submit" aria-labelledby=name.clone() aria-describedby=what.clone()>
                        <b id=name.clone()>{account.role.label()}</b>
                        <span id=what.clone()>{what_it_sees(account.role)}</span>
                    </button>
                </form>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Prova som"</h2>
                <p>"Det här är en demo med påhittade uppgifter. Välj en roll, så är du inne."</p>
            </div>
            <div class="card-body"><div class="demo-accounts">{buttons}</div></div>
        </section>
    }
}

/// What a role meets in the demo, in a few words.
fn what_it_sees(role: Role) -> &'static str {
    match role {
        Role::Enhetschef => "Hela enhetens år",
        Role::BitradandeChef => "Enhetens planer",
        Role::Metodutvecklare => "Bygger egenkontrollplanen",
        Role::Medarbetare => "Det egna att göra",
        Role::Controller => "Enheterna sida vid sida",
        Role::LexSarah => "Läser enhetens planer",
        Role::Admin => "Personer, roller och enheter",
    }
}

/// The first administrator, let in by the token that stands in the server's log.
#[component]
pub fn StartPage() -> impl IntoView {
    let state = FormState::of(START, None);
    view! {
        <div class="stack">
            <Brand/>
            <section class="card">
                <div class="card-body">
                    <PageHead
                        title="Kom igång"
                        sub="Här finns inga konton än. Skapa det första, så kan du lägga till enheter och personer."
                    />
                    <form class="form" method="post" action=START novalidate>
                        <ErrorSummary state=state.clone()/>
                        <TextField
                            state=state.clone()
                            name="token"
                            label="Kod från serverns logg"
                            help="Den visar att det är du som driver servern. Den skrevs ut när servern startade."
                            required=true
                        />
                        <TextField
                            state=state.clone()
                            name="organisation"
                            label="Organisationens namn"
                            help="Till exempel stadens, kommunens eller enhetens namn. Det kan bytas sedan."
                            autocomplete="organization"
                            required=true
                        />
                        <TextField state=state.clone() name="name" label="Ditt namn" autocomplete="name" required=true/>
                        <TextField
                            state=state.clone()
                            name="email"
                            label="Din e-post"
                            help="Du loggar in med den."
                            kind="email"
                            autocomplete="username"
                            required=true
                        />
                        <TextField
                            state=state.clone()
                            name="password"
                            label="Lösenord"
                            help=PASSWORD_HELP
                            kind="password"
                            autocomplete="new-password"
                            required=true
                        />
                        <TextField
                            state
                            name="password_again"
                            label="Lösenordet en gång till"
                            kind="password"
                            autocomplete="new-password"
                            required=true
                        />
                        <button class="button wide" type="submit">"Skapa kontot och logga in"</button>
                    </form>
                </div>
            </section>
        </div>
    }
}

/// The name over the card. Not a link: everything leads back here until one is logged in.
#[component]
fn Brand() -> impl IntoView {
    view! {
        <div class="brand-name">
            <svg class="logo" viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
                <circle
                    cx="12"
                    cy="12"
                    r="9.5"
                    fill="none"
                    stroke="currentColor"
                    stroke-width="3"
                    stroke-dasharray="3.2 1.774"
                />
                <circle cx="12" cy="12" r="3.6" fill="currentColor"/>
            </svg>
            "Kvalitetshjulet"
        </div>
    }
}

//! The house around every page: document, menu, toast, and the routes.

use chrono::TimeDelta;
use domain::{
    egenkontroll, format, internkontroll,
    permission::{Action, Area},
    session::{WARNING, holds_cases},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};
use store::{Target, avvikelse::frist as avvikelse_frist, occurrence};

use crate::{
    admin, aktivitet, apt,
    arshjul::ArshjulPage,
    atgard,
    atgora::AttGoraPage,
    avvikelse,
    components::{PageTitle, Problem},
    ctx::Ctx,
    ekonomi, enkat,
    error::AppError,
    flash::Toast,
    forekomst::{
        ForekomstPage,
        api::UndoOccurrenceMove,
        together::{left_notice, move_back_form, undo_form},
    },
    forslag::ForslagPage,
    genomforande, import, konto, login, moment, plan, planaktivitet,
    routes::{Entry, Group, MENU, menu},
    sakerhet, serie,
    upphorda::UpphordaPage,
    verksamhetsplan,
};

/// Wakes the islands when the browser is idle.
const BOOT: &str = include_str!("boot.js");

/// The whole document.
pub fn shell() -> impl IntoView {
    // nothing but islands is hydrated: the page's own data needs not be sent twice
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let ctx = Ctx::current().ok();
    let assets = ctx.as_ref().map(|c| (*c.assets).clone()).unwrap_or_default();
    let seq = ctx.as_ref().map(|c| c.seq.clone());
    let device = ctx.map(|c| c.device.clone()).unwrap_or_default();
    let theme = Some(device.theme).filter(|t| !t.is_empty());
    let nonce = leptos::nonce::use_nonce();
    let programs = [&assets.every, &assets.entry].map(|p| [p.js.as_str(), p.wasm.as_str()]);
    // all of them: what opens without network keeps the files of any page
    let files = programs.concat().join(" ");
    let boot = (!assets.every.js.is_empty()).then(|| {
        let script = format!("{BOOT}({:?},{:?},{:?});", programs[0], programs[1], entry::ISLANDS);
        view! {
            <link rel="modulepreload" href=assets.every.js.clone() fetchpriority="low"/>
            <script type="module" nonce=nonce inner_html=script></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="sv" data-theme=theme data-no-letters=device.no_letters data-programs=files data-seq=seq>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="preload" href="/fonts/atkinson-hyperlegible-next.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/>
                {(!assets.css.is_empty()).then(|| view! { <link rel="stylesheet" href=assets.css.clone()/> })}
                <MetaTags/>
                {boot}
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The routes.
#[component]
#[allow(clippy::too_many_lines)] // a table
pub fn App() -> impl IntoView {
    provide_meta_context();
    let mode = SsrMode::Async;
    view! {
        <PageTitle text="Kvalitetshjulet"/>
        <a class="skip-link" href="#innehall">"Hoppa till innehållet"</a>
        <Router>
            <Frame>
                <Routes fallback=|| view! { <Problem error=AppError::NotFound/> }>
                    <Route path=path!("/") view=AttGoraPage ssr=mode.clone()/>
                    <Route path=path!("/arshjul") view=ArshjulPage ssr=mode.clone()/>
                    <Route path=path!("/forekomster/:id") view=ForekomstPage ssr=mode.clone()/>
                    <Route path=path!("/aktiviteter/ny") view=aktivitet::NyAktivitetPage ssr=mode.clone()/>
                    <Route path=path!("/aktiviteter/:id") view=aktivitet::AktivitetPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan") view=verksamhetsplan::ListPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id") view=verksamhetsplan::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/aktiviteter") view=planaktivitet::PlanPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/aktiviteter/ny") view=planaktivitet::NyPage ssr=mode.clone()/>
                    <Route path=path!("/planaktiviteter") view=planaktivitet::ListPage ssr=mode.clone()/>
                    <Route path=path!("/planaktiviteter/:id") view=planaktivitet::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/planaktiviteter/:id/redigera") view=planaktivitet::EditPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/dokument") view=verksamhetsplan::DokumentPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/remiss") view=verksamhetsplan::RemissPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/kapitel") view=verksamhetsplan::KapitelPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/kapitel/:kapitel") view=verksamhetsplan::EttKapitelPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/las-in") view=verksamhetsplan::LasInPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/ny") view=verksamhetsplan::NyttMalPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/redigera") view=verksamhetsplan::RedigeraMalPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/utfall") view=verksamhetsplan::UtfallPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/indikatorer/ny") view=verksamhetsplan::IndikatorNyPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/indikatorer/:indikator") view=verksamhetsplan::IndikatorPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/indikatorer/:indikator/redigera") view=verksamhetsplan::IndikatorEditPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi") view=ekonomi::KontoPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi/fyll") view=ekonomi::FyllPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi/las-in") view=ekonomi::LasInPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi/rader") view=ekonomi::RaderPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal") view=verksamhetsplan::enhetsmal::MalPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/texter") view=verksamhetsplan::enhetsmal::TexterPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/rad/ny") view=verksamhetsplan::enhetsmal::NyRadPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/rad/:rad") view=verksamhetsplan::enhetsmal::RadPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/rad/:rad/utfall/:manad") view=verksamhetsplan::enhetsmal::UtfallPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/uppfoljning/ny") view=verksamhetsplan::enhetsmal::NyUppfoljningPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/uppfoljning/:uppfoljning") view=verksamhetsplan::enhetsmal::UppfoljningPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/grupp/ny") view=verksamhetsplan::enhetsmal::NyGruppPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/mal/:mal/grupp/:grupp") view=verksamhetsplan::enhetsmal::GruppPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi/tabeller/ny") view=ekonomi::NyTabellPage ssr=mode.clone()/>
                    <Route path=path!("/verksamhetsplan/:id/ekonomi/tabeller/:tabell") view=ekonomi::TabellPage ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll") view={plan::plan_page::<egenkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll/ny") view={plan::ny_page::<egenkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll/importera") view=import::EgenkontrollImportPage ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll/:id") view={plan::show_page::<egenkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll/:id/kriterier") view=genomforande::MallPage ssr=mode.clone()/>
                    <Route path=path!("/egenkontroll/:id/redigera") view={plan::edit_page::<egenkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/internkontroll") view={plan::plan_page::<internkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/internkontroll/ny") view={plan::ny_page::<internkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/internkontroll/importera") view=import::InternkontrollImportPage ssr=mode.clone()/>
                    <Route path=path!("/internkontroll/:id") view={plan::show_page::<internkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/internkontroll/:id/redigera") view={plan::edit_page::<internkontroll::Content>} ssr=mode.clone()/>
                    <Route path=path!("/genomforanden/ny") view=genomforande::NyPage ssr=mode.clone()/>
                    <Route path=path!("/genomforanden/:id") view=genomforande::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/genomforanden/:id/dokumentation") view=genomforande::DokumentationPage ssr=mode.clone()/>
                    <Route path=path!("/atgarder") view=atgard::ListPage ssr=mode.clone()/>
                    <Route path=path!("/atgarder/ny") view=atgard::NyPage ssr=mode.clone()/>
                    <Route path=path!("/atgarder/:id") view=atgard::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/atgarder/:id/redigera") view=atgard::EditPage ssr=mode.clone()/>
                    <Route path=path!("/enkater") view=enkat::EnkaterPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/ny") view=enkat::NyPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id") view=enkat::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/redigera") view=enkat::EditPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/fragor") view=enkat::FragorPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/forhandsvisa") view=enkat::PreviewPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/svara") view=enkat::SvaraPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/klistra") view=enkat::TabellPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/resultat") view=enkat::ResultatPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/fritext") view=enkat::FritextPage ssr=mode.clone()/>
                    <Route path=path!("/enkater/:id/varden") view=enkat::VardenPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser") view=avvikelse::RegisterPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/ny") view=avvikelse::NyPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/nytt-klagomal") view=avvikelse::KlagomalPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/statistik") view=avvikelse::StatistikPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/installningar") view=avvikelse::InstallningarPage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/:id") view=avvikelse::ArendePage ssr=mode.clone()/>
                    <Route path=path!("/avvikelser/:id/logg") view=avvikelse::LoggPage ssr=mode.clone()/>
                    <Route path=path!("/forslag") view=ForslagPage ssr=mode.clone()/>
                    <Route path=path!("/siffror") view=serie::ListPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/ny") view=serie::NyPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/manad") view=serie::ManadPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/uppdelningar") view=serie::UppdelningarPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/jamstalldhet") view=serie::jamstalldhet::ListPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/jamstalldhet/ny") view=serie::jamstalldhet_form::NyPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/jamstalldhet/:id") view=serie::jamstalldhet::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/jamstalldhet/:id/redigera") view=serie::jamstalldhet_form::EditPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/:id") view=serie::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/:id/redigera") view=serie::EditPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/:id/fyll") view=serie::FyllPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/:id/las-in") view=serie::LasInPage ssr=mode.clone()/>
                    <Route path=path!("/siffror/:id/jamforelse/:jamforelse/fil") view=serie::JamforelseFilPage ssr=mode.clone()/>
                    <Route path=path!("/apt") view=apt::ListPage ssr=mode.clone()/>
                    <Route path=path!("/apt/ny") view=apt::NyPage ssr=mode.clone()/>
                    <Route path=path!("/apt/beslut") view=apt::BeslutPage ssr=mode.clone()/>
                    <Route path=path!("/apt/dagordning") view=apt::MallPage ssr=mode.clone()/>
                    <Route path=path!("/apt/skarmar") view=apt::SkarmarPage ssr=mode.clone()/>
                    <Route path=path!("/apt/:id") view=apt::ShowPage ssr=mode.clone()/>
                    <Route path=path!("/apt/:id/redigera") view=apt::EditPage ssr=mode.clone()/>
                    <Route path=path!("/apt/:id/visa") view=apt::VisaPage ssr=mode.clone()/>
                    <Route path=path!("/apt/:id/protokoll") view=apt::ProtokollPage ssr=mode.clone()/>
                    <Route path=path!("/tv") view=apt::TvPage ssr=mode.clone()/>
                    <Route path=path!("/skarm/:token") view=apt::SkarmPage ssr=mode.clone()/>
                    <Route path=path!("/admin") view=admin::OrganisationPage ssr=mode.clone()/>
                    <Route path=path!("/admin/personer") view=admin::PersonerPage ssr=mode.clone()/>
                    <Route path=path!("/admin/personer/ny") view=admin::NyPersonPage ssr=mode.clone()/>
                    <Route path=path!("/admin/personer/importera") view=admin::ListaPage ssr=mode.clone()/>
                    <Route path=path!("/admin/personer/:id") view=admin::PersonPage ssr=mode.clone()/>
                    <Route path=path!("/admin/grupper") view=admin::GrupperPage ssr=mode.clone()/>
                    <Route path=path!("/admin/sla-ihop") view=admin::SlaIhopPage ssr=mode.clone()/>
                    <Route path=path!("/admin/dagar") view=admin::DagarPage ssr=mode.clone()/>
                    <Route path=path!("/admin/sakerhet") view=sakerhet::SakerhetPage ssr=mode.clone()/>
                    <Route path=path!("/upphorda") view=UpphordaPage ssr=mode.clone()/>
                    <Route path=path!("/konto") view=konto::KontoPage ssr=mode.clone()/>
                    <Route path=path!("/konto/losenord") view=konto::LosenordPage ssr=mode.clone()/>
                    <Route path=path!("/logga-in") view=login::LoggaInPage ssr=mode.clone()/>
                    <Route path=path!("/las") view=login::LasPage ssr=mode.clone()/>
                    <Route path=path!("/start") view=login::StartPage ssr=mode.clone()/>
                    <Route path=path!("/tillganglighet") view=login::TillganglighetPage ssr=mode/>
                </Routes>
            </Frame>
        </Router>
    }
}

/// Menu, content and toast; without a person only the content.
#[component]
fn Frame(children: Children) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    if fills_the_screen(&path) {
        let ctx = Ctx::current().ok().filter(|ctx| ctx.actor.is_some() && !path.starts_with("/skarm/"));
        let content = children();
        let logged_in = ctx.is_some();
        return view! {
            <main class="screen" id="innehall" tabindex="-1">{content}</main>
            {logged_in.then(|| view! { <islands::Live/> })}
            {ctx.as_ref().and_then(|ctx| guard(ctx, false, true))}
        }
        .into_any();
    }
    let ctx = Ctx::current().ok();
    let toast = ctx.as_ref().and_then(|c| c.flash.toast.clone());
    // a table that is filled in is not lain over
    let in_place = path.starts_with("/genomforanden/");
    let lies_over = toast.is_some() && !in_place;
    let problem = ctx.as_ref().and_then(stray_problem);
    let content = children();
    let left = toast.as_ref().and_then(|toast| left_notice(&toast.left));
    // those who enter answers may have some that are not sent yet, on whatever page they are
    let enters = ctx
        .as_ref()
        .filter(|_| path != konto::LOSENORD)
        .and_then(|c| c.actor.as_ref())
        .is_some_and(|a| a.grants.may_somewhere(Area::Enkat, Action::TickOwn));
    let outbox = enters.then(|| view! { <islands::Outbox/> });
    let ends = ctx.as_ref().and_then(ends_soon).map(|text| view! { <div class="notice warn"><p>{text}</p></div> });
    let main = view! {
        <main class="main" class:with-toast=lies_over id="innehall" tabindex="-1">
            {toast.map(|toast| said(toast, in_place))}
            {ends}
            {outbox}
            {left}
            {problem.map(|text| view! { <div class="notice late" role="alert"><p>{text}</p></div> })}
            {content}
            <footer class="page-foot">
                <a href="/tillganglighet">"Tillgänglighet"</a>
                // shown where the live line is held back on its way (islands::live)
                <p class="live-late" role="status">
                    "Sidan uppdateras var 45:e sekund: något i nätverket håller kvar det som skickas direkt. Det du sparar sparas som vanligt."
                </p>
            </footer>
        </main>
    };
    // with a one-time password nothing else is open
    let ctx = ctx.filter(|_| path != konto::LOSENORD);
    let logged_in = ctx.as_ref().is_some_and(|c| c.actor.is_some());
    let guard = ctx.as_ref().and_then(|ctx| guard(ctx, holds_cases(&path), false));
    let body = match ctx.filter(|c| c.actor.is_some()) {
        Some(ctx) => view! { <div class="app"><Sidebar ctx/> {main}</div> }.into_any(),
        None => view! { <div class="login">{main}</div> }.into_any(),
    };
    view! {
        {body}
        <islands::FormGuard person=logged_in/>
        {logged_in.then(|| view! { <islands::Live/> })}
        {guard}
    }
    .into_any()
}

/// What locks and empties the page in the browser.
fn guard(ctx: &Ctx, cases: bool, screen: bool) -> Option<impl IntoView + use<>> {
    let person = ctx.actor.as_ref()?.person.to_string();
    let (left, cases) = (ctx.login.left, cases && !ctx.login.locked);
    Some(view! { <islands::Las person left cases screen/> })
}

/// The notice that the login ends within a quarter of an hour; `None` before that.
pub(crate) fn ends_soon(ctx: &Ctx) -> Option<String> {
    let left = ctx.login.left;
    (ctx.actor.is_some() && left <= WARNING).then(|| {
        let end = moment::local(ctx.now + TimeDelta::seconds(left)).format("%H.%M");
        format!(
            "Klockan {end} loggas du ut: en inloggning gäller i högst tolv timmar. Det du skriver finns kvar när du har loggat in \
             igen."
        )
    })
}

/// Whether the page is a screen by itself: no menu, no toast.
fn fills_the_screen(path: &str) -> bool {
    path.starts_with("/skarm/") || path.starts_with("/apt/") && path.ends_with("/visa")
}

/// What could not be done, where the form has no room of its own for it: a one-click button.
fn stray_problem(ctx: &Ctx) -> Option<String> {
    let submitted = ctx.flash.submitted.as_ref()?;
    let of_toast = submitted.action == UndoOccurrenceMove::PATH;
    let typed = submitted
        .fields
        .iter()
        .any(|(k, v)| !v.is_empty() && !matches!(k.as_str(), "id" | "version" | "form[outcome]"));
    (of_toast || !typed).then(|| submitted.problem.clone()).flatten()
}

#[component]
fn Sidebar(ctx: Ctx) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let name = ctx.actor.as_ref().map(|a| a.name.clone()).unwrap_or_default();
    let groups = ctx.actor.as_ref().map(|actor| menu(&actor.grants)).unwrap_or_default();
    let groups = groups.into_iter().map(|(group, entries)| menu_group(&ctx, &path, group, &entries)).collect_view();
    view! {
        <header class="sidebar">
            <a class="brand-name" href="/"><Logo/> "Kvalitetshjulet"</a>
            <details class="menu"><summary>"Meny"</summary></details>
            <nav class="nav" aria-label="Huvudmeny">{groups}</nav>
            <div class="sidebar-foot">
                <a href="/konto" aria-current=(path == "/konto").then_some("page")>{name}</a>
                <form method="post" action=islands::contract::LOG_OUT><button class="button quiet small">"Logga ut"</button></form>
            </div>
        </header>
    }
}

/// The entries under a heading, which folds them: as the person left it on this device, and open where the page in view is
/// one of its own. `boot.js` remembers what is folded and opened.
fn menu_group(ctx: &Ctx, path: &str, group: Group, entries: &[Entry]) -> AnyView {
    let links = entries
        .iter()
        .map(|entry| {
            let count = (entry.path == MENU[0].path).then(|| {
                let ctx = ctx.clone();
                view! { <Suspense>{Suspend::new(async move { late_count(&ctx).await })}</Suspense> }
            });
            view! { <a href=entry.path aria-current=entry.holds(path).then_some("page")>{entry.label} {count}</a> }
        })
        .collect_view();
    if group == Group::First {
        return links.into_any();
    }
    let here = entries.iter().any(|entry| entry.holds(path));
    let left_otherwise = ctx.device.menu.contains(&group.code());
    let open = here || group.starts_folded() == left_otherwise;
    let number = entries.len();
    view! {
        <details class="nav-group" open=open data-group=(!here).then_some(group.code()) data-folded=group.starts_folded()>
            <summary>
                {group.label()}
                <span class="nav-more" aria-hidden="true">{number}</span>
            </summary>
            {links}
        </details>
    }
    .into_any()
}

/// The red pill beside Att göra: what the person is late with. Nothing when it cannot be read.
async fn late_count(ctx: &Ctx) -> Option<impl IntoView + use<>> {
    let actor = ctx.actor.clone()?;
    let mut tx = ctx.read(Target::Anywhere(Area::Aktivitet), Action::View).await.ok()?;
    let late = occurrence::late_count(&mut tx, &actor, ctx.today).await.ok()?
        + avvikelse_frist::late_count(&mut tx, &actor, ctx.now, ctx.today).await.ok()?;
    (late > 0).then(|| {
        view! {
            <span class="count">
                <span aria-hidden="true">{late}</span>
                <span class="visually-hidden">{format!(" ({} försenade)", format::int(late))}</span>
            </span>
        }
    })
}

/// A ring of dots round a dot.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray="3.2 1.774"/>
            <circle cx="12" cy="12" r="3.6" fill="currentColor"/>
        </svg>
    }
}

/// What was done, with "Ångra" where that is possible. First in the content, so that it is the first that Tab comes to there.
fn said(toast: Toast, in_place: bool) -> impl IntoView {
    let stays = toast.stays();
    let button = view! { <button data-undo="" aria-keyshortcuts="Control+Z">"Ångra" <kbd aria-hidden="true">"Ctrl+Z"</kbd></button> };
    let undo = match &toast.moved {
        Some(moved) => Some(move_back_form(moved, button.into_any()).into_any()),
        None => undo_form(&toast.undo, button.into_any()),
    };
    view! {
        <islands::ToastBar stays in_place>
            <span class="toast-text">{toast.text}</span>
            {toast.offer.map(|offer| view! { <a href=offer.href>{offer.words}</a> })}
            {undo}
        </islands::ToastBar>
    }
}

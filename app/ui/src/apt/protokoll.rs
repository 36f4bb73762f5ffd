//! Protokoll: the minutes as they are read, printed and sent: page, paper and Word of the same blocks.

use chrono::NaiveDate;
use domain::{
    apt::{
        State,
        protokoll::{Uppdrag, protokoll},
    },
    atgard::Source,
    dokument::Dokument,
    id::AptId,
    permission::Action,
    person::Actor,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{
    Target, Tx,
    apt::{self, protokoll as said, punkt},
    atgard, logga,
};

use super::{api::SetAptState, visat};
use crate::{
    components::{Hidden, PageHead, document_blocks, document_logo, load, paper_notice},
    ctx::Ctx,
    error::AppError,
};

/// The minutes of a meeting.
pub async fn minutes(tx: &mut Tx, actor: &Actor, id: AptId, today: NaiveDate) -> Result<Dokument, AppError> {
    let mote = apt::get(tx, id).await?;
    let points = punkt::list(tx, id).await?;
    let there = said::present(tx, id).await?;
    let present: Vec<String> =
        punkt::persons(tx, mote.node).await?.into_iter().filter(|d| there.contains(&d.id)).map(|d| d.name).collect();
    let atgarder: Vec<Uppdrag> = atgard::of_source(tx, actor, Source::Apt(id))
        .await?
        .into_iter()
        .map(|a| Uppdrag { title: a.title, who: a.responsible_label, due: a.due })
        .collect();
    let seen = visat::of(tx, actor, &mote, &points, today).await?;
    let logga = logga::of(tx, mote.node).await?;
    Ok(protokoll(&mote, &present, &points, &seen, &atgarder).logga(logga))
}

/// `/apt/{id}/protokoll`
#[component]
pub fn ProtokollPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Apt(id), Action::View).await?;
        let mote = apt::get(&mut tx, id).await?;
        let document = minutes(&mut tx, &actor, id, ctx.today).await?;
        let may_edit = mote.is_edited_by(&actor);
        let approve = (may_edit && mote.state == State::Avslutat).then(|| {
            view! {
                <form method="post" action=SetAptState::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="version" value=mote.version.to_string()/>
                    <Hidden name="to" value=State::Justerat.code()/>
                    <button class="button">"Justera protokollet"</button>
                </form>
            }
        });
        let edit = (may_edit && mote.is_open())
            .then(|| view! { <a class="button secondary" href=format!("/apt/{id}")>"Ändra anteckningar"</a> });
        let until = (mote.state != State::Justerat).then_some("protokollet justeras");
        let notice = paper_notice(&document, until);
        let title = document.title.clone();
        let sub = document.sub();
        let logo = document_logo(&document, mote.node);
        let blocks = document_blocks(document);
        Ok(view! {
            {logo}
            <PageHead title sub>
                <a class="button secondary" href=format!("/apt/{id}/protokoll.docx") download="">"Till Word"</a>
                <a class="button secondary" href=format!("/apt/{id}/protokoll.pdf") download="">"Till PDF"</a>
                <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
                {edit} {approve}
            </PageHead>
            {notice}
            <article class="document stack" id="protokollet" data-live="apt atgard">{blocks}</article>
        })
    })
}

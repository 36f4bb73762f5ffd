//! Protokoll: the minutes as they are read, printed and sent: page, paper and Word of the same blocks.

use domain::{
    apt::{
        State,
        protokoll::{Uppdrag, protokoll},
    },
    atgard::Source,
    genomforande::documentation::Documentation,
    id::AptId,
    permission::Action,
    person::Actor,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{
    Target, Tx,
    apt::{self, protokoll as said, punkt},
    atgard,
};

use super::api::SetAptState;
use crate::{
    components::{Hidden, PageHead, document_block, load, paper_notice},
    ctx::Ctx,
    error::AppError,
};

/// The minutes of a meeting.
pub async fn minutes(tx: &mut Tx, actor: &Actor, id: AptId) -> Result<Documentation, AppError> {
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
    Ok(protokoll(&mote, &present, &points, &atgarder))
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
        let document = minutes(&mut tx, &actor, id).await?;
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
        let blocks = document.blocks.into_iter().map(document_block).collect_view();
        Ok(view! {
            <PageHead title=document.title.clone() sub=document.sub.clone()>
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

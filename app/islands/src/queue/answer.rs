//! Answers to enkäter on their way: many in one request, taken back while they wait, and what the server asks of who enters
//! many.

use std::collections::BTreeMap;

use domain::enkat::{Besked, Inlamnat};

use super::{
    count::{ANTAL, META},
    device::{Device, Then},
    kept::{Post, Stage},
};
use crate::{
    client, contract, dom,
    error::{A_WHILE, AppError},
};

/// The database of answers. Its name is from before there were others.
pub const DEVICE: Device = Device { name: "kvalitetshjulet", tables: &[SVAR, ANTAL, META] };
/// The table of answers.
pub const SVAR: &str = "svar";

/// The most answers that the server takes in one request.
const MOST: usize = 100;

/// The name under which this device keeps things for the signed-in person.
pub async fn konto() -> Result<String, AppError> {
    client::call(&contract::GET_ENKATKONTO, &[]).await.map(|told| told.konto)
}

/// Sends what waits for the signed-in person.
pub(super) async fn send() -> Result<(), AppError> {
    let waiting: Vec<Post> = super::waiting().await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let konto = konto().await?;
    let mut by_enkat: BTreeMap<String, Vec<Post>> = BTreeMap::new();
    for post in waiting.into_iter().filter(|p| p.konto == konto) {
        by_enkat.entry(post.enkat.clone()).or_default().push(post);
    }
    for (enkat, posts) in by_enkat {
        let (back, going): (Vec<Post>, Vec<Post>) = posts.into_iter().partition(|p| p.stage == Stage::TakeBack);
        for some in going.chunks(MOST) {
            send_some(&enkat, &konto, some).await?;
        }
        for post in back {
            match take_back(&enkat, &post.svar.id).await {
                // somebody else is signed in: it is not theirs to take back
                Err(error @ AppError::Conflict(_)) => return Err(error),
                Err(error) if !error.is_final() => return Err(error),
                // published meanwhile or not, the device has done what it can
                _ => drop(super::forget::<Post>(&post.svar.id).await),
            }
        }
    }
    Ok(())
}

/// What the server says of answers to one enkät.
async fn tell(enkat: &str, konto: &str, svar: &[&Inlamnat]) -> Result<Vec<Besked>, AppError> {
    // texts can always be written
    let svar = serde_json::to_string(svar).map_err(|_| AppError::Invalid(vec![]))?;
    let fields = [("enkat", enkat), ("konto", konto), ("svar", svar.as_str())];
    client::call(&contract::CREATE_ENKATSVAR, &fields).await
}

async fn send_some(enkat: &str, konto: &str, posts: &[Post]) -> Result<(), AppError> {
    let mut going = Vec::with_capacity(posts.len());
    for post in posts {
        // from here on the server may have it, whatever we hear
        let tries = |standing: &mut Post| {
            if standing.tried || standing.stage != Stage::Waiting {
                return Then::Leave;
            }
            standing.tried = true;
            Then::Keep
        };
        match super::alter(&post.svar.id, tries).await {
            // taken back since it was read
            Ok(None) => {}
            Ok(Some(standing)) if standing.stage != Stage::Waiting => {}
            // a device that keeps nothing more has it all the same
            Ok(Some(_)) | Err(_) => going.push(post),
        }
    }
    if going.is_empty() {
        return Ok(());
    }
    let svar: Vec<&Inlamnat> = going.iter().map(|p| &p.svar).collect();
    let told = match tell(enkat, konto, &svar).await {
        Ok(told) => told,
        // another person is signed in: they wait
        Err(error @ AppError::Conflict(_)) => return Err(error),
        Err(error) if error.is_final() => going
            .iter()
            .map(|p| Besked { id: p.svar.id.clone(), refused: Some(error.message()), mend: None, notice: None })
            .collect(),
        Err(error) => return Err(error),
    };
    // what was not told of came too soon, and waits
    let rest = told.len() < going.len();
    if let Some(notice) = told.iter().find_map(|besked| besked.notice.clone()) {
        ask(konto, &notice);
    }
    for besked in told {
        let settles = |standing: &mut Post| match besked.refused {
            // it was taken back while it was under way
            _ if standing.stage != Stage::Waiting => Then::Leave,
            None => Then::Forget,
            Some(why) => {
                (standing.stage, standing.mend) = (Stage::Refused(why), besked.mend);
                Then::Keep
            }
        };
        let _ = super::alter(&besked.id, settles).await;
    }
    if rest { Err(AppError::Wait(A_WHILE)) } else { Ok(()) }
}

/// Sends one that the device has no room for. What the server says of it.
pub async fn straight(post: &Post) -> Result<Besked, AppError> {
    let told = tell(&post.enkat, &post.konto, &[&post.svar]).await?;
    told.into_iter().find(|besked| besked.id == post.svar.id).ok_or(AppError::Offline)
}

/// Asks the server to take an answer back. `false` when it is published already.
pub async fn take_back(enkat: &str, id: &str) -> Result<bool, AppError> {
    client::call(&contract::UNDO_ENKATSVAR, &[("enkat", enkat), ("svar", id)]).await.map(|told| told.done)
}

/// Where a question of the server waits until the person has seen it.
const QUESTION: &str = "kvalitet-fraga";

fn ask(konto: &str, question: &str) {
    let _ = dom::local().map(|s| s.set_item(QUESTION, &format!("{konto} {question}")));
}

/// Whom the server has asked, and what, until it is seen.
pub fn question() -> Option<(String, String)> {
    let kept = dom::local().and_then(|s| s.get_item(QUESTION).ok().flatten())?;
    kept.split_once(' ').map(|(konto, question)| (konto.to_owned(), question.to_owned()))
}

/// The person has seen it.
pub fn seen() {
    let _ = dom::local().map(|s| s.remove_item(QUESTION));
}

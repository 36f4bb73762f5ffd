//! What server functions are called: a verb of a short list, and what it is done to.

use std::collections::BTreeSet;

use http::StatusCode;
use web::renamed::RENAMED;

use crate::common::{App, CHEF};

/// Verb, and what it says. A server function that needs another one gets it here, when none of these says it.
const VERBS: [(&str, &str); 17] = [
    ("close", "ends something that can be opened again"),
    ("copy", "makes one that holds what another does"),
    ("create", "makes something that was not there"),
    ("decide", "what one role alone decides, in writing"),
    ("get", "gives a device what it asks for, and changes nothing"),
    ("import", "takes in rows that somebody has pasted"),
    ("mark", "says of something that is there that it was done, begun, given up or seen"),
    ("merge", "makes one of several that were there"),
    ("move", "to another place in an order or in the organisation, or to another day"),
    ("remove", "takes away"),
    ("renew", "by chance, in place of one that was made by chance"),
    ("reopen", "takes a closing back"),
    ("report", "that somebody outside was told, as the law demands"),
    ("restore", "what was removed"),
    ("set", "one choice"),
    ("undo", "what was just done, straight after"),
    ("update", "what one form holds of something that is there"),
];

fn names() -> BTreeSet<String> {
    server_fn::axum::server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect()
}

#[tokio::test]
async fn a_server_function_begins_with_a_verb_of_the_list() {
    // the functions are known when the program is
    let _app = App::new().await;
    let names = names();
    let verb = |name: &str| name.split_once('_').map(|(verb, _)| verb.to_owned()).unwrap_or_default();
    let used: BTreeSet<String> = names.iter().map(|name| verb(name)).collect();
    let known: BTreeSet<String> = VERBS.iter().map(|(verb, _)| (*verb).to_owned()).collect();
    let strays: Vec<_> = names.iter().filter(|name| !known.contains(&verb(name))).collect();
    assert!(strays.is_empty(), "call them by a verb that there is: {strays:?}");
    assert_eq!(used, known, "a verb that nothing is called by goes from the list");
}

#[tokio::test]
async fn a_form_that_was_open_during_the_upgrade_comes_to_what_it_is_called_now() {
    let app = App::new().await;
    let names = names();
    for (earlier, now) in RENAMED {
        assert!(names.contains(now) && !names.contains(earlier), "{earlier} is {now}");
    }
    let cookie = app.log_in(CHEF).await;
    let fields = [("title", "Fel"), ("version", "0")];
    let (old, new) = ("/api/save_enkat_fraga?x=1", "/api/update_enkat_fraga?x=1");
    let (old, new) = (app.post(old, &cookie, "/", &fields).await, app.post(new, &cookie, "/", &fields).await);
    assert_eq!((old.status, old.to()), (new.status, new.to()));
    assert_ne!(old.status, StatusCode::NOT_FOUND);
    assert_eq!(app.post("/api/save_nothing", &cookie, "/", &fields).await.status, StatusCode::NOT_FOUND);
}

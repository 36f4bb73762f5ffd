//! Renamed: what server functions were called before. A page that was open while the server was replaced posts its form to the
//! name that it knows; it is taken as if it had come to the new one, and so is a form that waited in the session over the upgrade:
//! nothing that was typed is lost. A name can go from here when no page is open any more from a version that had it: a login lasts
//! for hours, a page for answers without network for a season.

use http::{Uri, uri::PathAndQuery};

/// Earlier name, and the one of now.
pub const RENAMED: [(&str, &str); 28] = [
    ("add_avvikelse_tillagg", "create_avvikelse_tillagg"),
    ("add_role", "create_role"),
    ("bedom_avvikelse", "set_avvikelse_bedomning"),
    ("begin_occurrence", "mark_occurrence_begun"),
    ("change_password", "set_password"),
    ("confirm_bekraftelse", "decide_bekraftelse"),
    ("decline_bekraftelse", "remove_bekraftelse"),
    ("delete_enkat_utifran", "remove_enkat_utifran"),
    ("finish_avvikelse", "update_avvikelse_avslut"),
    ("follow_up_atgard", "set_atgard_effekt"),
    ("give_up_occurrence", "mark_occurrence_given_up"),
    ("inform_registrerade", "report_registrerade"),
    ("list_bedomningar", "get_bedomningar"),
    ("redraw_urval", "renew_urval"),
    ("report_enkatantal", "set_enkatantal"),
    ("save_apt_narvaro", "update_apt_narvaro"),
    ("save_apt_note", "update_apt_note"),
    ("save_avvikelse_lank", "create_avvikelse_lank"),
    ("save_bedomningar", "update_bedomningar"),
    ("save_enkat_fordelning", "update_enkat_fordelning"),
    ("save_enkat_fraga", "update_enkat_fraga"),
    ("see_notis", "mark_notis_seen"),
    ("send_ivo_utredning", "report_ivo_utredning"),
    ("step_avvikelse", "set_avvikelse_state"),
    ("tick_off", "mark_occurrence_done"),
    ("undo_marks", "undo_occurrence_marks"),
    ("undo_tick", "undo_occurrence_mark"),
    ("use_enkat_version", "set_enkat_version"),
];

/// The path by the name of now; none for one that is not renamed.
#[must_use]
pub fn path(path: &str) -> Option<String> {
    let earlier = path.strip_prefix("/api/")?;
    RENAMED.iter().find(|(name, _)| *name == earlier).map(|(_, now)| format!("/api/{now}"))
}

/// As [`path`], of an address with its query.
#[must_use]
pub fn of(uri: &Uri) -> Option<Uri> {
    let path = path(uri.path())?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path + &query).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_renamed_is_found_with_its_query_and_all_else_left() {
        let of = |address: &str| of(&address.parse().unwrap()).map(|uri| uri.to_string());
        assert_eq!(of("/api/tick_off").as_deref(), Some("/api/mark_occurrence_done"));
        assert_eq!(of("/api/list_bedomningar?seen=%C3%A5").as_deref(), Some("/api/get_bedomningar?seen=%C3%A5"));
        for other in ["/api/create_apt", "/api/", "/tick_off", "/api/tick_off/x", "/"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}

//! All seven roles before every server function: which of them may, and that the others are refused.

use domain::id::AptId;
use http::StatusCode;

use super::{AREAS, Line, Role, ask, somebody};
use crate::common::App;

/// One line per server function; the letters are Handläggare, Metodutvecklare, Biträdande chef, enhetsChef, Verksamhetscontroller,
/// Lex Sarah-utredare, Administratör. The controller and the two last hold their role above the unit. Of a case those may who
/// handle it; what only the lex Sarah-utredare decides is refused to the others in words.
const TABLE: &str = "
    create_avvikelse_tillagg     -------
    create_role                  ------A
    set_avvikelse_bedomning      --BC-L-
    mark_occurrence_begun        -MBC---
    set_password                 HMBCVLA
    close_genomforande           -MBC---
    decide_bekraftelse           ------A
    copy_egenkontrollplan        -MBC---
    copy_enkat                   -MBC---
    copy_internkontrollplan      --BC---
    undo_egenkontrollplan_copy   -MBC---
    undo_internkontrollplan_copy --BC---
    create_aktivitet             -MBC---
    create_apt                   -MBC---
    create_apt_amne              HMBCVL-
    create_apt_atgard            -MBC---
    create_apt_beslut            -MBC---
    create_apt_bild              -MBC---
    create_apt_punkt             -MBC---
    create_atgard                -MBC---
    create_avvikelse             HMBCVL-
    create_egenkontroll          -MBC---
    create_enkat                 -MBC---
    create_enkat_version         -MBC---
    create_enkatsvar             HMBC---
    create_group                 ------A
    create_internkontroll        --BC---
    create_klagomal              HMBCVL-
    create_node                  ------A
    create_person                ------A
    create_skarm                 -MBC---
    decide_imy                   --BC-L-
    decide_lex_sarah             --BC-L-
    remove_bekraftelse           ------A
    remove_enkat_utifran         -MBC---
    update_avvikelse_avslut      --BC-L-
    set_atgard_effekt            -MBC---
    get_avvikelse_mottagen       HMBCVL-
    get_enkatkonto               HMBC---
    get_utkastkonto              HMBCVLA
    mark_occurrence_given_up     -MBC---
    import_avvikelse_ar          --BC---
    import_enkat_utifran         -MBC---
    import_persons               ------A
    report_registrerade          --BC-L-
    get_bedomningar              -MBC---
    mark_enkat_fritext           -MBC---
    mark_occurrences             HMBCVL-
    move_apt_bild                -MBC---
    move_apt_punkt               -MBC---
    move_enkat_fraga             -MBC---
    merge_groups                 ------A
    merge_nodes                  ------A
    move_group                   ------A
    move_node                    ------A
    remove_node_last_day         ------A
    set_node_last_day            ------A
    undo_node_merge              ------A
    update_node_before           ------A
    move_occurrence              -MBC---
    renew_urval                  -MBC---
    remove_aktivitet             -MBC---
    remove_apt_beslut            -MBC---
    remove_avvikelse_ar          --BC---
    remove_avvikelse_lank        --BC-L-
    remove_apt_bildfil           -MBC---
    remove_bilaga                --BC-L-
    remove_node_logga            ------A
    remove_egenkontroll          -MBC---
    remove_enkat_fraga           -MBC---
    remove_internkontroll        --BC---
    remove_role                  ------A
    remove_skarm                 -MBC---
    renew_skarm                  -MBC---
    renew_skarmkod               -MBC---
    reopen_genomforande          -MBC---
    set_enkatantal               HMBC---
    report_imy                   --BC-L-
    report_ivo                   --BC-L-
    restore_egenkontroll         -MBC---
    restore_internkontroll       --BC---
    update_apt_narvaro           -MBC---
    update_apt_note              -MBC---
    create_avvikelse_lank        --BC-L-
    update_bedomningar           -MBC---
    update_enkat_fordelning      -MBC---
    update_enkat_fraga           -MBC---
    mark_notis_seen              HMBCVLA
    report_ivo_utredning         --BC-L-
    set_apt                      -MBC---
    set_apt_state                -MBC---
    set_avvikelse_ar             --BC---
    set_avvikelse_handlaggare    --BC-L-
    set_enkat_grader             -MBC---
    set_enkat_kon                -MBC---
    set_enkat_state              -MBC---
    set_enkat_utdelade           -MBC---
    set_keys                     HMBCVLA
    set_person_active            ------A
    set_person_password          ------A
    set_sakerhet_manader         ------A
    set_theme                    HMBCVLA
    set_two_admins               ------A
    set_valkommen                -MBC---
    set_avvikelse_state          --BC-L-
    mark_occurrence_done         -MBC---
    undo_enkatsvar               HMBC---
    undo_occurrence_marks        -MBC---
    undo_occurrence_mark         -MBC---
    undo_occurrence_move         -MBC---
    update_aktivitet             -MBC---
    update_analys                -MBC---
    update_andel                 -MBC---
    update_apt                   -MBC---
    update_apt_bild              -MBC---
    update_apt_mall              -MBC---
    update_apt_punkt             -MBC---
    update_aterkoppling          --BC-L-
    update_atgard                -MBC---
    update_avvikelse_apt         --BC-L-
    update_avvikelse_installning --BC---
    update_bedomning             -MBC---
    update_egenkontroll          -MBC---
    update_enkat                 -MBC---
    update_group                 ------A
    update_incident              --BC-L-
    update_internkontroll        --BC---
    update_kriterier             -MBC---
    update_node                  ------A
    update_person                ------A
    update_skarm                 -MBC---
    update_uppfoljning           --BC-L-
    update_utredning             --BC-L-
    set_enkat_version            -MBC---
";

const LETTERS: [(char, Role, &str); 7] = [
    ('H', Role::Medarbetare, "h@demo.se"),
    ('M', Role::Metodutvecklare, "m@demo.se"),
    ('B', Role::BitradandeChef, "b@demo.se"),
    ('C', Role::Enhetschef, "c@demo.se"),
    ('V', Role::Controller, "v@demo.se"),
    ('L', Role::LexSarah, "l@demo.se"),
    ('A', Role::Admin, "a@demo.se"),
];

/// Somebody of each role.
pub async fn persons(tx: &mut store::Tx, app: &App, hash: &str) {
    for (_, role, email) in LETTERS {
        let above = matches!(role, Role::Controller | Role::LexSarah | Role::Admin);
        let at = (role, if above { app.top } else { app.enhet });
        somebody(tx, app, hash, email, role.label(), at).await;
    }
}

/// The letter and the cookie of each.
pub async fn log_in(app: &App) -> Vec<(char, String)> {
    let mut out = Vec::new();
    for (letter, _, email) in LETTERS {
        out.push((letter, app.log_in(email).await));
    }
    out
}

fn letters(function: &str) -> Option<&'static str> {
    std::iter::once(TABLE)
        .chain(AREAS.iter().map(|area| area.roles))
        .flat_map(str::lines)
        .filter_map(|l| l.trim().split_once(' '))
        .find(|(f, _)| *f == function)
        .map(|(_, letters)| letters.trim())
}

/// Each server function has its line.
pub fn complete(table: &[Line]) {
    let missing: Vec<&str> = table.iter().map(|(f, ..)| *f).filter(|f| letters(f).is_none()).collect();
    assert!(missing.is_empty(), "these need a line with the roles that may: {missing:?}");
}

/// Those who may not are refused, before anybody has changed what it is about. Gives what is wrong.
pub async fn refused(
    app: &App,
    roles: &[(char, String)],
    function: &str,
    fields: &[(&'static str, String)],
) -> Vec<String> {
    let (may, mut faults) = (letters(function).unwrap(), Vec::new());
    for (letter, cookie) in roles.iter().filter(|(letter, _)| !may.contains(*letter)) {
        let (status, body) = ask(app, function, cookie, fields).await;
        if !matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
            faults.push(format!("{function} by {letter}, who may not: {status} {body}"));
        }
    }
    faults
}

/// Those who may are not refused: it is done, or somebody else has done it meanwhile. Gives what is wrong.
pub async fn permitted(
    app: &App,
    roles: &[(char, String)],
    function: &str,
    fields: &[(&'static str, String)],
) -> Vec<String> {
    let (may, mut faults) = (letters(function).unwrap(), Vec::new());
    for (letter, cookie) in roles.iter().filter(|(letter, _)| may.contains(*letter)) {
        let mut fields = fields.to_vec();
        if function.starts_with("create_") {
            // somebody's own form
            for (_, id) in fields.iter_mut().filter(|(field, _)| *field == "id") {
                *id = AptId::new().to_string();
            }
        }
        let (status, body) = ask(app, function, cookie, &fields).await;
        let told = matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND);
        if status != StatusCode::OK && !told {
            faults.push(format!("{function} by {letter}, who may: {status} {body}"));
        }
    }
    faults
}

//! What the story of all fields has to be told: what is no text, and what a field wants instead.

/// What a field may want that is no free text.
pub const WANTED: [&str; 12] = [
    "2026-11-20",
    "10:00",
    "1",
    "40",
    "2023",
    "2026-11",
    "2023;1;2",
    "h9@demo.se",
    "1;¤</title><b class=intrang>\u{1}¤;2024;;70;",
    "¤</title>\u{1}\n¤<b class=intrang>&amp;",
    "https://exempel.se/</title><b class=intrang>",
    "",
];

/// Forms without a text that others with one come after.
pub const PRESSED: [&str; 1] = ["/api/close_genomforande"];

/// Forms that save nothing: a code opens what it belongs to, or is refused and not shown again.
pub const OPENS: [&str; 1] = ["/tv"];

/// What is chosen, where another field is read only then.
pub const CHOSEN: &[(&str, &str, &str)] = &[
    ("/api/update_enkat_fraga", "form[kind]", "val"),
    ("/api/create_avvikelse", "form[day]", ""),
    ("/api/update_enkat_fordelning", "form[andelar][]", "50"),
    // a unit is a word or two
    ("/api/create_serie", "form[enhet]", "hushåll"),
    ("/api/update_serie", "form[enhet]", "hushåll"),
    // many cells of figures
    ("/api/update_belopp", "form[c-#-#]", "1"),
    ("/api/update_indikatorutfall", "celler[totalt]", "41 %"),
    ("/api/update_indikatorutfall", "celler[kvinnor]", ""),
    ("/api/update_indikatorutfall", "celler[man]", ""),
    ("/api/update_indikatorutfall", "celler[okant]", ""),
    ("/api/update_indikatorutfall", "celler[prognos]", ""),
    // a table has a head
    ("/api/create_fri_tabell", "form[tabell]", "År;Budget\n2021;41"),
    ("/api/update_fri_tabell", "form[tabell]", "År;Budget\n2021;43"),
    // as Kolada calls them
    ("/api/create_jamforelse", "form[kpi]", "N00945"),
    ("/api/create_jamforelse", "form[kommun]", "0180"),
    // with parts, the whole would have to be their sum
    ("/api/mark_occurrence_done", "form[kvinnor_numerator]", ""),
    ("/api/mark_occurrence_done", "form[kvinnor_denominator]", ""),
    ("/api/mark_occurrence_done", "form[man_numerator]", ""),
    ("/api/mark_occurrence_done", "form[man_denominator]", ""),
    ("/api/update_andel", "form[kvinnor_numerator]", ""),
    ("/api/update_andel", "form[kvinnor_denominator]", ""),
    ("/api/update_andel", "form[man_numerator]", ""),
    ("/api/update_andel", "form[man_denominator]", ""),
    // with counts, the share would have to be theirs
    ("/api/create_jamstalldhetsanalys", "form[procent_a]", ""),
    ("/api/create_jamstalldhetsanalys", "form[procent_b]", ""),
    ("/api/update_jamstalldhetsanalys", "form[procent_a]", ""),
    ("/api/update_jamstalldhetsanalys", "form[procent_b]", ""),
];

/// What a form asks for only when it comes back: where it is sent, the name, and the answer.
pub const ASKED: &[(&str, &str, &str)] = &[("/api/update_enkat_fordelning", "form[bekraftad]", "150")];

/// Fields that take no free text: where the form is sent, and the name.
pub const NO_TEXT: &[(&str, &str)] = &[
    ("/api/create_aktivitet", "form[from]"),
    ("/api/create_aktivitet", "form[to]"),
    ("/api/update_aktivitet", "form[from]"),
    ("/api/update_aktivitet", "form[to]"),
    ("/api/create_egenkontroll", "form[from]"),
    ("/api/create_egenkontroll", "form[to]"),
    ("/api/update_egenkontroll", "form[from]"),
    ("/api/update_egenkontroll", "form[to]"),
    ("/api/create_internkontroll", "form[from]"),
    ("/api/create_internkontroll", "form[to]"),
    ("/api/update_internkontroll", "form[from]"),
    ("/api/update_internkontroll", "form[to]"),
    ("/api/create_egenkontroll", "form[malvarde]"),
    ("/api/create_egenkontroll", "form[urval]"),
    ("/api/create_enkat", "form[target]"),
    ("/api/create_person", "email"),
    ("/api/create_skarm", "form[dim_from]"),
    ("/api/create_skarm", "form[dim_to]"),
    ("/api/create_skarm", "form[seconds]"),
    ("/api/import_avvikelse_ar", "rows"),
    ("/api/import_enkat_utifran", "rows"),
    ("/api/import_persons", "rows"),
    ("/api/create_avvikelse_lank", "href"),
    ("/api/update_enkat_fordelning", "form[n]"),
    ("/api/update_enkat_fordelning", "form[wave]"),
    ("/api/update_enkat_fraga", "form[vikt]"),
    ("/api/set_avvikelse_ar", "form[avvikelser]"),
    ("/api/set_avvikelse_ar", "form[imy]"),
    ("/api/set_avvikelse_ar", "form[ivo]"),
    ("/api/set_avvikelse_ar", "form[klagomal]"),
    ("/api/set_avvikelse_ar", "form[kategorier]"),
    ("/api/set_avvikelse_ar", "form[lex_sarah]"),
    ("/api/set_avvikelse_ar", "form[positiva]"),
    ("/api/set_avvikelse_ar", "form[pui]"),
    ("/api/set_avvikelse_ar", "form[year]"),
    ("/api/set_enkat_utdelade", "n"),
    ("/api/mark_occurrence_done", "form[figure_period_#]"),
    ("/api/mark_occurrence_done", "form[figure_value_#]"),
    ("/api/update_apt_bild", "form[minuter]"),
    ("/api/update_apt_punkt", "form[link]"),
    ("/api/update_avvikelse_installning", "aterkoppling_days"),
    ("/api/update_avvikelse_installning", "gallring_years"),
    ("/api/update_avvikelse_installning", "genast_days"),
    ("/api/update_avvikelse_installning", "ivo_utredning_months"),
    ("/api/update_egenkontroll", "form[malvarde]"),
    ("/api/update_egenkontroll", "form[urval]"),
    ("/api/update_enkat", "form[target]"),
    ("/api/update_incident", "form[number]"),
    ("/api/update_person", "email"),
    ("/api/update_enkat_fraga", "form[options]"),
    ("/api/mark_occurrence_done", "form[total_denominator]"),
    ("/api/mark_occurrence_done", "form[total_numerator]"),
    ("/api/update_andel", "form[total_denominator]"),
    ("/api/update_andel", "form[total_numerator]"),
    ("/api/update_skarm", "form[dim_from]"),
    ("/api/update_skarm", "form[dim_to]"),
    ("/api/update_skarm", "form[seconds]"),
];

/// Fields that are read only when something else is chosen (a number of weeks, for what recurs by weeks), and comments on
/// cases, which go when the cases are drawn anew.
pub const NOT_KEPT: &[(&str, &str)] = &[
    ("/api/create_aktivitet", "form[every]"),
    ("/api/create_egenkontroll", "form[every]"),
    ("/api/create_internkontroll", "form[every]"),
    // one for all that are marked: nothing is
    ("/api/mark_occurrences", "reason"),
    ("/api/update_bedomningar", "cells[a#.kommentar]"),
    // a figure, and a table as it is read
    ("/api/update_belopp", "form[c-#-#]"),
    ("/api/create_fri_tabell", "form[tabell]"),
    ("/api/update_fri_tabell", "form[tabell]"),
    // a figure, and why one misleads
    ("/api/update_indikatorutfall", "celler[totalt]"),
    ("/api/update_indikatorutfall", "form[varfor]"),
    // of one of its choices alone
    ("/api/set_indikatorstatus", "form[skal]"),
    ("/api/update_planaktivitet_lage", "form[skal]"),
    // named anew by a form of its own
    ("/api/create_konto", "form[verksamhet]"),
    // numbers, together in one value
    ("/api/update_enkat_fordelning", "form[andelar][]"),
    ("/api/update_enkat_fraga", "form[vikt]"),
    ("/api/update_aktivitet", "form[every]"),
    ("/api/update_egenkontroll", "form[every]"),
    ("/api/update_internkontroll", "form[every]"),
    ("/api/create_maluppfoljning", "form[every]"),
    ("/api/update_maluppfoljning", "form[every]"),
];

/// Server functions whose form no page of this story shows, or that have no field for a text.
pub const NO_FORM: &[&str] = &[
    // passwords
    "set_password",
    "set_person_password",
    // programs of our own call these, the first with the JSON of answers
    "create_enkatsvar",
    "get_avvikelse_mottagen",
    "get_enkatkonto",
    "get_utkastkonto",
    "get_bedomningar",
    "set_enkatantal",
    "undo_enkatsvar",
    // the list of a preview: nothing is written in it
    "import_persons",
    // a button, or a choice
    "undo_occurrence_marks",
    "undo_occurrence_move",
    "create_role",
    "mark_occurrence_begun",
    "decide_bekraftelse",
    "copy_egenkontrollplan",
    "copy_enkat",
    "copy_internkontrollplan",
    "undo_egenkontrollplan_copy",
    "undo_internkontrollplan_copy",
    "create_apt_bild",
    "create_enkat_version",
    "remove_bekraftelse",
    "remove_enkat_utifran",
    "mark_enkat_fritext",
    "move_apt_bild",
    "move_apt_punkt",
    "move_enkat_fraga",
    "merge_groups",
    "merge_nodes",
    "move_group",
    "move_node",
    "remove_apt_beslut",
    "remove_apt_bildfil",
    "remove_avvikelse_ar",
    "remove_avvikelse_lank",
    "remove_bilaga",
    "remove_node_last_day",
    "remove_node_logga",
    "remove_enkat_fraga",
    "remove_role",
    "remove_skarm",
    "renew_skarm",
    "renew_skarmkod",
    "restore_egenkontroll",
    "restore_internkontroll",
    "mark_notis_seen",
    // a day; the effect is written with the end of the case
    "update_uppfoljning",
    "report_ivo_utredning",
    "set_apt",
    "set_sakerhet_manader",
    "set_two_admins",
    "set_apt_state",
    "set_avvikelse_handlaggare",
    "set_enkat_grader",
    "set_enkat_kon",
    "set_enkat_state",
    "set_keys",
    // days
    "set_node_last_day",
    "undo_node_merge",
    "update_node_before",
    "set_person_active",
    "set_theme",
    "set_valkommen",
    "update_bedomning",
    "set_enkat_version",
];

//! Step: every button of a case. Who may press it, in which state, what must be filled in first, and where it leads.
//!
//! ```text
//! inkommen → bedömd → utreds → åtgärdas → följs upp → avslutad
//!               │        └─────────────────────────────↗  nothing needs to be done, and it is no missförhållande
//!               └──────────────────────────────────────↗  nothing needs to be investigated, and it is no missförhållande
//!            åtgärdas → utreds, följs upp → åtgärdas, avslutad → utreds: back, with a reason
//! ```
//!
//! That lex Sarah holds says what the event is: with the decision an inkommen case is bedömd, and IVO can be told at once.
//!
//! Who: handlers carry a case. As soon as it is decided that lex Sarah holds, the lex Sarah-utredare investigates, decides
//! and closes it; åtgärder and their follow-up stay with both. The lex Sarah-utredare alone makes the lex Sarah decision and
//! reports to IVO.

use super::{Case, Kind, Relation, State, word::Risk};
use crate::field::FieldError;

/// A button of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Set the kinds: inkommen → bedömd.
    Bedom,
    /// Begin the investigation: bedömd → utreds.
    Utred,
    /// The investigation is done, åtgärder are decided: utreds → åtgärdas.
    Atgarda,
    /// Åtgärder are done: åtgärdas → följs upp.
    FoljUpp,
    /// Ends the case: följs upp → avslutad, or at once where nothing has to be investigated or done.
    Avsluta,
    /// One step back, or open again what was closed.
    Tillbaka,
    /// Say that a missförhållande is suspected.
    Misstank,
    /// The lex Sarah decision.
    BeslutaLexSarah,
    /// Report to IVO.
    AnmalIvo,
    /// Send the investigation to IVO.
    SkickaUtredning,
    /// Decide on the risk of a personuppgiftsincident, and with it whether IMY is told.
    BeslutaImy,
    /// Report to IMY.
    AnmalImy,
    /// Tell the data subjects, or write why not.
    Informera,
    /// Tell the reporter, or who complained, the outcome.
    Aterkoppla,
}

impl Step {
    crate::every! {
        /// Every step, in the order of the buttons.
        Bedom, Utred, Atgarda, FoljUpp, Avsluta, Tillbaka, Misstank, BeslutaLexSarah, AnmalIvo,
        SkickaUtredning, BeslutaImy, AnmalImy, Informera, Aterkoppla
    }

    /// The verb on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Bedom => "Bedöm",
            Self::Utred => "Börja utreda",
            Self::Atgarda => "Gå till åtgärder",
            Self::FoljUpp => "Gå till uppföljning",
            Self::Avsluta => "Avsluta",
            Self::Tillbaka => "Gå tillbaka",
            Self::Misstank => "Anmäl misstänkt missförhållande",
            Self::BeslutaLexSarah => "Besluta om lex Sarah",
            Self::AnmalIvo => "Registrera anmälan till IVO",
            Self::SkickaUtredning => "Registrera att utredningen är skickad",
            Self::BeslutaImy => "Bedöm risken för de registrerade",
            Self::AnmalImy => "Registrera anmälan till IMY",
            Self::Informera => "Registrera att de registrerade är informerade",
            Self::Aterkoppla => "Registrera återkoppling",
        }
    }

    /// As sent in forms and written in the history.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bedom => "bedom",
            Self::Utred => "utred",
            Self::Atgarda => "atgarda",
            Self::FoljUpp => "folj_upp",
            Self::Avsluta => "avsluta",
            Self::Tillbaka => "tillbaka",
            Self::Misstank => "misstank",
            Self::BeslutaLexSarah => "besluta_lex_sarah",
            Self::AnmalIvo => "anmal_ivo",
            Self::SkickaUtredning => "skicka_utredning",
            Self::BeslutaImy => "besluta_imy",
            Self::AnmalImy => "anmal_imy",
            Self::Informera => "informera",
            Self::Aterkoppla => "aterkoppla",
        }
    }

    /// The step of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether the button is there at all: whether the step belongs to what the case is and where it stands. One that
    /// does and is still not allowed says why.
    #[must_use]
    pub fn belongs(self, case: &Case) -> bool {
        let open = case.state != State::Avslutad;
        match self {
            Self::Bedom => case.state == State::Inkommen,
            Self::Utred => case.state == State::Bedomd,
            Self::Atgarda => case.state == State::Utreds,
            Self::FoljUpp => case.state == State::Atgardas,
            Self::Avsluta => matches!(case.state, State::Bedomd | State::Utreds | State::FoljsUpp),
            Self::Tillbaka => matches!(case.state, State::Atgardas | State::FoljsUpp | State::Avslutad),
            Self::Misstank => open && case.suspected_on.is_none(),
            Self::BeslutaLexSarah => open && case.suspected_on.is_some(),
            Self::AnmalIvo => open && case.goes_to_ivo() && case.ivo.is_none(),
            Self::SkickaUtredning => open && case.ivo.as_ref().is_some_and(|ivo| ivo.investigation_on.is_none()),
            Self::BeslutaImy => open && case.kinds.has(Kind::Pui),
            Self::AnmalImy => open && case.goes_to_imy() && case.imy.reported_at.is_none(),
            Self::Informera => open && case.kinds.has(Kind::Pui) && case.imy.risk == Some(Risk::Hog) && !informed(case),
            Self::Aterkoppla => open && !case.anonymous && case.feedback_on.is_none(),
        }
    }

    /// Whether the step asks why, beside what is filled in: where a case leaves the straight way.
    #[must_use]
    pub fn needs_reason(self, case: &Case) -> bool {
        match self {
            Self::Tillbaka | Self::Misstank => true,
            Self::Avsluta => matches!(case.state, State::Bedomd | State::Utreds),
            _ => false,
        }
    }

    /// The state that the step leads to.
    #[must_use]
    pub fn leads_to(self, from: State) -> State {
        match (self, from) {
            (Self::Bedom, State::Inkommen) => State::Bedomd,
            (Self::Utred, State::Bedomd) | (Self::Tillbaka, State::Atgardas | State::Avslutad) => State::Utreds,
            (Self::Atgarda, State::Utreds) | (Self::Tillbaka, State::FoljsUpp) => State::Atgardas,
            (Self::FoljUpp, State::Atgardas) => State::FoljsUpp,
            (Self::Avsluta, _) => State::Avslutad,
            (_, from) => from,
        }
    }
}

fn informed(case: &Case) -> bool {
    case.imy.informed_on.is_some() || !case.imy.not_informed.is_empty()
}

/// Whether somebody may take a step now. The sentence that says why not, and what to do.
pub fn may(step: Step, who: Relation, case: &Case) -> Result<(), String> {
    if !who.sees_investigation() {
        return Err("Bara den som handlägger ärendet kan göra det här.".to_owned());
    }
    if !step.belongs(case) {
        return Err(not_now(step, case));
    }
    who_may(step, who, case)?;
    let missing = missing(step, case);
    let Some((last, others)) = missing.split_last() else { return Ok(()) };
    Err(if others.is_empty() {
        format!("Det här saknas: {last}.")
    } else {
        format!("Det här saknas: {} och {last}.", others.join(", "))
    })
}

/// Takes a step: checks it and gives the state that follows. `reason` is what the user wrote, where the step asks for one: that it is
/// missing is said of that field.
pub fn take(step: Step, who: Relation, case: &Case, reason: &str) -> Result<State, FieldError> {
    may(step, who, case)?;
    if step.needs_reason(case) && reason.trim().is_empty() {
        return Err(FieldError { field: "reason".to_owned(), message: "Skriv varför.".to_owned() });
    }
    Ok(step.leads_to(case.state))
}

fn not_now(step: Step, case: &Case) -> String {
    let state = case.state.label().to_lowercase();
    let sentence = match step {
        _ if case.state == State::Avslutad => "Ärendet är avslutat. Öppna det igen om något ska ändras.",
        Step::Misstank => "Misstanken är redan anmäld till lex Sarah-utredaren.",
        Step::BeslutaLexSarah => "Ingen har misstänkt ett missförhållande. Anmäl misstanken först.",
        Step::AnmalIvo if case.ivo.is_some() => "Ärendet är redan anmält till IVO.",
        Step::AnmalIvo => "Bara ett allvarligt missförhållande eller en påtaglig risk för ett sådant anmäls till IVO.",
        Step::SkickaUtredning if case.ivo.is_none() => "Anmäl ärendet till IVO först.",
        Step::SkickaUtredning => "Utredningen är redan skickad till IVO.",
        Step::BeslutaImy => "Ärendet är inte bedömt som en personuppgiftsincident.",
        Step::AnmalImy if case.imy.reported_at.is_some() => "Ärendet är redan anmält till IMY.",
        Step::AnmalImy => "Bara en incident som medför risk för de registrerade anmäls till IMY.",
        Step::Informera if informed(case) => "Det är redan registrerat om de registrerade är informerade.",
        Step::Informera => "De registrerade ska informeras när risken för dem är hög.",
        Step::Aterkoppla if case.anonymous => "Den som lämnade klagomålet är anonym.",
        Step::Aterkoppla => "Återkopplingen är redan registrerad.",
        _ => return format!("Ärendet är {state}, så det steget går inte att ta nu."),
    };
    sentence.to_owned()
}

fn who_may(step: Step, who: Relation, case: &Case) -> Result<(), String> {
    let only_lex_sarah = match step {
        Step::BeslutaLexSarah | Step::AnmalIvo | Step::SkickaUtredning => true,
        Step::Utred | Step::Atgarda | Step::Avsluta | Step::Tillbaka => case.is_lex_sarah(),
        _ => false,
    };
    if only_lex_sarah && !who.lex_sarah {
        return Err(match step {
            Step::BeslutaLexSarah => "Bara lex Sarah-utredaren beslutar om lex Sarah.",
            Step::AnmalIvo | Step::SkickaUtredning => "Bara lex Sarah-utredaren anmäler till IVO.",
            _ => "Lex Sarah gäller, så det är lex Sarah-utredaren som utreder och avslutar ärendet.",
        }
        .to_owned());
    }
    // a case without lex Sarah in it is the unit's own
    let theirs =
        case.awaits_lex_sarah() || case.is_lex_sarah() || matches!(step, Step::Misstank | Step::BeslutaLexSarah);
    if !who.handler && !theirs {
        return Err(
            "Ärendet handläggs av enhetens chefer. Anmäl en misstanke om det kan vara ett missförhållande.".to_owned()
        );
    }
    Ok(())
}

/// What must be there before a step, in words that finish "Det här saknas: …".
fn missing(step: Step, case: &Case) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut need = |there: bool, what: &'static str| {
        if !there {
            out.push(what);
        }
    };
    let decided = !case.awaits_lex_sarah();
    match step {
        Step::Bedom => {
            need(!case.kinds.is_empty(), "vad händelsen är");
            need(!case.kinds.is_from_outside() || case.kategori.is_some(), "kategori");
            need(decided, "lex Sarah-utredarens beslut");
        }
        Step::Utred => need(decided, "lex Sarah-utredarens beslut"),
        Step::Atgarda => {
            investigated(case, &mut need);
            need(decided, "lex Sarah-utredarens beslut");
            need(case.atgarder_open + case.atgarder_done > 0, "minst en åtgärd");
        }
        Step::FoljUpp => {
            need(case.atgarder_open <= 0, "att alla åtgärder är gjorda");
            need(case.follow_up_on.is_some(), "datum för uppföljning");
        }
        Step::Avsluta => {
            need(decided, "lex Sarah-utredarens beslut");
            match case.state {
                // a missförhållande is investigated and remedied (27 kap. 5 § SoL)
                State::Bedomd => need(!case.is_lex_sarah(), "en utredning, som lex Sarah kräver"),
                State::Utreds => {
                    investigated(case, &mut need);
                    need(!case.is_lex_sarah(), "åtgärder och uppföljning, som lex Sarah kräver");
                    need(case.atgarder_open <= 0, "att alla åtgärder är gjorda");
                }
                _ => need(!case.effect.trim().is_empty(), "vilken effekt åtgärderna fick"),
            }
            reported(case, &mut need);
            need(case.anonymous || case.feedback_on.is_some(), "återkoppling till den som rapporterade");
            let internal = case.kinds.has(Kind::Avvikelse) && case.state != State::Bedomd;
            need(!internal || case.group_feedback_on.is_some(), "återkoppling till arbetsgruppen");
        }
        Step::SkickaUtredning => investigated(case, &mut need),
        Step::BeslutaImy => need(case.imy.runs_from().is_some(), "när incidenten upptäcktes"),
        Step::BeslutaLexSarah if case.ivo.is_some() => need(false, "ett nytt ärende: det här är anmält till IVO"),
        Step::Tillbaka
        | Step::AnmalIvo
        | Step::Misstank
        | Step::BeslutaLexSarah
        | Step::AnmalImy
        | Step::Informera
        | Step::Aterkoppla => {}
    }
    out
}

fn investigated(case: &Case, need: &mut impl FnMut(bool, &'static str)) {
    let u = &case.utredning;
    let written = |text: &str| !text.trim().is_empty();
    need(!case.is_lex_sarah() || written(&u.timeline), "händelseförlopp");
    need(written(&u.found), "vad utredningen visar");
    need(written(&u.consequences), "konsekvenser för den enskilde");
    need(u.upprepning.is_some(), "risk för att det händer igen");
    need(!u.orsaker.is_empty(), "minst en bakomliggande orsak");
    need(written(&u.beslut), "beslut");
}

fn reported(case: &Case, need: &mut impl FnMut(bool, &'static str)) {
    if case.goes_to_ivo() {
        need(case.ivo.is_some(), "anmälan till IVO");
        need(case.ivo.as_ref().is_some_and(|ivo| ivo.investigation_on.is_some()), "utredningen skickad till IVO");
    }
    if case.kinds.has(Kind::Pui) {
        need(case.imy.risk.is_some() && !case.imy.motive.trim().is_empty(), "bedömning av risken för de registrerade");
        need(!case.goes_to_imy() || case.imy.reported_at.is_some(), "anmälan till IMY");
        need(case.imy.risk != Some(Risk::Hog) || informed(case), "information till de registrerade, eller varför inte");
    }
}

#[cfg(test)]
mod tests;

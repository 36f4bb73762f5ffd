//! Personuppgiftsincident: the fields that IMY asks for (GDPR art. 33.3), so that the report can be copied from the case.
//!
//! What is written is read off the wall. What comes before what, and how long there is between, is asked of the moments: on
//! two nights a year the hands of the clock go an hour that nobody lived, or an hour less than everybody did.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    intake::{RapportForm, parse_time},
    word::{Drabbade, Forlust, Risk, Uppgifter},
};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    personnummer::varning,
};

/// What is known of an incident. Times are the clock of the place; the caller makes UTC of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// When it began, where known.
    pub began: Option<NaiveDateTime>,
    /// When it ended; none while it goes on or where it is not known.
    pub ended: Option<NaiveDateTime>,
    /// When it was discovered: the 72 hours run from here.
    pub discovered: NaiveDateTime,
    /// What happened to the data.
    pub forlust: Vec<Forlust>,
    /// Groups of data subjects.
    pub drabbade: Vec<Drabbade>,
    /// Kinds of data.
    pub uppgifter: Vec<Uppgifter>,
    /// About how many data subjects, where known.
    pub number: Option<i64>,
    /// Likely consequences; never empty.
    pub consequences: String,
    /// Measures taken or proposed; never empty.
    pub measures: String,
}

/// An incident as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidentForm {
    /// See [`Incident`]: day and time of day.
    pub began_day: String,
    /// `14:30`; empty means the beginning of the day.
    pub began_time: String,
    /// See [`Incident`].
    pub ended_day: String,
    /// `14:30`; empty means the beginning of the day.
    pub ended_time: String,
    /// See [`Incident`].
    pub discovered_day: String,
    /// Must be there: the 72 hours run from it.
    pub discovered_time: String,
    /// Codes of [`Forlust`].
    pub forlust: Vec<String>,
    /// Codes of [`Drabbade`].
    pub drabbade: Vec<String>,
    /// Codes of [`Uppgifter`].
    pub uppgifter: Vec<String>,
    /// See [`Incident`].
    pub number: String,
    /// See [`Incident`].
    pub consequences: String,
    /// See [`Incident`].
    pub measures: String,
}

/// The moment of a time that is read off the wall: the caller knows the clock of the place.
pub type Instant = fn(NaiveDateTime) -> DateTime<Utc>;

fn moment(
    check: &mut Checker,
    name: &str,
    (day, time): (&str, &str),
    now: DateTime<Utc>,
    instant: Instant,
) -> Option<NaiveDateTime> {
    let (day_field, time_field) = (format!("{name}_day"), format!("{name}_time"));
    let date = check.date(&day_field, day, Fits::Past(crate::moment::day(now)));
    let clock = parse_time(time);
    if !time.trim().is_empty() && clock.is_none() {
        check.error(&time_field, "Skriv klockslaget som 14:30.");
    }
    let at = date?.and_time(clock.unwrap_or_default());
    if instant(at) > now {
        check.error(&day_field, "Tiden har inte varit än. Kontrollera dag och klockslag.");
    }
    Some(at)
}

fn chosen<T>(check: &mut Checker, field: &str, codes: &[String], from: fn(&str) -> Option<T>, ask: &str) -> Vec<T> {
    let chosen: Vec<T> = codes.iter().filter_map(|code| from(code.trim())).collect();
    if chosen.is_empty() || chosen.len() < codes.len() {
        check.error(field, ask);
    }
    chosen
}

fn text(check: &mut Checker, field: &str, value: &str, ask: &str) -> String {
    let text = check.text(field, value);
    if text.is_empty() {
        check.error(field, ask);
    } else if let Some(warning) = varning(&text) {
        check.error(field, warning);
    }
    text
}

/// Checks the time of discovery that a report may give: none where no data went astray, or where nobody wrote it. Then the 72
/// hours run from the report.
pub fn check_discovered(
    form: &RapportForm,
    now: DateTime<Utc>,
    instant: Instant,
) -> Result<Option<DateTime<Utc>>, Vec<FieldError>> {
    let mut check = Checker::default();
    let (day, time) = (form.discovered_day.trim(), form.discovered_time.trim());
    if form.pui != "on" || day.is_empty() && time.is_empty() {
        return Ok(None);
    }
    let at = moment(&mut check, "discovered", (day, time), now, instant);
    if day.is_empty() {
        check.error("discovered_day", "Skriv vilken dag det upptäcktes, eller lämna klockslaget tomt.");
    } else if time.is_empty() {
        check.error("discovered_time", "Skriv klockslaget: de 72 timmarna räknas från det.");
    }
    check.finish(at.map(instant))
}

/// Checks what is known of an incident.
pub fn check_incident(form: &IncidentForm, now: DateTime<Utc>, instant: Instant) -> Result<Incident, Vec<FieldError>> {
    let mut check = Checker::default();
    let mut read = |name, day, time| moment(&mut check, name, (day, time), now, instant);
    let began = read("began", &form.began_day, &form.began_time);
    let ended = read("ended", &form.ended_day, &form.ended_time);
    let discovered = read("discovered", &form.discovered_day, &form.discovered_time);
    if form.discovered_day.trim().is_empty() {
        check.error("discovered_day", "Skriv vilken dag incidenten upptäcktes.");
    }
    if form.discovered_time.trim().is_empty() {
        check.error("discovered_time", "Skriv klockslaget: de 72 timmarna räknas från det.");
    }
    if let (Some(began), Some(ended)) = (began, ended)
        && instant(ended) < instant(began)
    {
        check.error("ended_day", "Slutet ligger före början.");
    }
    // only the day of the beginning may be known: then the day is compared
    if let (Some(began), Some(discovered)) = (began, discovered)
        && instant(discovered) < instant(began)
    {
        check.error("discovered_day", "Incidenten kan inte upptäckas innan den började.");
    }
    let forlust =
        chosen(&mut check, "forlust", &form.forlust, Forlust::from_code, "Välj vad som hände med uppgifterna.");
    let drabbade = chosen(&mut check, "drabbade", &form.drabbade, Drabbade::from_code, "Välj vilka som berörs.");
    let uppgifter =
        chosen(&mut check, "uppgifter", &form.uppgifter, Uppgifter::from_code, "Välj vilka uppgifter det gäller.");
    let number = check.int("number", &form.number, 0..=10_000_000);
    let consequences = text(
        &mut check,
        "consequences",
        &form.consequences,
        "Skriv vad det kan få för konsekvenser för de registrerade.",
    );
    let measures = text(&mut check, "measures", &form.measures, "Skriv vad som har gjorts eller ska göras.");
    check.finish(Incident {
        began,
        ended,
        discovered: discovered.unwrap_or_default(),
        forlust,
        drabbade,
        uppgifter,
        number,
        consequences,
        measures,
    })
}

/// Checks the decision on the risk: one of three, and why.
pub fn check_beslut(risk: &str, motive: &str) -> Result<(Risk, String), Vec<FieldError>> {
    let mut check = Checker::default();
    let chosen = Risk::from_code(risk.trim());
    if chosen.is_none() {
        check.error("risk", "Välj hur stor risken är för de registrerade.");
    }
    let motive = text(&mut check, "motive", motive, "Skriv varför, också när IMY inte ska få någon anmälan.");
    check.finish((chosen.unwrap_or(Risk::Hog), motive))
}

/// Checks the report to IMY: when it was made, and why so late where it was later than 72 hours (GDPR art. 33.1).
pub fn check_anmalan(
    reported: DateTime<Utc>,
    delay: &str,
    discovered: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    if reported > now {
        check.error("reported_day", "Tiden har inte varit än. Kontrollera dag och klockslag.");
    } else if reported < discovered {
        check.error("reported_day", "Anmälan kan inte göras innan incidenten upptäcktes.");
    }
    let late = reported - discovered > TimeDelta::hours(72);
    let delay = if late {
        text(&mut check, "delay", delay, "Skriv varför anmälan gjordes senare än 72 timmar efter upptäckten.")
    } else {
        String::new()
    };
    check.finish(delay)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).and_then(|d| d.and_hms_opt(hour, 0, 0)).unwrap()
    }

    fn utc(day: u32, hour: u32) -> DateTime<Utc> {
        at(day, hour).and_utc()
    }

    fn check(form: &IncidentForm) -> Result<Incident, Vec<FieldError>> {
        check_incident(form, utc(23, 9), |at| at.and_utc())
    }

    fn form() -> IncidentForm {
        IncidentForm {
            began_day: "2026-11-19".into(),
            discovered_day: "2026-11-20".into(),
            discovered_time: "17:00".into(),
            forlust: vec!["rojande".into()],
            drabbade: vec!["brukare".into(), "barn".into()],
            uppgifter: vec!["ekonomi".into(), "sekretess".into()],
            number: "3".into(),
            consequences: "Obehöriga kan ha läst en handling.".into(),
            measures: "Handlingen är hämtad.".into(),
            ..IncidentForm::default()
        }
    }

    #[test]
    fn an_incident_holds_what_imy_asks_for() {
        let incident = check(&form()).unwrap();
        assert_eq!((incident.began, incident.ended, incident.discovered), (Some(at(19, 0)), None, at(20, 17)));
        assert_eq!(incident.drabbade, [Drabbade::Brukare, Drabbade::Barn]);
        let fields: Vec<String> = check(&IncidentForm::default()).unwrap_err().into_iter().map(|e| e.field).collect();
        assert_eq!(
            fields,
            ["discovered_day", "discovered_time", "forlust", "drabbade", "uppgifter", "consequences", "measures"]
        );
    }

    #[test]
    fn an_incident_begins_before_it_ends_and_is_discovered_after_it_began_and_not_tomorrow() {
        for (form, field) in [
            (IncidentForm { ended_day: "2026-11-18".into(), ..form() }, "ended_day"),
            (IncidentForm { began_day: "2026-11-21".into(), ..form() }, "discovered_day"),
            (IncidentForm { discovered_day: "2026-11-24".into(), ..form() }, "discovered_day"),
            (IncidentForm { discovered_time: "kväll".into(), ..form() }, "discovered_time"),
            (IncidentForm { drabbade: vec!["kung".into()], ..form() }, "drabbade"),
            (IncidentForm { number: "många".into(), ..form() }, "number"),
            (IncidentForm { measures: "Ringde 070-123 45 67".into(), ..form() }, "measures"),
        ] {
            let errors = check(&form).unwrap_err();
            assert_eq!((errors.len(), errors[0].field.as_str()), (1, field), "{errors:?}");
        }
    }

    #[test]
    fn a_report_may_say_when_it_was_discovered_and_then_says_the_hour() {
        let form = |day: &str, time: &str| RapportForm {
            pui: "on".into(),
            discovered_day: day.into(),
            discovered_time: time.into(),
            ..RapportForm::default()
        };
        let check = |form: &RapportForm| check_discovered(form, utc(23, 9), |at| at.and_utc());
        assert_eq!(check(&form("", "")), Ok(None), "then it runs from the report");
        assert_eq!(check(&form("2026-11-20", "16.00")), Ok(Some(utc(20, 16))));
        for (day, time, field) in [
            ("2026-11-20", "", "discovered_time"),
            ("", "16:00", "discovered_day"),
            ("2026-11-23", "09:30", "discovered_day"),
            ("2026-11-20", "kväll", "discovered_time"),
        ] {
            assert_eq!(check(&form(day, time)).unwrap_err()[0].field, field, "{day} {time}");
        }
        let without = RapportForm { pui: String::new(), ..form("i går", "") };
        assert_eq!(check(&without), Ok(None), "what is not asked for is not read");
    }

    #[test]
    fn the_decision_has_a_motive_also_when_nobody_is_told() {
        assert_eq!(check_beslut("osannolik", "Krypterat."), Ok((Risk::Osannolik, "Krypterat.".into())));
        assert_eq!(check_beslut("osannolik", " ").unwrap_err()[0].field, "motive");
        assert_eq!(check_beslut("", "x").unwrap_err()[0].field, "risk");
    }

    #[test]
    fn a_report_after_72_hours_says_why_it_is_late() {
        let check = |reported, delay| check_anmalan(reported, delay, utc(20, 17), utc(24, 9));
        assert_eq!(check(utc(23, 17), ""), Ok(String::new()));
        assert_eq!(check(utc(23, 18), "").unwrap_err()[0].field, "delay");
        assert_eq!(check(utc(23, 18), "Helg."), Ok("Helg.".into()));
        assert_eq!(check(utc(20, 16), "").unwrap_err()[0].field, "reported_day");
        assert_eq!(check(utc(25, 16), "x").unwrap_err()[0].field, "reported_day");
    }
}

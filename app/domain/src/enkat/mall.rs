//! Mall: the questions that a new enkät can begin with.

use super::{FragaForm, Kind, Questions, check_fraga};

/// What the choice is called in the form of a new enkät.
pub const TRE_EFTER_SAMTAL: &str = "tre_efter_samtal";

/// The three questions that units ask at the end of a call, and kön after them.
#[must_use]
pub fn tre_efter_samtal() -> Questions {
    let forms = [
        (Kind::Val, "Hur upplever du bemötandet under detta möte?", "+ Bra\nDelvis\n- Dåligt"),
        (Kind::JaNejDelvis, "Har du lämnats utrymme för delaktighet under detta möte?", ""),
        (Kind::JaNejDelvis, "Har informationen du fått varit lättförståelig?", ""),
    ];
    let mut questions = Questions { kon: true, list: vec![] };
    for ((kind, text, options), key) in forms.into_iter().zip(1..) {
        let form = FragaForm {
            kind: kind.code().to_owned(),
            text: text.to_owned(),
            options: options.to_owned(),
            ..FragaForm::default()
        };
        // a test sees to it that all of them are right
        if let Ok(question) = check_fraga(&form, key) {
            questions.put(question);
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enkat::Grad;

    #[test]
    fn three_questions_after_a_call_can_be_answered_in_ten_seconds_and_say_what_is_good_and_bad() {
        let questions = tre_efter_samtal();
        assert!(questions.kon && questions.list.len() == 3);
        for question in &questions.list {
            let labels: Vec<&str> = question.options.iter().map(|o| o.label.as_str()).collect();
            assert_eq!((labels.len(), labels[1]), (3, "Delvis"), "{}", question.text);
            assert_eq!((question.grad(0), question.grad(2)), (Grad::Bra, Grad::Dalig), "{}", question.text);
        }
    }
}

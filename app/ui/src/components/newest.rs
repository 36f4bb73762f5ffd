//! Newest: that a list holds the latest of more, where it is as long as it can be.

use leptos::prelude::*;

/// What stands below such a list. `asked`: how many of the `most` that were asked for there were, also of those that the person
/// does not see; `what` they are, in the definite: "mötena".
#[component]
pub fn Newest(asked: usize, most: i64, what: &'static str) -> impl IntoView {
    let full = i64::try_from(asked).unwrap_or(i64::MAX) >= most;
    let most = domain::format::int(most);
    let words = format!("Här visas de {most} senaste {what}. Äldre finns kvar men får inte plats i listan.");
    full.then(|| view! { <p class="help">{words}</p> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_cut_says_so_and_one_that_is_whole_says_nothing() {
        let html = |asked| Owner::new().with(|| view! { <Newest asked most=500 what="besluten"/> }.to_html());
        assert!(html(500).contains("Här visas de 500 senaste besluten. Äldre finns kvar"), "{}", html(500));
        assert!(!html(499).contains("senaste"), "{}", html(499));
    }
}

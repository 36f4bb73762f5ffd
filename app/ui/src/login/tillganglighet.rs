//! `/tillganglighet`: the statement that lagen (2018:1937) om tillgänglighet till digital offentlig service asks for.
//! Says what is known and what is not. Whoever finds or mends a gap changes this page in the same commit.

use leptos::prelude::*;

use crate::{components::PageHead, ctx::Ctx};

/// How accessible the product is, what is missing, how it was tested, and where to complain.
#[component]
pub fn TillganglighetPage() -> impl IntoView {
    let organisation = Ctx::current()
        .ok()
        .and_then(|ctx| ctx.actor.clone())
        .and_then(|actor| actor.tree.walk().first().map(|(_, top)| top.name.clone()));
    let who = match organisation {
        Some(name) => format!("{name} står bakom den här tjänsten."),
        None => "Den organisation som driver den här installationen står bakom tjänsten.".to_owned(),
    };
    view! {
        <PageHead title="Tillgänglighet" sub="Tillgänglighetsredogörelse för Kvalitetshjulet"/>
        <article class="stack loose">
            <section class="stack tight">
                <p class="lead">
                    {who} " Vi vill att så många som möjligt ska kunna använda den. Här står hur Kvalitetshjulet \
                    uppfyller lagen om tillgänglighet till digital offentlig service, vilka brister vi känner till, \
                    och hur du säger till om något inte fungerar för dig."
                </p>
            </section>
            <section class="stack tight">
                <h2>"Hur tillgängligt är Kvalitetshjulet?"</h2>
                <p>
                    "Kvalitetshjulet är byggt för att följa WCAG 2.2 på nivå AA, som är mer än lagens krav (EN 301 549, \
                    WCAG 2.1 AA). Vi bedömer att det till största delen uppfyller lagens krav, men vi har inte \
                    provat allt. Därför kallar vi det delvis förenligt."
                </p>
            </section>
            <KnownGaps/>
            <section class="stack tight">
                <h2>"Hur vi har provat"</h2>
                <p>
                    "Bedömningen är utvecklarnas egen. Ingen utomstående har granskat tjänsten. Inför varje ny version \
                    görs automatiska prov i webbläsaren Chromium, i ljust och mörkt utseende, med verktyget axe. \
                    Automatiska prov hittar bara en del av felen."
                </p>
                <p>
                    "Formulär går att fylla i och skicka utan JavaScript och med enbart tangentbord. Färg är aldrig \
                    ensam om att säga något: varje status har också en egen form och ett ord."
                </p>
            </section>
            <section class="stack tight">
                <h2>"Säg till oss"</h2>
                <p>
                    "Hittar du något som inte fungerar för dig, eller behöver du innehållet på ett annat sätt? Hör av \
                    dig till den som är administratör för Kvalitetshjulet hos dig, eller till din närmaste chef. \
                    Skriv vilken sida det gäller, vad du försökte göra och vilket hjälpmedel du använder."
                </p>
            </section>
            <section class="stack tight">
                <h2>"Tillsyn"</h2>
                <p>
                    "Myndigheten för digital förvaltning, Digg, har tillsyn över lagen. Är du inte nöjd med hur vi \
                    tar hand om det du har sagt till om kan du anmäla det dit, på "
                    <a href="https://www.digg.se/">"digg.se"</a> "."
                </p>
            </section>
        </article>
    }
}

#[component]
fn KnownGaps() -> impl IntoView {
    view! {
        <section class="stack tight">
            <h2>"Brister vi känner till"</h2>
            <ul>
                <li>
                    "Ingen som använder skärmläsare, förstoring eller talstyrning till vardags har provat tjänsten \
                    tillsammans med oss än."
                </li>
                <li>
                    "Årshjulet är en bild med många små märken. Det går att nå med tangentbordet, men är svårt att \
                    överblicka i stark förstoring och med skärmläsare. Samma innehåll finns som lista och som \
                    månadsrutnät på samma sida."
                </li>
                <li>
                    "Planernas månadsrutnät är breda tabeller. På en smal skärm eller i stark förstoring rullas de i \
                    sidled. Samma innehåll finns som lista."
                </li>
                <li>"De Excelfiler som kan laddas ned har vi inte provat med hjälpmedel."</li>
                <li>"Texter och filer som verksamheten själv lägger in har vi inte granskat."</li>
            </ul>
        </section>
    }
}

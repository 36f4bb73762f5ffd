//! Kopplingar: what the case points to and what changed because of it; and its files.

use domain::{
    avvikelse::{State, bilaga::sentences, lank::LankKind},
    format,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::Data;
use crate::{
    avvikelse::{
        BILAGA_ACCEPT,
        case_api::{CreateAvvikelseLank, RemoveAvvikelseLank, RemoveBilaga},
    },
    components::{Empty, ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField},
    moment::stamp,
};

/// The tab: what changed because of this.
pub fn links(data: &Data) -> AnyView {
    let closed = data.a.case.state == State::Avslutad;
    let atgarder = data.atgarder.iter().map(|a| {
        let href = format!("/atgarder/{}", a.id);
        view! { <li><a href=href>{a.title.clone()}</a> {format!(" · åtgärd, {}", a.status().label().to_lowercase())}</li> }
    });
    let revised = data.a.links.iter().filter(|l| !l.changed.is_empty());
    let all: Vec<_> = atgarder
        .map(IntoAny::into_any)
        .chain(revised.map(|l| {
            view! { <li>{l.changed.clone()} {format!(" · {}, {}", l.label, l.kind.label().to_lowercase())}</li> }
                .into_any()
        }))
        .collect();
    let what_changed = if all.is_empty() {
        view! { <p class="card-text">"Inget än. Åtgärder och det du skriver under en koppling samlas här."</p> }
            .into_any()
    } else {
        view! { <ul class="card-text stack tight">{all}</ul> }.into_any()
    };
    let rows = data
        .a
        .links
        .iter()
        .enumerate()
        .map(|(n, l)| {
            // what was stored before the check was this strict is a text
            let name = match domain::link::local(&l.href) {
                None => view! { <p class="row-title">{l.label.clone()}</p> }.into_any(),
                Some(href) => view! { <a class="row-title" href=href.to_owned()>{l.label.clone()}</a> }.into_any(),
            };
            let remove = (!closed).then(|| {
                view! {
                    <form method="post" action=RemoveAvvikelseLank::PATH>
                        {data.ids()} <Hidden name="place" value=n.to_string()/>
                        <button class="button quiet small" aria-label=format!("Ta bort {}", l.label)>"Ta bort"</button>
                    </form>
                }
            });
            let meta = if l.changed.is_empty() {
                l.kind.label().to_owned()
            } else {
                format!("{} · ändrat: {}", l.kind.label(), l.changed)
            };
            view! {
                <li class="row">
                    <div class="row-text">{name} <p class="row-meta">{meta}</p></div>
                    <div class="row-actions">{remove}</div>
                </li>
            }
        })
        .collect_view();
    let none = data.a.links.is_empty();
    let state = FormState::of(CreateAvvikelseLank::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let kinds = LankKind::ALL.map(|k| (k.code().to_owned(), k.label().to_owned()));
    let kinds = std::iter::once((String::new(), "Välj".to_owned())).chain(kinds).collect::<Vec<_>>();
    let plan = std::iter::once((String::new(), "Något annat".to_owned()));
    let plan: Vec<_> = plan.chain(data.plan.iter().cloned()).collect();
    let add = (!closed).then(|| {
        view! {
            <section class="card">
                <div class="card-head"><h2>"Lägg till en koppling"</h2></div>
                <form class="form card-text" method="post" action=CreateAvvikelseLank::PATH>
                    <ErrorSummary state=s()/>
                    {data.ids()}
                    <SelectField state=s() name="choice" label="Vad hänger det ihop med?" options=plan required=true/>
                    <div class="not-chosen stack">
                        <SelectField state=s() name="kind" label="Vad är det?" options=kinds required=true/>
                        <TextField state=s() name="label" label="Vad heter det?" required=true/>
                        <TextField state=s() name="href" label="Adress här i Kvalitetshjulet" help="Klistra in från adressfältet."/>
                    </div>
                    <TextArea state=s() name="changed" label="Vad ändrades i den?" rows=2/>
                    <div class="form-actions"><button class="button secondary">"Lägg till"</button></div>
                </form>
            </section>
        }
    });
    view! {
        <div class="two-col">
            <div class="stack loose">
                <section class="card">
                    <div class="card-head"><h2>"Vad ändrades av det här?"</h2></div>
                    {what_changed}
                </section>
                <section class="card">
                    <div class="card-head"><h2>"Hänger ihop med"</h2></div>
                    {none.then(|| view! { <p class="card-text">"Ingen koppling än."</p> })}
                    <ul class="rows">{rows}</ul>
                </section>
            </div>
            <aside class="stack">{add}</aside>
        </div>
    }
    .into_any()
}

/// The tab: files.
pub fn files(data: &Data) -> AnyView {
    let closed = data.a.case.state == State::Avslutad;
    let id = data.key();
    let rows = data
        .files
        .iter()
        .map(|f| {
            let href = format!("/avvikelser/{id}/bilagor/{}", f.id);
            let kb = format!("{} kB", format::int((f.size + 1023) / 1024));
            let remove = (!closed).then(|| {
                view! {
                    <form method="post" action=RemoveBilaga::PATH>
                        <Hidden name="id" value=id.clone()/>
                        <Hidden name="bilaga" value=f.id.to_string()/>
                        <button class="button quiet small" aria-label=format!("Ta bort {}", f.name)>"Ta bort"</button>
                    </form>
                }
            });
            view! {
                <li class="row">
                    <div class="row-text">
                        <a class="row-title" href=href download="">{f.name.clone()}</a>
                        <p class="row-meta">{format!("{kb} · {} · {}", f.who, stamp(f.at))}</p>
                        {(!f.removed.is_empty()).then(|| view! { <p class="row-meta">{sentences(&f.removed)}</p> })}
                    </div>
                    <div class="row-actions">{remove}</div>
                </li>
            }
        })
        .collect_view();
    let path = format!("/avvikelser/{id}/bilagor");
    let state = FormState::of(&path, None);
    let add = if !data.ctx.attachments {
        view! { <p class="notice">"Filer kan inte bifogas: servern har ingen nyckel att låsa dem med. Administratören ordnar det."</p> }
            .into_any()
    } else if closed {
        ().into_any()
    } else {
        let error = state.error("fil");
        let invalid = error.is_some();
        view! {
            <section class="card">
                <div class="card-head"><h2>"Bifoga en fil"</h2></div>
                <form class="form card-text" method="post" enctype="multipart/form-data" action=path>
                    <ErrorSummary state=state.clone()/>
                    <div class="field" class:invalid=invalid>
                        <label for="fil">"Fil"</label>
                        <p class="help" id="fil-hjalp">"Pdf, png, jpg eller docx, högst 10 MB. Filen lagras låst. Var en bild är tagen tas bort."</p>
                        {error.map(|e| view! { <p class="field-error">{e}</p> })}
                        <input id="fil" type="file" name="fil" accept=BILAGA_ACCEPT aria-describedby="fil-hjalp"/>
                    </div>
                    <div class="form-actions"><button class="button">"Bifoga"</button></div>
                </form>
            </section>
        }
        .into_any()
    };
    let none = data.files.is_empty();
    let may_add = data.ctx.attachments && !closed;
    view! {
        <div class="two-col">
            <div class="stack">
                {none
                    .then(|| {
                        if may_add {
                            view! {
                                <Empty title="Inga filer" text="Bifoga det som hör till ärendet, till exempel anmälan till IVO.">
                                    <p><a class="button secondary" href="#fil">"Till formuläret"</a></p>
                                </Empty>
                            }
                                .into_any()
                        } else {
                            view! { <Empty title="Inga filer" text="Det finns ingen fil som hör till ärendet."/> }.into_any()
                        }
                    })}
                {(!none).then(|| view! { <div class="card"><ul class="rows">{rows}</ul></div> })}
            </div>
            <aside class="stack">{add}</aside>
        </div>
    }
    .into_any()
}

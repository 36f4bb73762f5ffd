//! Worker: asks the service worker (`style/assets/sw.js`) to keep what opens without network.

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ServiceWorkerContainer};

use crate::contract::WORKER;
use crate::dom::{self, Find, document, window};

/// The service worker of this origin, where the browser has such.
pub fn container() -> Option<ServiceWorkerContainer> {
    let navigator = JsValue::from(window().navigator());
    // only over https and on this machine; elsewhere everything works but the page without network
    js_sys::Reflect::has(&navigator, &"serviceWorker".into()).ok().filter(|has| *has)?;
    Some(window().navigator().service_worker())
}

/// Whether the page that is open is one that the device had kept, and not one that the server gave just now.
#[must_use]
pub fn is_kept() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-kept"))
}

/// Lets the service worker keep the files of this page, and with `page` the page itself.
pub fn keep(page: bool) {
    let Some(container) = container() else { return };
    let _ = container.register(WORKER);
    let Ok(ready) = container.ready() else { return };
    spawn_local(async move {
        let Ok(registration) = wasm_bindgen_futures::JsFuture::from(ready).await else { return };
        let registration: web_sys::ServiceWorkerRegistration = registration.unchecked_into();
        let Some(active) = registration.active() else { return };
        let files = js_sys::Array::new();
        for link in document().every::<Element>("link[href^='/pkg/'],link[href^='/fonts/'],link[href^='/favicon']") {
            files.push(&dom::attr(&link, "href").into());
        }
        let programs = document().document_element().map(|e| dom::attr(&e, "data-programs")).unwrap_or_default();
        for file in programs.split_whitespace() {
            files.push(&file.into());
        }
        if page && let Ok(path) = window().location().pathname() {
            files.push(&path.into());
        }
        let _ = active.post_message(&files);
    });
}

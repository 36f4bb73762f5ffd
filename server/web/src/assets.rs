//! The built front and the fonts, embedded in the binary: served with hashed names for ever, compressed in advance.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use rust_embed::RustEmbed;
use ui::ctx::{Assets, Program};

/// What scripts/site.mjs has put together. Missing in a plain `cargo build`: pages are then served without style and script.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../target/site"]
#[allow_missing = true]
struct Site;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Names without a hash: kept, but asked about each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: HeaderValue,
    etag: HeaderValue,
    cache: HeaderValue,
}

static FILES: LazyLock<HashMap<String, File>> = LazyLock::new(|| {
    let compressed = |name: &str| matches!(name.rsplit_once('.'), Some((_, "br" | "gz")));
    Site::iter().filter(|name| !compressed(name)).filter_map(|name| Some((name.to_string(), load(&name)?))).collect()
});

static NAMES: LazyLock<Arc<Assets>> = LazyLock::new(|| {
    // up to a dot: `kvalitetshjulet` is the beginning of the names of all
    let find = |stem: &str, suffix: &str| {
        let of = |name: &&String| {
            name.strip_prefix("pkg/").and_then(|n| n.split('.').next()) == Some(stem) && name.ends_with(suffix)
        };
        let mut found: Vec<_> = FILES.keys().filter(of).collect();
        // with a hash before one without, should an older build lie beside
        found.sort_by_key(|name| (!is_hashed(name), name.len()));
        found.first().map_or_else(String::new, |name| format!("/{name}"))
    };
    let program = |name: &str| Program { js: find(name, ".js"), wasm: find(&format!("{name}_bg"), ".wasm") };
    Arc::new(Assets {
        css: find("kvalitetshjulet", ".css"),
        every: program("kvalitetshjulet"),
        entry: program("kvalitetshjulet_entry"),
    })
});

/// The names that pages link to; empty where nothing has been built.
#[must_use]
pub fn names() -> Arc<Assets> {
    Arc::clone(&NAMES)
}

/// A built file, or 404.
pub async fn get(uri: Uri, headers: HeaderMap) -> Response {
    match FILES.get(uri.path().trim_start_matches('/')) {
        Some(file) => file.answer(&headers),
        None => (StatusCode::NOT_FOUND, "Filen finns inte.").into_response(),
    }
}

impl File {
    fn answer(&self, request: &HeaderMap) -> Response {
        let accepts = |coding: &str| accepts(request, coding);
        let (body, coding) = match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepts("br") => (body, Some(HeaderValue::from_static("br"))),
            (_, Some(body)) if accepts("gzip") => (body, Some(HeaderValue::from_static("gzip"))),
            _ => (&self.plain, None),
        };
        let unchanged = request.get(header::IF_NONE_MATCH).is_some_and(|known| *known == self.etag);
        let mut response =
            if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(body.clone())) };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if !unchanged {
            headers.insert(header::CONTENT_TYPE, self.content_type.clone());
            if let Some(coding) = coding {
                headers.insert(header::CONTENT_ENCODING, coding);
            }
        }
        response
    }
}

fn load(name: &str) -> Option<File> {
    let bytes = |file: rust_embed::EmbeddedFile| match file.data {
        std::borrow::Cow::Borrowed(data) => Bytes::from_static(data),
        std::borrow::Cow::Owned(data) => Bytes::from(data),
    };
    let file = Site::get(name)?;
    let hash = u64::from_be_bytes(*file.metadata.sha256_hash().first_chunk()?);
    let guessed = mime_guess::from_path(name).first_or_octet_stream();
    let content_type = match guessed.type_().as_str() {
        "text" => format!("{guessed}; charset=utf-8"),
        _ => guessed.to_string(),
    };
    Some(File {
        plain: bytes(file),
        brotli: Site::get(&format!("{name}.br")).map(bytes),
        gzip: Site::get(&format!("{name}.gz")).map(bytes),
        content_type: HeaderValue::from_str(&content_type).ok()?,
        // weak: the same for the file and its compressed forms
        etag: HeaderValue::from_str(&format!("W/\"{hash:016x}\"")).ok()?,
        cache: if is_hashed(name) { FOR_EVER } else { ASK_AGAIN },
    })
}

/// Whether the name holds a hash: scripts/site.mjs writes `kvalitetshjulet.<hash>.js`, 22 characters of base64.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let parts: Vec<&str> = file.split('.').collect();
    parts.len() >= 3 && parts[1..parts.len() - 1].iter().any(|part| part.len() >= 16)
}

/// Whether the client takes this coding.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(|item| item.split_once(';').map_or((item.trim(), ""), |(name, q)| (name.trim(), q.trim())))
        .any(|(name, q)| name.eq_ignore_ascii_case(coding) && !matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_with_the_content_are_kept_for_ever() {
        assert!(is_hashed("pkg/kvalitetshjulet.9vQ2Tn3-hE0dJY5q1Lk8Wg.js"));
        assert!(!is_hashed("pkg/kvalitetshjulet.js"));
        assert!(!is_hashed("favicon.svg"));
        assert!(!is_hashed("fonts/atkinson-hyperlegible-next.woff2"));
    }

    #[test]
    fn a_compressed_file_goes_only_to_those_who_take_it() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            headers
        };
        assert!(accepts(&with("gzip, deflate, br, zstd"), "br"));
        assert!(accepts(&with("br;q=0.5"), "br"));
        assert!(!accepts(&with("gzip, br;q=0"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}

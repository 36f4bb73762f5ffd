//! Server functions. Programs get their JSON with the right status; a form that was posted gets a page: the answer is left
//! in the session and the browser is sent back, so that nothing typed is lost, nor put in an address.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request, State},
    response::{IntoResponse, Response},
};
use domain::{field::at_most, random};
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use server_fn::{ServerFn, error::SERVER_FN_ERROR_HEADER};
use ui::{
    error::AppError,
    flash::{Done, Flash, Submitted},
    konto::api::SetPassword,
};

use crate::{
    extract::Visitor,
    form::{self, Fields},
    gate::Hasty,
    link, once, one_time, plain,
    sakerhet::Refused,
    session,
    state::AppState,
    utloggad,
};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Every server function.
pub async fn run(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let path = parts.uri.path().to_owned();
    if server_fn::axum::get_server_fn_service(&path, parts.method.clone()).is_none() {
        return plain::answer(&parts.headers, &AppError::NotFound);
    }
    let body = match form::read(&parts.headers, body).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let posted = (parts.method == Method::POST && plain::wants_html(&parts.headers)).then(|| {
        let mut fields = if form::is_form(&parts.headers) { Fields::parse(&body) } else { Fields::default() };
        // a form that is sent again says where it stands, for the page it is sent from does not
        let said = fields.take(plain::BACK).and_then(|back| link::local(&back));
        Posted {
            fields,
            from: said.or_else(|| link::referer(&parts.headers, state.settings.public_url.as_deref())),
            action: path.clone(),
            origin: link::origin(&parts.headers, state.settings.public_url.as_deref()),
        }
    });
    let headers = parts.headers.clone();
    let mut outcome = match parts.extensions.get::<Hasty>().copied() {
        Some(Hasty(seconds)) => Err(AppError::Wait(seconds)),
        None => answered(&state, &visitor, parts, body).await,
    };
    if let (Ok(_), SetPassword::PATH, Some(actor)) = (&outcome, path.as_str(), &visitor.actor) {
        // the new password ends the person's sessions; this one, where it was chosen, goes on
        let followed = async {
            session::follow_epoch(&state, &visitor.session, actor.person).await?;
            one_time::release(&visitor.session).await
        };
        if let Err(error) = followed.await {
            outcome = Err(error);
        }
    }
    let Some(posted) = posted else {
        return match outcome {
            Ok(response) => response,
            Err(error) => failure(&error),
        };
    };
    let refused = matches!(outcome, Err(AppError::Forbidden | AppError::NotFound));
    match posted.answer(&state, &visitor, outcome).await {
        Ok(mut response) => {
            if refused {
                response.extensions_mut().insert(Refused);
            }
            response
        }
        Err(error) => plain::answer(&headers, &error),
    }
}

/// What the server function says.
async fn answered(state: &AppState, visitor: &Visitor, mut parts: Parts, body: Bytes) -> Result<Response, AppError> {
    // for a browser, leptos_axum would redirect by itself and write the error into the address
    parts.headers.insert(header::ACCEPT, JSON);
    let ctx = state.ctx(visitor.actor.clone(), visitor.device.clone(), visitor.login.clone(), Flash::default());
    let request = Request::from_parts(parts, Body::from(body));
    let response = leptos_axum::handle_server_fns_with_context(move || ctx.clone().provide(), request).await;
    read(response.into_response()).await
}

/// A form as it was posted.
struct Posted {
    action: String,
    fields: Fields,
    /// The page that it stands on, where the browser says which.
    from: Option<String>,
    /// The address of this site as its users write it.
    origin: String,
}

impl Posted {
    async fn answer(
        self,
        state: &AppState,
        visitor: &Visitor,
        outcome: Result<Response, AppError>,
    ) -> Result<Response, AppError> {
        let logged_in = visitor.actor.is_some();
        let back = self.from.clone().unwrap_or_else(|| "/".to_owned());
        let error = match outcome {
            Ok(response) => {
                let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
                let done = done(response).await;
                if let Some(secret) = &done.secret {
                    // shown in the answer itself, and kept nowhere
                    return Ok(once::page(secret, done.to.as_deref().unwrap_or(&back), &self.origin));
                }
                if done.toast.is_some() {
                    let flash = Flash { submitted: None, toast: done.toast };
                    session::leave(state, &visitor.session, flash, logged_in).await?;
                }
                let mut response = link::see_other(done.to.as_deref().unwrap_or(&back));
                // the theme of this device is a cookie
                for cookie in cookies {
                    response.headers_mut().append(header::SET_COOKIE, cookie);
                }
                return Ok(response);
            }
            Err(error) => error,
        };
        let (errors, problem) = match &error {
            AppError::Invalid(errors) => (errors.clone(), None),
            AppError::LoggedOut => {
                let problem = "Du hade blivit utloggad, så inget sparades. Det du skrev finns kvar här. Spara igen.";
                (vec![], Some(problem.to_owned()))
            }
            other => (vec![], Some(other.message())),
        };
        if error.is_not_now() {
            let typed = self.fields.0.len();
            let fields = self.fields.without_passwords();
            // a password is not written into a page
            return if fields.len() == typed {
                Ok(plain::send_again(&self.action, &fields, &back, &error))
            } else {
                Err(error)
            };
        }
        let fields = self.fields.without_passwords();
        let overtaken = matches!(error, AppError::Conflict(_));
        let submitted = Submitted { action: self.action, fields, errors, problem, overtaken };
        if error != AppError::LoggedOut {
            let flash = Flash { submitted: Some(submitted), toast: None };
            session::leave(state, &visitor.session, flash, logged_in).await?;
            return Ok(link::see_other(&format!("{back}#fel")));
        }
        utloggad::answer(state, &visitor.session, submitted, self.from.as_deref()).await
    }
}

/// Tells an answer from an error. An error without a reference gets one here.
async fn read(response: Response) -> Result<Response, AppError> {
    let failed = response.headers().contains_key(SERVER_FN_ERROR_HEADER) || response.status().is_server_error();
    if !failed {
        return Ok(response);
    }
    // an error is as long as the longest list of field errors
    let body = to_bytes(response.into_body(), form::FORM_MAX).await.unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or_else(|_| AppError::Internal(String::new()));
    Err(match error {
        AppError::Internal(reference) if reference.len() != random::reference().len() => {
            let new = random::reference();
            tracing::error!(reference = new, cause = reference, "server function failed");
            AppError::Internal(new)
        }
        other => other,
    })
}

/// What a form function says when it went well. One that says nothing leads back to its page.
async fn done(response: Response) -> Done {
    let body = to_bytes(response.into_body(), form::FORM_MAX).await.unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_default()
}

fn failure(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match error {
        AppError::Invalid(errors) => serde_json::to_vec(&AppError::Invalid(at_most(errors.clone()))),
        other => serde_json::to_vec(other),
    };
    plain::waiting((status, [(header::CONTENT_TYPE, JSON)], body.unwrap_or_default()).into_response(), error)
}

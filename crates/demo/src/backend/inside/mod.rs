//! The real service over a store in memory, inside the page: what `trunk serve` needs no server for.

mod breached;
mod clock;
mod cookies;
mod exchange;
mod seed;

use super::{Channel, Message};
use axum::Router;
use clock::PageClock;
use cookies::Jar;
use futures_util::future::{FutureExt, LocalBoxFuture, Shared};
use sspr_service::{Outgoing, OutgoingBody, Service, store::Delivery};
use std::{cell::RefCell, rc::Rc, sync::Arc};
use wasm_bindgen::JsValue;
use web_sys::{Request, Response};

/// Messages delivered at one look.
const AT_ONCE: u32 = 20;

/// Seconds in which they are shown.
const LEASE: u32 = 60;

/// The service and what a server would hold around it.
struct Inside {
    service: Service,
    router: Router,
    clock: Arc<PageClock>,
    jar: RefCell<Jar>,
}

/// Everybody waits for the same start; it fails for everybody with the same reason.
type Starting = Shared<LocalBoxFuture<'static, Result<Rc<Inside>, String>>>;

thread_local! {
    static INSIDE: Starting = start().boxed_local().shared();
}

async fn start() -> Result<Rc<Inside>, String> {
    let clock = Arc::new(PageClock::default());
    let service = seed::service(clock.clone()).await?;
    let router = sspr_api::router(service.clone(), sspr_api::Options::default());
    Ok(Rc::new(Inside { service, router, clock, jar: RefCell::default() }))
}

async fn inside() -> Result<Rc<Inside>, String> {
    INSIDE.with(Clone::clone).await
}

/// Answers a request as a server would.
pub(crate) async fn answer(request: Request) -> Result<Response, JsValue> {
    let inside = inside().await.map_err(|reason| js_sys::TypeError::new(&reason))?;
    exchange::exchange(inside.router.clone(), &inside.jar, request).await
}

/// Takes what waits in the outbox, oldest first. A delivery to a panel of the page cannot fail.
pub(crate) async fn deliver() -> Vec<Message> {
    let Ok(inside) = inside().await else { return Vec::new() };
    let outgoing = inside.service.next_messages(AT_ONCE, LEASE).await.unwrap_or_default();
    let mut delivered = Vec::with_capacity(outgoing.len());
    for message in outgoing {
        // A settlement that is lost only shows the message again after its lease.
        let _ = inside.service.settle_message(&message.id, message.attempts, Delivery::Finished).await;
        delivered.extend(shown(message));
    }
    // The store forgets what is over, as the server's worker does.
    let _ = inside.service.sweep().await;
    delivered
}

/// Lets so many seconds pass for the service.
pub(crate) async fn let_time_pass(seconds: u32) {
    if let Ok(inside) = inside().await {
        inside.clock.pass(seconds);
    }
}

fn shown(message: Outgoing) -> Option<Message> {
    let (channel, to, subject, text) = match message.body {
        OutgoingBody::Email { to, subject, text, .. } => (Channel::Email, to, Some(subject), text),
        OutgoingBody::Sms { to, text } => (Channel::Sms, to, None, text),
        OutgoingBody::Voice { to, text, .. } => (Channel::Voice, to, None, text),
        // There is no identity provider in the page.
        OutgoingBody::Revocation(_) => return None,
    };
    Some(Message { id: message.id, channel, to, subject, text })
}

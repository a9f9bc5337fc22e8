//! What every handler can reach.

use crate::{Options, shed::Places};
use axum::extract::FromRef;
use sspr_service::{Caller, Service};
use std::sync::Arc;

/// The service and how the router behaves; cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    /// The rules.
    pub(crate) service: Service,
    /// How the router behaves.
    pub(crate) options: Arc<Options>,
    /// Languages that the service's texts exist in, the default first.
    pub(crate) locales: Arc<[String]>,
    /// Requests under way.
    pub(crate) places: Places,
}

impl AppState {
    /// Asks the service for its languages once.
    pub(crate) fn new(service: Service, options: Options) -> Self {
        let locales = service.describe(&Caller::default()).locales.into();
        let places = Places::new(options.requests_at_once);
        Self { service, options: Arc::new(options), locales, places }
    }
}

impl FromRef<AppState> for Service {
    /// By the policy that is in force now.
    fn from_ref(state: &AppState) -> Self {
        state.service.current()
    }
}

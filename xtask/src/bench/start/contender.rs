//! The pages that are compared. Each has the form alone, embedded as its maker's README says.

use std::fs;
use std::path::PathBuf;

use crate::package;
use crate::paths;
use crate::size::POLICY;
use crate::trouble::{Doing, Outcome};
use crate::words::packages::{HANKO, OKTA};

use super::site::{Body, Site};

/// One page.
pub(super) struct Contender {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    pub(super) licence: &'static str,
    /// Its path on the site.
    pub(super) path: &'static str,
    html: &'static str,
    /// Its Content-Security-Policy. The others have none.
    policy: Option<&'static str>,
    /// The event that says that the form is live. Without one, it is live when its first field and its button are there.
    pub(super) event: Option<&'static str>,
}

/// Okta's page, with one of its bundles.
macro_rules! okta {
    ($bundle:literal) => {
        concat!(
            r##"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Start</title><link rel="icon" href="data:,">
<script src="/okta/js/"##,
            $bundle,
            r##""></script>
<link href="/okta/css/okta-sign-in.min.css" rel="stylesheet"></head>
<body><div id="osw-container"></div>
<script>
new OktaSignIn({
  issuer: location.origin + "/oauth2/default", clientId: "start", redirectUri: location.origin + "/", useClassicEngine: true,
}).showSignIn({ el: "#osw-container" });
</script></body>"##
        )
    };
}

/// Ours first.
pub(super) const CONTENDERS: [Contender; 4] = [
    Contender {
        name: "sspr-widget",
        version: env!("CARGO_PKG_VERSION"),
        licence: "MIT or Apache-2.0",
        path: "/ours",
        html: r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Start</title><link rel="icon" href="data:,">
<script type="module" src="/embed/sspr-widget.js"></script>
<sspr-reset></sspr-reset>"#,
        policy: Some(POLICY),
        event: Some("sspr-ready"),
    },
    Contender {
        name: "Hanko Elements",
        version: HANKO.version,
        licence: "MIT",
        path: "/hanko",
        html: r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Start</title><link rel="icon" href="data:,">
<hanko-auth></hanko-auth>
<script type="module">
import { register } from "/hanko/elements.js";
await register(location.origin + "/hanko/api");
</script>"#,
        policy: None,
        event: None,
    },
    Contender {
        name: "Okta Sign-In Widget, classic bundle",
        version: OKTA.version,
        licence: "Apache-2.0",
        path: "/okta?classic",
        html: okta!("okta-sign-in.classic.min.js"),
        policy: None,
        event: None,
    },
    Contender {
        name: "Okta Sign-In Widget, standard bundle",
        version: OKTA.version,
        licence: "Apache-2.0",
        path: "/okta?standard",
        html: okta!("okta-sign-in.min.js"),
        policy: None,
        event: None,
    },
];

/// What Hanko's API says first, as far as its form reads it: the identifier is asked for. Our own words, after its
/// published types.
const HANKO_LOGIN: &str = r#"{"name":"login_init","status":200,"payload":{},"csrf_token":"start","actions":{
"continue_with_login_identifier":{"action":"continue_with_login_identifier","href":"/login?action=continue_with_login_identifier",
"inputs":{"identifier":{"name":"identifier","type":"string","required":true,"max_length":320}},"description":""}}}"#;

/// What it says after that: the password is asked for.
const HANKO_PASSWORD: &str = r#"{"name":"login_password","status":200,"payload":{},"csrf_token":"start","actions":{
"password_login":{"action":"password_login","href":"/login?action=password_login",
"inputs":{"password":{"name":"password","type":"password","required":true}},"description":""}}}"#;

/// Everything that the pages ask for.
pub(super) fn site() -> Outcome<Site> {
    let mut site = Site::default();
    for contender in &CONTENDERS {
        site.put(
            contender.path,
            Body::compressed("text/html", contender.html.into())?.policy(contender.policy),
        );
    }

    for file in package::files_below(&package::embed()) {
        let name = file.strip_prefix(package::embed()).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        // What comes before the form is live; the rest is large.
        if !name.starts_with("words/") && !name.starts_with("locales/") {
            site.put_file(&format!("/embed/{name}"), &file)?;
        }
    }
    let golden = paths::root().join("crates/core/tests/golden");
    site.put("/sspr/v1/describe", json(golden.join("description.json"))?);
    site.put("/sspr/v1/recovery", json(golden.join("flow-choose.json"))?);

    site.put_file("/hanko/elements.js", &HANKO.folder()?.join("dist/elements.js"))?;
    for (path, answer) in [
        ("/hanko/api/login", HANKO_LOGIN),
        ("/hanko/api/login?action=continue_with_login_identifier", HANKO_PASSWORD),
        ("/hanko/api/sessions/validate", r#"{"is_valid":false}"#),
    ] {
        site.put(path, Body::compressed("application/json", answer.into())?);
    }

    let okta = OKTA.folder()?.join("dist");
    for name in ["js/okta-sign-in.classic.min.js", "js/okta-sign-in.min.js", "css/okta-sign-in.min.css"] {
        site.put_file(&format!("/okta/{name}"), &okta.join(name))?;
    }
    // Fonts and pictures that the styles name.
    for folder in ["font", "img"] {
        for file in package::files_below(&okta.join(folder)) {
            let name = file.strip_prefix(&okta).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&file).doing(|| format!("read {}", file.display()))?;
            site.put(&format!("/okta/{name}"), Body::plain(&name, bytes));
        }
    }
    Ok(site)
}

fn json(file: PathBuf) -> Outcome<Body> {
    let bytes = fs::read(&file).doing(|| format!("read {}", file.display()))?;
    Body::compressed("application/json", bytes)
}

//! The files of `server.static_dir`: the page, the widget and what it loads.

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use std::path::Path;
use tower_http::services::ServeDir;

/// What a page of ours may load and do: its own files alone. WebAssembly needs its own word; Trusted Types without a
/// policy rule out every way from a text to markup or script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types sspr";

/// A name that contains a hash of the content never changes its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Everything else is asked for again; the answer is usually 304.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Serves a folder; where `file.br` or `file.gz` lies beside a file and the browser takes it, that is sent.
pub(super) fn serve(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(middleware::from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    let cache = if has_hash(request.uri().path()) { FOREVER } else { ASK_AGAIN };
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == 304;
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    headers.insert(header::CACHE_CONTROL, if found { cache } else { ASK_AGAIN });
    response
}

/// Whether the name carries a hash as Trunk writes it: 16 hexadecimal digits after a hyphen.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        digits == 16 && matches!(part.as_bytes().get(16), None | Some(b'.' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use tower::ServiceExt;

    #[test]
    fn only_names_with_a_hash_are_kept_forever() {
        assert!(has_hash("/embed/sspr-reset-0123456789abcdef.js"));
        assert!(has_hash("/sspr-demo-0123456789abcdef_bg.wasm"));
        assert!(!has_hash("/embed/sspr-reset.js"));
        assert!(!has_hash("/sspr-0123456789abcdef0.js"));
        assert!(!has_hash("/a-0123456789abcdef/page.html"));
    }

    #[tokio::test]
    async fn files_come_with_their_type_and_smallest_form_under_a_strict_policy() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("a.wasm", "plain"), ("a.wasm.br", "small"), ("index.html", "<p>")] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let get = async |path: &str| {
            let request = Request::get(path).header("accept-encoding", "br").body(Body::empty()).unwrap();
            serve(folder.path()).oneshot(request).await.unwrap()
        };
        let wasm = get("/a.wasm").await;
        assert_eq!(wasm.headers()["content-type"], "application/wasm");
        assert_eq!(wasm.headers()["content-encoding"], "br");
        assert_eq!(wasm.headers()["cache-control"], "no-cache");
        let page = get("/").await;
        assert_eq!(page.headers()["content-type"], "text/html");
        assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("trusted-types sspr"));
        assert_eq!(get("/../Cargo.toml").await.status(), 404);
    }
}

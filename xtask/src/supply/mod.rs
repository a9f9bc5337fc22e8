//! The supply chain: what is shipped is listed (`sbom`), held against known advisories (`advisories`), and comes out alike
//! wherever it is built (`reproduce`). Licences, bans and sources are `crate::licenses`. See `docs/supply-chain.md`.

pub(crate) mod advisories;
pub(crate) mod lock;
pub(crate) mod reproduce;
pub(crate) mod sbom;

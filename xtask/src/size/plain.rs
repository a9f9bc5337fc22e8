//! What a plain Yew page with one form and one POST weighs: the crate `xtask/plain-yew`, built by Trunk with the profile
//! and the parameters of the widget's modules.

use std::fs;
use std::path::Path;

use super::count::brotli;
use crate::package;
use crate::paths;
use crate::process::Run;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome};

const NAME: &str = "plain-yew";

/// The bytes that a browser loads until the page is live, under Brotli 11, without the page itself.
pub(super) struct Plain {
    /// The program.
    pub(super) module: usize,
    /// Its glue, minified as ours is.
    pub(super) glue: usize,
    /// Its glue as Trunk leaves it.
    pub(super) glue_of_trunk: usize,
}

impl Plain {
    pub(super) fn total(&self) -> usize {
        self.module + self.glue
    }

    /// Builds the page and weighs it.
    pub(super) fn weigh() -> Outcome<Plain> {
        let tools = Tools::for_packaging()?;
        let folder = paths::target().join(NAME);
        let configuration = paths::root().join("xtask").join(NAME).join("Trunk.toml");
        Run {
            what: "build a plain Yew page",
            awaits: "Trunk and cargo, which optimise for size",
            advice: "correct what the compiler says above",
        }
        .quietly(
            tools
                .trunk()?
                .arg("--config")
                .arg(&configuration)
                .args(["build", "--release", "--dist"])
                .arg(&folder),
        )?;
        let glue = folder.join(format!("{NAME}.js"));
        let minified = paths::target().join(format!("{NAME}.min.js"));
        package::minify_into(&tools, &glue, &minified, &[])?;
        Ok(Plain {
            module: weight(&folder.join(format!("{NAME}_bg.wasm")))?,
            glue: weight(&minified)?,
            glue_of_trunk: weight(&glue)?,
        })
    }
}

fn weight(file: &Path) -> Outcome<usize> {
    brotli(&fs::read(file).doing(|| format!("read {}", file.display()))?)
}

#[cfg(test)]
mod tests {
    use super::Plain;
    use crate::size::beyond;

    #[test]
    fn the_minified_glue_counts_and_a_lighter_form_is_nothing_beyond() {
        let plain = Plain { module: 60, glue: 5, glue_of_trunk: 9 };
        assert_eq!(beyond(&[("first_field", 3), ("live_form", 100)], &plain), 35);
        assert_eq!(beyond(&[("live_form", 50)], &plain), 0);
    }
}

//! The table of attacks, written anew after each.

use std::{
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

static ROWS: Mutex<Vec<[String; 4]>> = Mutex::new(Vec::new());

/// An attack that runs. One that ends without a word was not held.
pub(crate) struct Attack {
    family: &'static str,
    what: &'static str,
    came: Option<String>,
}

impl Attack {
    pub(crate) fn new(family: &'static str, what: &'static str) -> Self {
        Self { family, what, came: None }
    }

    /// It did no harm, and why one can tell.
    pub(crate) fn held(mut self, came: impl Into<String>) {
        self.came = Some(came.into());
    }
}

impl Drop for Attack {
    fn drop(&mut self) {
        let result = if self.came.is_some() { "held" } else { "BROKEN" };
        let came = self.came.take().unwrap_or_else(|| "the test says what".into());
        let row = [self.family.into(), self.what.into(), came, result.to_owned()];
        let mut rows = ROWS.lock().unwrap_or_else(PoisonError::into_inner);
        rows.push(row);
        rows.sort();
        let widths = [0, 1, 2].map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
        let [family, what, came] = widths;
        let mut text = String::from("attacks on a running server\n");
        for row in rows.iter() {
            text.push_str(&format!(
                "  {:<family$}  {:<what$}  {:<came$}  {}\n",
                row[0], row[1], row[2], row[3]
            ));
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tables");
        // Without the table, the tests themselves still say it all.
        let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join("attacks.txt"), text));
    }
}

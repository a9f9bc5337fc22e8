//! The text as a tree of keys that still know where they stood.

use std::collections::BTreeMap;
use toml::{
    Spanned, Table, Value,
    de::{DeTable, DeValue},
};

/// A parsed text with the line of each key.
pub(super) struct Lines {
    /// The values.
    pub(super) table: Table,
    lines: BTreeMap<String, usize>,
}

impl Lines {
    /// Parses; the error is one of syntax.
    pub(super) fn of(text: &str) -> Result<Self, toml::de::Error> {
        let spanned = DeTable::parse(text)?;
        let table = toml::from_str(text)?;
        let mut lines = BTreeMap::new();
        note(spanned.get_ref(), "", text, &mut lines);
        Ok(Self { table, lines })
    }

    /// The line of a key such as `policy.gates`, or of the nearest section around it; 1 where even that is absent.
    pub(super) fn line(&self, key: &str) -> usize {
        let mut key = key;
        loop {
            if let Some(line) = self.lines.get(key) {
                return *line;
            }
            match key.rsplit_once('.') {
                Some((around, _)) => key = around,
                None => return 1,
            }
        }
    }

    /// The paths of all values that are not tables, in the order of their lines.
    pub(super) fn leaves(&self) -> Vec<String> {
        let mut leaves = Vec::new();
        collect(&self.table, "", &mut leaves);
        leaves.sort_by_key(|leaf| self.line(leaf));
        leaves
    }

    /// The tree with nothing in it but the value of one path.
    pub(super) fn alone(&self, path: &str) -> Table {
        let mut steps = path.split('.').collect::<Vec<_>>();
        let mut value = None;
        let mut table = Some(&self.table);
        for step in &steps {
            value = table.and_then(|table| table.get(*step));
            table = value.and_then(Value::as_table);
        }
        let mut value = value.cloned().unwrap_or_else(|| Value::Table(Table::new()));
        while let Some(step) = steps.pop() {
            value = Value::Table(Table::from_iter([(step.to_owned(), value)]));
        }
        match value {
            Value::Table(table) => table,
            _ => Table::new(),
        }
    }
}

/// The line of an offset, from 1.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

fn join(around: &str, key: &str) -> String {
    if around.is_empty() { key.to_owned() } else { format!("{around}.{key}") }
}

fn note(table: &DeTable<'_>, around: &str, text: &str, lines: &mut BTreeMap<String, usize>) {
    for (key, value) in table {
        let path = join(around, key.get_ref());
        lines.insert(path.clone(), line_at(text, Spanned::span(key).start));
        if let DeValue::Table(inner) = value.get_ref() {
            note(inner, &path, text, lines);
        }
    }
}

fn collect(table: &Table, around: &str, leaves: &mut Vec<String>) {
    for (key, value) in table {
        let path = join(around, key);
        match value {
            Value::Table(inner) if !inner.is_empty() => collect(inner, &path, leaves),
            _ => leaves.push(path),
        }
    }
}

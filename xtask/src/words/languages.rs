//! What goes into the file of each language: its common words and names, commonest first.

use super::packages::{Package, TS_DE, TS_ES, TS_FR, TS_IT, TS_JA, TS_NL, TS_PL, TS_PT};
use super::{Kind, Word, kana, read};
use crate::trouble::Outcome;

/// One language's file.
pub(super) struct Language {
    /// The language's tag (BCP 47) and the file's name.
    pub(super) tag: &'static str,
    pub(super) package: &'static Package,
    pub(super) lists: &'static [List],
    /// Passwords of the language that no package has, commonest first; chosen by us.
    own: &'static str,
    /// Other spellings of the same word that people type.
    spellings: fn(&str) -> Vec<String>,
}

/// A list of a package, and how much of it.
pub(super) struct List {
    pub(super) file: &'static str,
    kind: Kind,
    pub(super) take: usize,
    /// Whether its order is that of frequency; of an alphabetical list every word gets the middle rank.
    ranked: bool,
}

const fn words(file: &'static str, take: usize) -> List {
    List { file, kind: Kind::Word, take, ranked: true }
}

const fn names(file: &'static str, take: usize) -> List {
    List { file, kind: Kind::Name, take, ranked: true }
}

const fn alphabetical(file: &'static str) -> List {
    List { file, kind: Kind::Name, take: usize::MAX, ranked: false }
}

pub(super) const LANGUAGES: [Language; 8] = [
    Language {
        tag: "de",
        package: &TS_DE,
        lists: &[
            words("commonWords", 7_000),
            words("wikipedia", 2_000),
            names("lastnames", 1_500),
            alphabetical("firstnames"),
        ],
        own: "passwort hallo schatz geheim qwertz kennwort ichliebedich schalke04 fussball arschloch sommer \
              passwort1 hallo123 qwertzuiop schatzi blume asdfghjklö yxcvbnm mausi sonnenschein borussia bayern",
        spellings: german,
    },
    Language {
        tag: "fr",
        package: &TS_FR,
        lists: &[words("commonWords", 7_000), words("wikipedia", 2_000), alphabetical("lastnames")],
        own: "azerty motdepasse soleil doudou loulou jetaime bonjour azertyuiop chouchou marseille coucou nounours \
              chocolat toto bisous amour azerty123 qsdfghjklm wxcvbn princesse cheval papillon mamour bébé",
        spellings: nothing_else,
    },
    Language {
        tag: "es",
        package: &TS_ES,
        lists: &[
            words("commonWords", 6_000),
            words("wikipedia", 2_000),
            names("lastnames", 1_500),
            names("firstnames", 1_279),
        ],
        own: "tequiero contraseña teamo contrasena mariposa estrella realmadrid barcelona amorcito bonita clave \
              princesa mialma teodio cariño tekiero mivida corazon hola qwertyuiopñ",
        spellings: nothing_else,
    },
    Language {
        tag: "it",
        package: &TS_IT,
        lists: &[words("commonWords", 6_000), words("wikipedia", 3_000), alphabetical("lastnames")],
        own: "ciao juventus amore napoli francesca giuseppe forzanapoli tiamo amoremio password1 ciaociao stella \
              parola cioccolata milan inter tesoro",
        spellings: nothing_else,
    },
    Language {
        tag: "ja",
        package: &TS_JA,
        lists: &[
            words("commonWords", 876),
            words("wikipedia", 6_500),
            names("lastnames", 483),
            names("firstnames", 2_857),
        ],
        own: "sakura pasuwado pasuwaado arigatou daisuki aishiteru nihon tokyo ohayou konnichiwa kawaii neko pikachu \
              doraemon anpanman naruto totoro sayonara himitsu angou momiji himawari fujisan osaka nihongo",
        spellings: japanese,
    },
    Language {
        tag: "nl",
        package: &TS_NL,
        lists: &[
            words("commonWords", 6_000),
            words("wikipedia", 2_000),
            names("boysFirstnames", 700),
            names("girlsFirstnames", 700),
            names("lastnames", 800),
        ],
        own: "welkom wachtwoord hallo feyenoord ajax lekkerding schatje welkom01 geheim azerty voetbal oranje hoihoi",
        spellings: nothing_else,
    },
    Language {
        tag: "pl",
        package: &TS_PL,
        lists: &[
            words("commonWords", 6_000),
            words("wikipedia", 2_000),
            names("maleFirstnames", 400),
            names("femaleFirstnames", 400),
            names("maleLastnames", 700),
            names("femaleLastnames", 700),
        ],
        own: "zaq12wsx hasło polska misiek kasia monika mateusz kochanie haslo1 kochamcie myszka dupa legia lech",
        spellings: nothing_else,
    },
    Language {
        tag: "pt",
        package: &TS_PT,
        lists: &[words("commonWords", 6_000), words("wikipedia", 2_000), names("firstnames", 2_000)],
        own: "senha flamengo teamo corinthians brasil palmeiras mudar amor benfica portugal sporting senha123 familia \
              gatinha deusefiel minhavida",
        spellings: nothing_else,
    },
];

impl Language {
    /// The words with their ranks, a word possibly more than once.
    pub(super) fn words(&self) -> Outcome<Vec<Word>> {
        let mut found = Vec::new();
        for (word, rank) in self.own.split_whitespace().zip(1..) {
            self.add(word, Kind::Password, rank, &mut found);
        }
        for list in self.lists {
            let words = read::array(&self.package.read(&format!("src/{}.json", list.file))?)?;
            let middle = words.len() as u32 / 2;
            for (word, rank) in words.iter().take(list.take).zip(1..) {
                self.add(word, list.kind, if list.ranked { rank } else { middle }, &mut found);
            }
        }
        Ok(found)
    }

    fn add(&self, word: &str, kind: Kind, rank: u32, found: &mut Vec<Word>) {
        // A name of two words is typed as one.
        let word: String = word.to_lowercase().split_whitespace().collect();
        let whole = word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'');
        if !whole || !word.ends_with(char::is_alphanumeric) {
            return;
        }
        for spelling in (self.spellings)(&word) {
            found.push(Word { text: spelling, kind, rank });
        }
        found.push(Word { text: word, kind, rank });
    }
}

fn nothing_else(_: &str) -> Vec<String> {
    Vec::new()
}

/// Umlauts as people write them who lack the keys.
fn german(word: &str) -> Vec<String> {
    let plain = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    if plain == word { Vec::new() } else { vec![plain] }
}

/// Kana, and romaji that does not write long vowels. The estimator folds katakana into hiragana.
fn japanese(word: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    let short = word.replace("ou", "o").replace("uu", "u").replace("oo", "o");
    if short != word && short.len() > 3 {
        spellings.push(short);
    }
    // A single syllable is no word that anybody would look for.
    spellings.extend(kana::hiragana(word).filter(|kana| kana.chars().count() > 1));
    spellings
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, german, japanese};

    #[test]
    fn people_spell_without_the_special_keys() {
        assert_eq!(german("müller"), ["mueller"]);
        assert_eq!(german("straße"), ["strasse"]);
        assert!(german("hallo").is_empty());
        assert_eq!(japanese("satou"), ["sato", "さとう"]);
        assert!(japanese("mlb").is_empty());
    }

    #[test]
    fn pieces_of_words_stay_out_and_names_of_two_words_are_one() {
        let french = &LANGUAGES[1];
        let mut found = Vec::new();
        for word in ["l'", "d'accord", "něm.", "De Smet"] {
            french.add(word, super::Kind::Word, 1, &mut found);
        }
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["d'accord", "desmet"]);
    }
}

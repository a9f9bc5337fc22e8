//! What goes into the files that everybody loads: zxcvbn's six lists, cut to three lengths.

use super::packages::ZXCVBN;
use super::{Kind, Word, read};
use crate::trouble::{Outcome, Trouble};

/// How many passwords are inside the module: as many as keep it below 20 kB with everything.
pub(super) const BUILT_IN: usize = 815;
/// How many words of each list are in the small file.
pub(super) const SMALL: usize = 5_000;

/// What people call a password where English is not the language; none of the packages has them. Chosen by us.
const PASSWORD_ELSEWHERE: &str = "пароль passwort contraseña motdepasse senha haslo wachtwoord パスワード 비밀번호 密码 \
    密碼 parola sifre şifre heslo jelszo jelszó lösenord losenord salasana passord adgangskode lozinka κωδικός \
    mậtkhẩu รหัสผ่าน סיסמה كلمةالسر รหัส पासवर्ड katasandi йцукен привет 안녕하세요 사랑해";

/// The rank of those: common somewhere, not everywhere. A language's own file has them at its top.
const ELSEWHERE: u32 = 900;

/// zxcvbn's lists.
pub(super) struct Lists {
    lists: Vec<(Kind, Vec<String>)>,
}

impl Lists {
    /// Reads them from the package.
    pub(super) fn read() -> Outcome<Lists> {
        let lists = read::frequency_lists(&ZXCVBN.read("lib/frequency_lists.js")?)?;
        let lists =
            lists.into_iter().map(|(name, words)| Ok((kind(&name)?, words))).collect::<Outcome<_>>()?;
        Ok(Lists { lists })
    }

    /// The lists without their names.
    pub(super) fn words(self) -> Vec<Vec<String>> {
        self.lists.into_iter().map(|(_, words)| words).collect()
    }

    /// The commonest passwords.
    pub(super) fn built_in(&self) -> Vec<Word> {
        let passwords = self.lists.iter().filter(|(kind, _)| *kind == Kind::Password);
        passwords.flat_map(|(kind, words)| ranked(*kind, words, BUILT_IN)).collect()
    }

    /// The beginning of every list, as long as `longest`.
    pub(super) fn beginnings(&self, longest: usize) -> Vec<Word> {
        let elsewhere = PASSWORD_ELSEWHERE.split_whitespace().map(|word| Word {
            text: word.to_owned(),
            kind: Kind::Password,
            rank: ELSEWHERE,
        });
        let lists = self.lists.iter().flat_map(|(kind, words)| ranked(*kind, words, longest));
        lists.chain(elsewhere).collect()
    }
}

fn ranked(kind: Kind, words: &[String], longest: usize) -> impl Iterator<Item = Word> {
    words.iter().take(longest).zip(1..).map(move |(word, rank)| Word { text: word.clone(), kind, rank })
}

fn kind(list: &str) -> Outcome<Kind> {
    match list {
        "passwords" => Ok(Kind::Password),
        "english_wikipedia" | "us_tv_and_film" => Ok(Kind::Word),
        "female_names" | "male_names" | "surnames" => Ok(Kind::Name),
        other => Err(Trouble::new(format!("zxcvbn has a list “{other}” that is not known here"))),
    }
}

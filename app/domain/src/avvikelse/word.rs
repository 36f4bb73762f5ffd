//! Word: the fixed words of the area, each with its stored code and the label that the user reads.

use serde::{Deserialize, Serialize};

/// An enum of words: variants with code and label.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every one, in the order it is offered and shown.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// As stored and sent.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// None for a text that is no code of these.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|w| w.code() == code)
            }

            /// As the user reads it.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }
        }
    };
}

words! {
    /// What an event is. One event can be several.
    Kind {
        /// Something did not follow process or rutin, or went wrong.
        Avvikelse = "avvikelse", "Avvikelse";
        /// A missförhållande or a påtaglig risk for one, as lex Sarah means it.
        LexSarah = "lex_sarah", "Missförhållande (lex Sarah)";
        /// A GDPR breach.
        Pui = "pui", "Personuppgiftsincident";
        /// From outside, not satisfied.
        Klagomal = "klagomal", "Klagomål";
        /// From outside, an opinion; may be positive.
        Synpunkt = "synpunkt", "Synpunkt";
    }
}

words! {
    /// How far a case has come.
    State {
        /// Nobody has assessed it.
        Inkommen = "inkommen", "Inkommen";
        /// Its kinds are set.
        Bedomd = "bedomd", "Bedömd";
        /// Causes are looked for.
        Utreds = "utreds", "Utreds";
        /// Åtgärder are carried out.
        Atgardas = "atgardas", "Åtgärdas";
        /// It is seen whether they helped.
        FoljsUpp = "foljs_upp", "Följs upp";
        /// Nothing more is done.
        Avslutad = "avslutad", "Avslutad";
    }
}

impl State {
    /// What the reporter reads on the page of an own report: what happens next.
    #[must_use]
    pub fn to_reporter(self) -> &'static str {
        match self {
            Self::Inkommen => "Din rapport har kommit fram. Chefen läser och bedömer den.",
            Self::Bedomd => "Rapporten är bedömd. Nu avgörs hur den ska utredas.",
            Self::Utreds => "Händelsen utreds. Du kan få frågor om vad du såg.",
            Self::Atgardas => "Utredningen är klar och åtgärder pågår.",
            Self::FoljsUpp => "Åtgärderna är gjorda. Nu följs det upp om de hjälpte.",
            Self::Avslutad => "Ärendet är avslutat.",
        }
    }
}

words! {
    /// The lex Sarah assessment of an event (27 kap. SoL 2025:400).
    Bedomning {
        /// Not within lex Sarah.
        EjLexSarah = "ej_lex_sarah", "Ej lex Sarah";
        /// A missförhållande.
        Missforhallande = "missforhallande", "Missförhållande";
        /// An evident risk for one.
        Risk = "risk", "Påtaglig risk för missförhållande";
        /// A serious missförhållande.
        Allvarligt = "allvarligt", "Allvarligt missförhållande";
        /// An evident risk for a serious one.
        AllvarligRisk = "allvarlig_risk", "Påtaglig risk för allvarligt missförhållande";
    }
}

impl Bedomning {
    /// Whether lex Sarah holds at all.
    #[must_use]
    pub fn is_lex_sarah(self) -> bool {
        self != Self::EjLexSarah
    }

    /// Whether it is reported to IVO: only the two serious ones are (27 kap. 6 § SoL).
    #[must_use]
    pub fn goes_to_ivo(self) -> bool {
        matches!(self, Self::Allvarligt | Self::AllvarligRisk)
    }
}

words! {
    /// What lay behind an event. One can have several.
    Orsak {
        /// Communication and information.
        Kommunikation = "kommunikation", "Kommunikation och information";
        /// Surroundings and organisation.
        Organisation = "organisation", "Omgivning och organisation";
        /// Processes and rutiner.
        Rutiner = "rutiner", "Processer och rutiner";
        /// Technical equipment.
        Teknik = "teknik", "Teknisk utrustning";
        /// Training and competence.
        Kompetens = "kompetens", "Utbildning och kompetens";
        /// Something else.
        Annat = "annat", "Annat";
        /// It turned out not to be an avvikelse.
        Ingen = "ingen", "Ingen avvikelse";
    }
}

words! {
    /// What a klagomål or a synpunkt is about.
    Kategori {
        /// Whether one can be reached.
        Tillganglighet = "tillganglighet", "Tillgänglighet";
        /// How one is met.
        Bemotande = "bemotande", "Bemötande";
        /// Whether staff know their work.
        Kompetens = "kompetens", "Kompetens";
        /// Whether it is the same person.
        Kontinuitet = "kontinuitet", "Kontinuitet";
        /// What one is told.
        Information = "information", "Information";
        /// How the case is handled.
        Handlaggning = "handlaggning", "Handläggning";
        /// What the insats holds.
        Insats = "insats", "Insatsens innehåll";
    }
}

words! {
    /// How a klagomål or a synpunkt came.
    Kanal {
        /// By telephone.
        Telefon = "telefon", "Telefon";
        /// At a visit.
        Besok = "besok", "Besök";
        /// By letter.
        Brev = "brev", "Brev";
        /// By e-mail.
        Epost = "epost", "E-post";
        /// By the municipality's form.
        Etjanst = "etjanst", "E-tjänst";
        /// In another way.
        Annat = "annat", "Annat";
    }
}

words! {
    /// Whom an event concerns.
    Ror {
        /// A single client.
        Brukare = "brukare", "En brukare";
        /// Several.
        Grupp = "grupp", "En grupp brukare";
        /// Something else.
        Annat = "annat", "Annat";
    }
}

words! {
    /// The risk of a personuppgiftsincident for the data subjects (GDPR art. 33 and 34).
    Risk {
        /// No risk is likely: IMY is not told.
        Osannolik = "osannolik", "Osannolikt att det medför en risk";
        /// A risk: IMY is told.
        Risk = "risk", "Risk för de registrerade";
        /// A high risk: those concerned are told too.
        Hog = "hog", "Hög risk för de registrerade";
    }
}

words! {
    /// What happened to the data of a personuppgiftsincident.
    Forlust {
        /// Somebody saw what they should not.
        Rojande = "rojande", "Obehöriga har fått del av uppgifter";
        /// It is gone, or cannot be reached.
        Forlust = "forlust", "Uppgifter har förlorats eller går inte att nå";
        /// It was changed.
        Andring = "andring", "Uppgifter har ändrats";
    }
}

words! {
    /// Groups of data subjects.
    Drabbade {
        /// Clients.
        Brukare = "brukare", "Brukare";
        /// Children.
        Barn = "barn", "Barn";
        /// Relatives and others of the household.
        Anhoriga = "anhoriga", "Anhöriga";
        /// Persons with protected personal data.
        Skyddade = "skyddade", "Personer med skyddade personuppgifter";
        /// Staff.
        Anstallda = "anstallda", "Anställda";
        /// Others.
        Andra = "andra", "Andra";
    }
}

words! {
    /// Kinds of personal data.
    Uppgifter {
        /// Name and contact.
        Kontakt = "kontakt", "Namn och kontaktuppgifter";
        /// Identity number.
        Personnummer = "personnummer", "Personnummer";
        /// Money.
        Ekonomi = "ekonomi", "Ekonomi";
        /// Health.
        Halsa = "halsa", "Hälsa";
        /// Other data that GDPR art. 9 calls special.
        Kansliga = "kansliga", "Andra känsliga uppgifter";
        /// Crime.
        Brott = "brott", "Brott";
        /// What is secret in social services.
        Sekretess = "sekretess", "Uppgifter som omfattas av socialtjänstsekretess";
        /// Where somebody with protected data lives.
        Skyddade = "skyddade", "Skyddade personuppgifter";
        /// Others.
        Andra = "andra", "Andra";
    }
}

words! {
    /// How likely it is that the same happens again.
    Upprepning {
        /// Hardly.
        Liten = "liten", "Liten";
        /// Perhaps.
        Medel = "medel", "Medel";
        /// Likely.
        Stor = "stor", "Stor";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives_its_code_in_store_and_in_json() {
        fn all<T: Copy + PartialEq + std::fmt::Debug>(
            words: &[T],
            code: fn(T) -> &'static str,
            from: fn(&str) -> Option<T>,
        ) {
            for word in words {
                assert_eq!(from(code(*word)), Some(*word));
                assert!(code(*word).chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{word:?}");
            }
            assert_eq!(from("kung"), None);
        }
        all(&Kind::ALL, Kind::code, Kind::from_code);
        all(&State::ALL, State::code, State::from_code);
        all(&Bedomning::ALL, Bedomning::code, Bedomning::from_code);
        all(&Orsak::ALL, Orsak::code, Orsak::from_code);
        all(&Kategori::ALL, Kategori::code, Kategori::from_code);
        all(&Kanal::ALL, Kanal::code, Kanal::from_code);
        all(&Ror::ALL, Ror::code, Ror::from_code);
        all(&Risk::ALL, Risk::code, Risk::from_code);
        all(&Forlust::ALL, Forlust::code, Forlust::from_code);
        all(&Drabbade::ALL, Drabbade::code, Drabbade::from_code);
        all(&Uppgifter::ALL, Uppgifter::code, Uppgifter::from_code);
        all(&Upprepning::ALL, Upprepning::code, Upprepning::from_code);
    }

    #[test]
    fn only_what_is_serious_goes_to_ivo() {
        let to_ivo: Vec<_> = Bedomning::ALL.into_iter().filter(|b| b.goes_to_ivo()).collect();
        assert_eq!(to_ivo, [Bedomning::Allvarligt, Bedomning::AllvarligRisk]);
        assert_eq!(Bedomning::ALL.into_iter().filter(|b| b.is_lex_sarah()).count(), 4);
    }

    #[test]
    fn the_reporter_reads_what_happens_next_in_every_state() {
        assert!(State::ALL.into_iter().all(|s| s.to_reporter().ends_with('.')));
    }
}

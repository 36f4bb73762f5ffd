//! Lista: persons from a list, as a table of names, e-mail addresses, roles and units. What would become of each row is told before
//! anything is saved, and what is not certain is asked about at its cell: nothing is guessed.

use std::collections::HashMap;

use super::{Actor, Person, check_person};
use crate::{
    field::FieldError,
    id::{NodeId, PersonId},
    import::fold,
    organisation::{Node, Tree},
    permission::Role,
    rows,
    table::{self, Record},
    text::compared,
};

/// The most rows of one list.
pub const ROWS_MAX: usize = 500;
/// How many units or roles a sentence lists.
const LISTED: usize = 12;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kolumn {
    /// The whole name.
    Namn,
    /// The first name, where the last has a column of its own.
    Fornamn,
    /// The last name.
    Efternamn,
    /// E-mail.
    Epost,
    /// Role, or funktion.
    Roll,
    /// The node where the role holds.
    Enhet,
}

/// The columns that a list needs, as a template has them: what it is called and what is written in it.
pub const MALL: [(Kolumn, &str, &str); 4] = [
    (Kolumn::Namn, "Namn", "För- och efternamn. Det får också stå i två kolumner, Förnamn och Efternamn."),
    (Kolumn::Epost, "E-post", "Adressen som personen loggar in med."),
    (Kolumn::Roll, "Roll", "En av rollerna nedan. Kolumnen får också heta Funktion eller Befattning."),
    (Kolumn::Enhet, "Enhet", "Där rollen gäller, som den heter under Organisation."),
];

/// The roles that a list can name, in a sentence.
#[must_use]
pub fn roller() -> String {
    Role::ALL.into_iter().map(Role::label).collect::<Vec<_>>().join(", ")
}

/// What stands in the example of a template.
#[must_use]
pub fn exempel() -> [&'static str; 3] {
    ["Förnamn Efternamn", "namn@kommun.se", Role::Medarbetare.label()]
}

impl Kolumn {
    /// The column that a heading names.
    #[must_use]
    pub fn of(heading: &str) -> Option<Self> {
        Some(match fold(heading).as_str() {
            "namn"
            | "name"
            | "fornamnochefternamn"
            | "forochefternamn"
            | "heltnamn"
            | "fullstandigtnamn"
            | "medarbetare"
            | "person"
            | "anstalld"
            | "anvandare" => Self::Namn,
            "fornamn" | "tilltalsnamn" => Self::Fornamn,
            "efternamn" => Self::Efternamn,
            "epost" | "epostadress" | "email" | "emailadress" | "mail" | "mailadress" | "mejl" | "mejladress"
            | "epostarbete" => Self::Epost,
            "roll" | "funktion" | "rollfunktion" | "rollellerfunktion" | "befattning" | "titel" | "yrkesroll" => {
                Self::Roll
            }
            "enhet" | "enhetsnamn" | "arbetsplats" | "organisation" | "organisationsenhet" | "hortill"
            | "arbetsgrupp" => Self::Enhet,
            _ => return None,
        })
    }

    fn label(self) -> &'static str {
        match self {
            Self::Namn => "Namn",
            Self::Fornamn => "Förnamn",
            Self::Efternamn => "Efternamn",
            Self::Epost => "E-post",
            Self::Roll => "Roll",
            Self::Enhet => "Enhet",
        }
    }
}

/// What happens to a row when the list is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Utfall {
    /// The person is added.
    Ny,
    /// The person is there and gets the role.
    FarRoll,
    /// The person is there with that role: left as it is.
    FinnsRedan,
    /// Something has to be mended first.
    Fel,
}

impl Utfall {
    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ny => "Läggs till",
            Self::FarRoll => "Får rollen",
            Self::FinnsRedan => "Finns redan",
            Self::Fel => "Behöver rättas",
        }
    }
}

/// A row that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ny {
    /// Who it is, when the person is there.
    pub person: Option<PersonId>,
    /// Name, as in the list.
    pub name: String,
    /// E-mail, as in the list.
    pub email: String,
    /// What the person is there.
    pub role: Role,
    /// Where it holds.
    pub node: NodeId,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// The number of the row as Excel counts.
    pub line: u32,
    /// Name, e-mail, role and unit as they stand in the list.
    pub cells: [String; 4],
    /// What happens to it.
    pub utfall: Utfall,
    /// What is wrong, each with its column.
    pub faults: Vec<(Kolumn, String)>,
    /// What to know about it; may be empty.
    pub note: String,
    /// What is saved; none for what is wrong or there already.
    pub ny: Option<Ny>,
}

/// What a list would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lista {
    /// Every row below the heading.
    pub rader: Vec<Rad>,
    /// What to know about the table as a whole.
    pub notes: Vec<String>,
}

impl Lista {
    /// How many rows come out so.
    #[must_use]
    pub fn count(&self, utfall: Utfall) -> usize {
        self.rader.iter().filter(|rad| rad.utfall == utfall).count()
    }

    /// What is saved, when nothing has to be mended; otherwise the faults, each with its place.
    pub fn sparas(&self) -> Result<Vec<Ny>, Vec<FieldError>> {
        let faults: Vec<FieldError> = self
            .rader
            .iter()
            .flat_map(|rad| rad.faults.iter().map(|(column, text)| (rad.line, *column, text)))
            .map(|(line, column, text)| fault(format!("Rad {line}, {}: {text}", column.label())))
            .collect();
        if faults.is_empty() {
            Ok(self.rader.iter().filter_map(|rad| rad.ny.clone()).collect())
        } else {
            Err(crate::field::at_most(faults))
        }
    }

    /// "18 läggs till, 1 får en roll till, 2 finns redan, 1 behöver rättas".
    #[must_use]
    pub fn sentence(&self) -> String {
        let said = [
            (Utfall::Ny, "läggs till"),
            (Utfall::FarRoll, "får en roll till"),
            (Utfall::FinnsRedan, "finns redan"),
            (Utfall::Fel, "behöver rättas"),
        ];
        let said = said.map(|(utfall, words)| (self.count(utfall), words));
        let parts: Vec<String> = said.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
        if parts.is_empty() { "Listan har inga rader".to_owned() } else { parts.join(", ") }
    }
}

fn fault(message: impl Into<String>) -> FieldError {
    FieldError { field: "rows".to_owned(), message: message.into() }
}

/// Reads a list. `persons` is everybody with an account: an address opens one account in the whole installation. The fault is about
/// the table as a whole.
pub fn read(text: &str, actor: &Actor, persons: &[Person]) -> Result<Lista, Vec<FieldError>> {
    let records = table::typed(text);
    let has = |names: &[String], wanted: Kolumn| names.iter().any(|name| Kolumn::of(name) == Some(wanted));
    let is_head = |names: &[String]| {
        has(names, Kolumn::Epost)
            && (has(names, Kolumn::Namn) || has(names, Kolumn::Fornamn) || has(names, Kolumn::Efternamn))
    };
    let parts = rows::parts(&records, Kolumn::of, is_head);
    let body = table::body(records, parts);
    let Some(head) = body.head else {
        return Err(vec![fault(
            "Rubrikraden saknas. Den första raden ska ha rubrikerna Namn, E-post, Roll och Enhet, i vilken ordning som helst.",
        )]);
    };
    let missing: Vec<&str> = MALL
        .iter()
        .filter(|(column, ..)| *column != Kolumn::Namn && !has(&head, *column))
        .map(|(_, label, _)| *label)
        .collect();
    if !missing.is_empty() {
        let word = if missing.len() == 1 { "Kolumnen" } else { "Kolumnerna" };
        return Err(vec![fault(format!("{word} {} saknas i rubrikraden.", missing.join(" och ")))]);
    }
    if body.rows.is_empty() {
        return Err(vec![fault("Det finns inga rader under rubrikerna.")]);
    }
    if body.rows.len() > ROWS_MAX {
        return Err(vec![fault(format!("Listan har {} rader. Läs in högst {ROWS_MAX} åt gången.", body.rows.len()))]);
    }
    let mut notes = body.notes;
    let unknown: Vec<String> = head
        .iter()
        .filter(|name| !name.is_empty() && Kolumn::of(name).is_none())
        .map(|name| format!("”{}”", shortened(name)))
        .collect();
    match unknown.as_slice() {
        [] => {}
        [one] => notes.push(format!("Kolumnen {one} läses inte in.")),
        many => notes.push(format!("Kolumnerna {} läses inte in.", many.join(", "))),
    }
    let cells = Reader { head: &head, places: Places::of(actor), actor, by_email: by_email(persons) };
    let mut seen: HashMap<String, u32> = HashMap::new();
    let rader = body.rows.iter().map(|row| cells.row(row, &mut seen)).collect();
    Ok(Lista { rader, notes })
}

fn shortened(text: &str) -> String {
    if text.chars().count() > 60 {
        format!("{}…", text.chars().take(60).collect::<String>())
    } else {
        text.to_owned()
    }
}

fn by_email(persons: &[Person]) -> HashMap<String, &Person> {
    persons.iter().map(|person| (compared(person.email.trim()), person)).collect()
}

/// The nodes that can be named, by the words that name them: each by its name and, for two of one name, by what lies above it.
struct Places {
    by_words: HashMap<String, Vec<NodeId>>,
    names: Vec<String>,
}

impl Places {
    fn of(actor: &Actor) -> Self {
        let own: Vec<&Node> = actor
            .tree
            .walk()
            .into_iter()
            .map(|(_, node)| node)
            .filter(|n| actor.tree.in_use(n) && actor.administers(n.id))
            .collect();
        let mut by_words: HashMap<String, Vec<NodeId>> = HashMap::new();
        for node in &own {
            let mut words = String::new();
            for above in actor.tree.path(node.id) {
                words = format!("{}{words}", fold(actor.tree.name(above)));
                let found = by_words.entry(words.clone()).or_default();
                if !found.contains(&node.id) {
                    found.push(node.id);
                }
            }
        }
        Self { by_words, names: own.iter().map(|node| node.name.clone()).collect() }
    }

    fn find(&self, text: &str, tree: &Tree) -> Result<NodeId, String> {
        if text.is_empty() {
            return Err("Skriv var rollen gäller.".to_owned());
        }
        match self.by_words.get(&fold(text)).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some(several) => {
                let above = |id: &NodeId| tree.path(*id).get(1).map_or("", |id| tree.name(*id));
                let example =
                    several.first().map(|id| format!("{} / {}", above(id), tree.name(*id))).unwrap_or_default();
                Err(format!(
                    "Det finns {} som heter ”{}”. Skriv det som ligger över först, som ”{example}”.",
                    several.len(),
                    shortened(text)
                ))
            }
            None => {
                let listed = self.names.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = self.names.len().saturating_sub(LISTED);
                let more = if more > 0 { format!(" och {more} till") } else { String::new() };
                Err(format!("”{}” finns inte bland det du administrerar: {listed}{more}.", shortened(text)))
            }
        }
    }
}

fn role(text: &str) -> Result<Role, String> {
    if text.is_empty() {
        return Err("Skriv en roll.".to_owned());
    }
    Role::from_label(&text.split_whitespace().collect::<Vec<_>>().join(" "))
        .ok_or_else(|| format!("”{}” är ingen roll här. Rollerna är {}.", shortened(text), roller()))
}

struct Reader<'a> {
    head: &'a [String],
    places: Places,
    actor: &'a Actor,
    by_email: HashMap<String, &'a Person>,
}

impl Reader<'_> {
    fn cell<'r>(&self, row: &'r Record, column: Kolumn) -> &'r str {
        self.head.iter().position(|name| Kolumn::of(name) == Some(column)).map_or("", |place| row.cell(place))
    }

    fn row(&self, row: &Record, seen: &mut HashMap<String, u32>) -> Rad {
        let whole = self.cell(row, Kolumn::Namn);
        let name = if whole.is_empty() {
            format!("{} {}", self.cell(row, Kolumn::Fornamn), self.cell(row, Kolumn::Efternamn)).trim().to_owned()
        } else {
            whole.to_owned()
        };
        let [email, role_text, unit] =
            [Kolumn::Epost, Kolumn::Roll, Kolumn::Enhet].map(|column| self.cell(row, column).to_owned());
        let mut faults: Vec<(Kolumn, String)> = Vec::new();
        let checked = check_person(&name, &email);
        for error in checked.as_ref().err().into_iter().flatten() {
            let column = if error.field == "name" { Kolumn::Namn } else { Kolumn::Epost };
            faults.push((column, error.message.clone()));
        }
        let role = role(&role_text).map_err(|text| faults.push((Kolumn::Roll, text)));
        let place = self.places.find(&unit, &self.actor.tree).map_err(|text| faults.push((Kolumn::Enhet, text)));
        let key = compared(email.trim());
        if !key.is_empty() {
            if let Some(first) = seen.get(&key) {
                let text = format!(
                    "Adressen står också på rad {first}. Ta bort den ena raden; en roll till lägger du till på personens sida."
                );
                faults.push((Kolumn::Epost, text));
            } else {
                seen.insert(key.clone(), row.line);
            }
        }
        let there = self.by_email.get(&key).copied();
        if let Some(person) = there {
            if !self.actor.looks_after(person.roles.iter().map(|grant| grant.node)) {
                faults.push((Kolumn::Epost, "Det finns redan en person med den e-postadressen.".to_owned()));
            } else if !person.active {
                faults.push((Kolumn::Epost, "Kontot är avaktiverat. Aktivera det på personens sida först.".to_owned()));
            }
        }
        let cells = [name, email, role_text, unit];
        let (Ok((name, email)), Ok(role), Ok(node), true) = (checked, role, place, faults.is_empty()) else {
            return Rad { line: row.line, cells, utfall: Utfall::Fel, faults, note: String::new(), ny: None };
        };
        let held = there.is_some_and(|person| person.roles.iter().any(|g| g.role == role && g.node == node));
        let utfall = match there {
            None => Utfall::Ny,
            Some(_) if held => Utfall::FinnsRedan,
            Some(_) => Utfall::FarRoll,
        };
        let told = match there {
            Some(person) if person.name != name => format!("Heter {} här. Namnet ändras inte.", person.name),
            _ => String::new(),
        };
        let ny = Ny { person: there.map(|person| person.id), name, email, role, node };
        Rad { line: row.line, cells, utfall, faults, note: told, ny: (!held).then_some(ny) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::{id::GrantId, organisation::NodeKind, permission::Grants, person::Grant};

    fn id(n: u128) -> NodeId {
        NodeId(Uuid::from_u128(n))
    }

    fn tree() -> Tree {
        let node = |n: u128, parent: Option<u128>, kind, name: &str| Node {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
            active: n != 6,
            version: 1,
        };
        Tree::new(vec![
            node(1, None, NodeKind::Organisation, "Staden"),
            node(2, Some(1), NodeKind::Avdelning, "Norr"),
            node(3, Some(2), NodeKind::Enhet, "Försörjningsstöd"),
            node(4, Some(1), NodeKind::Avdelning, "Söder"),
            node(5, Some(4), NodeKind::Enhet, "Försörjningsstöd"),
            node(6, Some(2), NodeKind::Enhet, "Stängda enheten"),
            node(7, Some(2), NodeKind::Enhet, "Mottagningen"),
        ])
    }

    fn admin(at: u128) -> Actor {
        Actor {
            person: PersonId(Uuid::from_u128(100)),
            name: String::new(),
            grants: Grants(vec![(Role::Admin, id(at))]),
            groups: vec![],
            tree: Arc::new(tree()),
            epoch: 0,
        }
    }

    fn person(n: u128, email: &str, role: Role, at: u128) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(n)),
            name: format!("Person {n}"),
            email: email.into(),
            active: true,
            roles: vec![Grant { id: GrantId(Uuid::from_u128(n)), role, node: id(at) }],
            version: 1,
        }
    }

    fn one(text: &str, persons: &[Person]) -> Rad {
        read(&format!("Namn\tE-post\tRoll\tEnhet\n{text}"), &admin(1), persons).unwrap().rader.remove(0)
    }

    #[test]
    fn a_heading_is_found_by_its_words_in_any_order() {
        let text = "Personallista 2026\n\nEnhet;Befattning;E-postadress;Efternamn;Förnamn;Anställningsnr\n\
                    Mottagningen;Socialsekreterare;a@demo.se;A;Handläggare;17";
        let list = read(text, &admin(1), &[]).unwrap();
        let row = &list.rader[0];
        assert_eq!((row.cells[0].as_str(), row.utfall, row.line), ("Handläggare A", Utfall::Ny, 4));
        assert_eq!(row.ny.as_ref().map(|ny| (ny.role, ny.node)), Some((Role::Medarbetare, id(7))));
        assert!(list.notes.iter().any(|note| note == "Kolumnen ”Anställningsnr” läses inte in."), "{:?}", list.notes);
        assert_eq!(list.sentence(), "1 läggs till");
    }

    #[test]
    fn a_list_without_a_column_that_is_needed_is_not_guessed_at() {
        let refused = |text: &str| read(text, &admin(1), &[]).unwrap_err().remove(0).message;
        assert!(refused("Handläggare A;a@demo.se;Handläggare;Mottagningen").starts_with("Rubrikraden saknas."));
        assert_eq!(refused("Namn;E-post\nA;a@demo.se"), "Kolumnerna Roll och Enhet saknas i rubrikraden.");
        assert_eq!(refused("Namn;E-post;Roll;Enhet"), "Det finns inga rader under rubrikerna.");
        let many = format!("Namn;E-post;Roll;Enhet\n{}", "A;a@demo.se;Chef;Norr\n".repeat(501));
        assert_eq!(refused(&many), "Listan har 501 rader. Läs in högst 500 åt gången.");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_cell() {
        for (row, column, said) in [
            ("A\ta.demo.se\tHandläggare\tMottagningen", Kolumn::Epost, "Skriv e-postadressen som namn@kommun.se."),
            ("\ta@demo.se\tHandläggare\tMottagningen", Kolumn::Namn, "Skriv ett namn."),
            ("A\ta@demo.se\tVaktmästare\tMottagningen", Kolumn::Roll, "”Vaktmästare” är ingen roll här."),
            ("A\ta@demo.se\t\tMottagningen", Kolumn::Roll, "Skriv en roll."),
            ("A\ta@demo.se\tHandläggare\tBoendet", Kolumn::Enhet, "”Boendet” finns inte bland det du administrerar"),
            ("A\ta@demo.se\tHandläggare\tStängda enheten", Kolumn::Enhet, "”Stängda enheten” finns inte bland"),
            ("A\ta@demo.se\tHandläggare\tFörsörjningsstöd", Kolumn::Enhet, "Det finns 2 som heter ”Försörjningsstöd”."),
        ] {
            let read = one(row, &[]);
            assert_eq!(read.utfall, Utfall::Fel, "{row}");
            assert!(
                read.faults.iter().any(|(c, text)| *c == column && text.starts_with(said)),
                "{row}: {:?}",
                read.faults
            );
        }
    }

    #[test]
    fn two_units_of_one_name_are_told_apart_by_what_lies_above() {
        let row = one("A\ta@demo.se\tHandläggare\tSöder / Försörjningsstöd", &[]);
        assert_eq!(row.ny.map(|ny| ny.node), Some(id(5)));
    }

    #[test]
    fn nobody_is_added_to_what_lies_beside_or_above_ones_own() {
        let list = |unit: &str| {
            read(&format!("Namn;E-post;Roll;Enhet\nA;a@demo.se;Handläggare;{unit}"), &admin(2), &[])
                .unwrap()
                .rader
                .remove(0)
        };
        assert_eq!(list("Mottagningen").utfall, Utfall::Ny);
        // the one of the two that is one's own
        assert_eq!(list("Försörjningsstöd").ny.map(|ny| ny.node), Some(id(3)));
        for foreign in ["Söder", "Staden", "Söder / Försörjningsstöd"] {
            assert_eq!(list(foreign).utfall, Utfall::Fel, "{foreign}");
        }
    }

    #[test]
    fn who_is_there_already_is_left_alone_or_gets_the_role() {
        let there = [person(9, "Nio@Demo.se", Role::Medarbetare, 7)];
        let same = one("Person 9\tnio@demo.se\tHandläggare\tMottagningen", &there);
        assert_eq!((same.utfall, same.ny.is_none(), same.note.as_str()), (Utfall::FinnsRedan, true, ""));
        let more = one("Person Nio\tnio@demo.se\tMetodutvecklare\tMottagningen", &there);
        assert_eq!((more.utfall, more.note.as_str()), (Utfall::FarRoll, "Heter Person 9 här. Namnet ändras inte."));
        assert_eq!(more.ny.and_then(|ny| ny.person), Some(there[0].id));
        let closed = [Person { active: false, ..there[0].clone() }];
        assert_eq!(one("Person 9\tnio@demo.se\tHandläggare\tMottagningen", &closed).utfall, Utfall::Fel);
        let above = [person(9, "nio@demo.se", Role::Enhetschef, 1)];
        let text = "Namn;E-post;Roll;Enhet\nPerson 9;nio@demo.se;Handläggare;Mottagningen";
        let foreign = read(text, &admin(2), &above).unwrap().rader.remove(0);
        assert_eq!(
            foreign.faults[0].1, "Det finns redan en person med den e-postadressen.",
            "an account above is not touched"
        );
    }

    #[test]
    fn an_address_twice_in_the_list_is_wrong_the_second_time_and_nothing_is_saved() {
        let text = "Namn;E-post;Roll;Enhet\nA;a@demo.se;Handläggare;Norr\nB;A@demo.se;Handläggare;Norr\nC;c@demo.se;Handläggare;Norr";
        let list = read(text, &admin(1), &[]).unwrap();
        assert_eq!([Utfall::Ny, Utfall::Fel].map(|u| list.count(u)), [2, 1]);
        let faults = list.sparas().unwrap_err();
        assert!(faults[0].message.starts_with("Rad 3, E-post: Adressen står också på rad 2."), "{faults:?}");
        assert_eq!(list.sentence(), "2 läggs till, 1 behöver rättas");
    }

    #[test]
    fn two_hundred_rows_are_read() {
        let rows: Vec<String> =
            (0..200).map(|n| format!("Handläggare {n}\th{n}@demo.se\tHandläggare\tMottagningen")).collect();
        let rows = rows.join("\n");
        let list = read(&format!("Namn\tE-post\tRoll\tEnhet\n{rows}"), &admin(1), &[]).unwrap();
        assert_eq!(list.sparas().unwrap().len(), 200);
    }
}

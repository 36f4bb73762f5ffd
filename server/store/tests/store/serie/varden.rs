//! Values: written, written again, replaced, and refused.

use std::collections::HashMap;

use domain::siffror::{
    siffra::Siffra,
    tabell::{Sedda, ar, totaler},
};

use super::*;

fn whole(value: &Siffra) -> Option<i64> {
    value.varde.and_then(|varde| varde.tal.int())
}

#[tokio::test]
async fn a_value_that_is_replaced_stays_to_be_read_and_one_that_comes_again_is_not_written() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.system(true).await.unwrap();
        tx.act_as(chef.person);
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Kista"]).await;
        let bromma = district.values[0].id;
        let serie = made(&mut tx, world.unit, &[district.id]).await;
        let march = [preliminar(ny(2, &[bromma], 316))];
        let expected = Written { nya: 1, ..Written::default() };
        assert_eq!(fill(&mut tx, &serie, &march).await.unwrap(), expected, "{db}");
        let expected = Written { oforandrade: 1, ..Written::default() };
        assert_eq!(fill(&mut tx, &serie, &march).await.unwrap(), expected, "{db}");
        let may = [ny(2, &[bromma], 328), ny(3, &[bromma], 317)];
        let expected = Written { nya: 1, andrade: 1, oforandrade: 0 };
        assert_eq!(fill(&mut tx, &serie, &may).await.unwrap(), expected, "{db}");

        let stands = [("2022-02".to_owned(), Some(328), 2), ("2022-03".to_owned(), Some(317), 1)];
        assert_eq!(held(&mut tx, &serie).await, stands, "{db}");
        let replaced = siffra::revisions(&mut tx, serie.id, 1).await.unwrap();
        let [(old, new)] = &replaced[..] else { panic!("{db}: {replaced:?}") };
        assert_eq!((whole(old), old.varde.unwrap().mark, old.sedd), (Some(316), Mark::Preliminar, today()), "{db}");
        assert_eq!((whole(new), new.varde.unwrap().mark, new.revision), (Some(328), Mark::Definitiv, 2), "{db}");

        let told = history::list(&mut tx, &[serie.id.0]).await.unwrap();
        let filled: Vec<_> = told.iter().filter(|entry| entry.what == "Siffror ifyllda").collect();
        assert_eq!((filled.len(), filled[0].who.as_str()), (2, "Enhetschef"), "{db}: what is the same is not told");
        let words: Vec<_> =
            filled[0].changes.iter().map(|c| [c.label.as_str(), c.before.as_str(), c.after.as_str()]).collect();
        let first = ["februari 2022 · Bromma", "316\u{a0}prel.", "328"];
        assert_eq!(words, [first, ["mars 2022 · Bromma", "", "317"]], "{db}");
    }
}

#[tokio::test]
async fn who_has_seen_another_value_than_the_one_that_stands_is_told() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        fill(&mut tx, &serie, &[ny(2, &[], 316)]).await.unwrap();
        let place = (Period::Month(2022, 2), Plats::default());
        let seen = |revision| HashMap::from([(place.clone(), revision)]);
        let write = async |tx: &mut Tx, n, seen: &siffra::Seen| {
            siffra::write(tx, when(), &serie, Ursprung::Inskriven, &[ny(2, &[], n)], Some(seen)).await
        };
        let nothing = write(&mut tx, 320, &HashMap::new()).await;
        assert!(matches!(nothing, Err(Error::Conflict)), "{db}: {nothing:?}");
        write(&mut tx, 320, &seen(1)).await.unwrap();
        let late = write(&mut tx, 330, &seen(1)).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        let same = write(&mut tx, 320, &seen(1)).await.unwrap();
        assert_eq!(same.oforandrade, 1, "{db}: two who say the same agree");
        // what is known to be missing replaces a value, and is replaced
        let gone = Ny { varde: None, not: "Oklart".into(), ..ny(2, &[], 0) };
        fill(&mut tx, &serie, &[gone]).await.unwrap();
        assert_eq!(held(&mut tx, &serie).await, [("2022-02".to_owned(), None, 3)], "{db}");
        write(&mut tx, 331, &seen(3)).await.unwrap();
        assert_eq!(held(&mut tx, &serie).await, [("2022-02".to_owned(), Some(331), 4)], "{db}");
    }
}

#[tokio::test]
async fn what_cannot_stand_in_a_series_is_refused_with_its_place_and_nothing_is_written() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Väster"]).await;
        let foreign = divided(&mut tx, world.other, "Stadsdel", &["Kista"]).await;
        let (bromma, group) = (district.values[0].id, district.values[1].id);
        let part = Dimensionsvarde { grupp: Some(group), ..varde("Hässelby") };
        dimension::create_varde(&mut tx, now(), &district, district.version, &part).await.unwrap();
        let serie = made(&mut tx, world.unit, &[district.id]).await;
        let good = ny(2, &[bromma], 316);
        for (bad, word) in [
            (ny(2, &[foreign.values[0].id], 1), "inte finns"),
            (ny(2, &[group], 1), "En grupp räknas ut"),
            (ny(2, &[], 1), "inte finns"),
            (ny(2, &[bromma, bromma], 1), "inte finns"),
            (Ny { period: Period::Year(2022), ..good.clone() }, "för varje månad"),
            (ny(2, &[bromma], 317), "Två olika värden"),
            (ny(3, &[bromma], -1), "mindre än 0"),
        ] {
            let words = said(fill(&mut tx, &serie, &[good.clone(), bad]).await);
            assert!(words.contains(word), "{db}: {words}");
        }
        assert!(held(&mut tx, &serie).await.is_empty(), "{db}");
        let twice = fill(&mut tx, &serie, &[good.clone(), good]).await.unwrap();
        assert_eq!(twice.nya, 1, "{db}: the same value twice is one");
        // a total is a place of its own
        let total = Ny { plats: Plats::total(1), ..ny(2, &[], 600) };
        fill(&mut tx, &serie, &[total]).await.unwrap();
        let all = siffra::all(&mut tx, serie.id, 1).await.unwrap();
        assert_eq!(all.iter().map(whole).collect::<Vec<_>>(), [Some(600), Some(316)], "{db}: the total is first");
    }
}

#[tokio::test]
async fn three_years_of_two_dimensions_are_written_at_once_and_come_back_in_order() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let names = |word: &str, n| (0..n).map(|i| format!("{word} {i}")).collect::<Vec<_>>();
        let (districts, codes) = (names("Stadsdel", 13), names("Kod", 20));
        let by =
            divided(&mut tx, world.unit, "Stadsdel", &districts.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let and = divided(&mut tx, world.unit, "Hinder", &codes.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let serie = made(&mut tx, world.unit, &[by.id, and.id]).await;
        let plain = made(&mut tx, world.unit, &[]).await;
        fill(&mut tx, &plain, &[ny(1, &[], 5), ny(2, &[], 6), ny(4, &[], 7)]).await.unwrap();
        let mut nya = Vec::new();
        let mut period = Period::Month(2020, 1);
        for month in 0..36 {
            for (i, district) in by.values.iter().enumerate() {
                for (j, code) in and.values.iter().enumerate() {
                    let n = i64::try_from(month * 1000 + i * 20 + j).unwrap();
                    nya.push(Ny { period, ..ny(1, &[district.id, code.id], n) });
                }
            }
            period = period.after();
        }
        let written = fill(&mut tx, &serie, &nya).await.unwrap();
        assert_eq!(written, Written { nya: 9_360, ..Written::default() }, "{db}");
        let all = siffra::all(&mut tx, serie.id, 2).await.unwrap();
        nya.sort_by_key(|ny| (ny.period, ny.plats.clone()));
        let places = |period: &Period, plats: &Plats| (*period, plats.clone());
        assert!(
            all.iter()
                .map(|v| (places(&v.period, &v.plats), v.varde))
                .eq(nya.iter().map(|v| (places(&v.period, &v.plats), v.varde))),
            "{db}"
        );
        assert_eq!(fill(&mut tx, &serie, &nya).await.unwrap().oforandrade, 9_360, "{db}");
        // each is one more
        let more = Tal::whole(1);
        for ny in &mut nya {
            ny.varde = ny.varde.map(|varde| Varde::of(varde.tal + more));
        }
        assert_eq!(fill(&mut tx, &serie, &nya).await.unwrap().andrade, 9_360, "{db}");
        assert_eq!(siffra::revisions(&mut tx, serie.id, 2).await.unwrap().len(), 50, "{db}");
        let told = history::list(&mut tx, &[serie.id.0]).await.unwrap();
        let words: Vec<_> = told[0].changes.iter().map(|c| (c.label.as_str(), c.after.as_str())).collect();
        assert_eq!(words, [("Ändrade värden", "9\u{a0}360")], "{db}: many are told by how many");

        let latest = siffra::latest(&mut tx, &[serie.id, plain.id, SerieId::new()], 2).await.unwrap();
        assert_eq!((latest.len(), latest[&serie.id].len()), (2, 520), "{db}");
        assert_eq!(latest[&serie.id][0].period, Period::Month(2022, 11), "{db}");
        let every = siffra::latest_versions(&mut tx, &[serie.id], 2).await.unwrap();
        assert_eq!(every[&serie.id].len(), 1_040, "{db}: with what was replaced, of those periods alone");
        let of_plain: Vec<_> = latest[&plain.id].iter().map(|v| (v.period, whole(v))).collect();
        let last = [(Period::Month(2022, 2), Some(6)), (Period::Month(2022, 4), Some(7))];
        assert_eq!(of_plain, last, "{db}: the last that there are, whatever lies between");
    }
}

#[tokio::test]
async fn both_databases_give_the_same_sums_and_round_them_alike() {
    let mut said = Vec::new();
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let names: Vec<String> = (0..23).map(|n| format!("Del {n}")).collect();
        let by = divided(&mut tx, world.unit, "Del", &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let serie = made(&mut tx, world.unit, &[by.id]).await;
        // ten-thousandths that lie close to a half, and far apart
        let mut drawn = 7_i64;
        let mut next = || {
            drawn = (drawn * 48_271) % 2_147_483_647;
            drawn * 5_000 / 3 + 5_000
        };
        let mut nya = Vec::new();
        for month in 1..=12 {
            for value in &by.values {
                nya.push(Ny { varde: Some(Varde::of(Tal::of_stored(next()))), ..ny(month, &[value.id], 0) });
            }
        }
        fill(&mut tx, &serie, &nya).await.unwrap();
        let all = siffra::all(&mut tx, serie.id, 1).await.unwrap();
        let sums = totaler(&serie.content, &all, std::slice::from_ref(&by));
        let of =
            |month: u32| nya.iter().filter(move |ny| ny.period == Period::Month(2022, month)).filter_map(|ny| ny.varde);
        for month in 1..=12 {
            let exact: Tal = of(month).map(|varde| varde.tal).sum();
            assert_eq!(sums[&Period::Month(2022, month)].tal, exact, "{db}: {month}");
        }
        let later = chrono::NaiveDate::from_ymd_opt(2023, 6, 1).unwrap();
        let year = ar(&serie.content, &sums, 2022, later).unwrap().langre.tal;
        said.push((year.stored(), sums.values().map(|v| v.tal.with_decimals(0)).collect::<Vec<_>>()));
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
}

#[tokio::test]
async fn a_window_of_time_is_read_of_many_series_at_once_with_what_was_ever_there() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Kista"]).await;
        let bromma = district.values[0].id;
        let by = made(&mut tx, world.unit, &[district.id]).await;
        let plain = made(&mut tx, world.unit, &[]).await;
        let empty = made(&mut tx, world.unit, &[]).await;
        fill(&mut tx, &by, &[ny(1, &[bromma], 317), preliminar(ny(2, &[bromma], 316)), ny(5, &[bromma], 330)])
            .await
            .unwrap();
        fill(&mut tx, &by, &[ny(2, &[bromma], 328)]).await.unwrap();
        fill(&mut tx, &plain, &[ny(2, &[], 6), ny(4, &[], 7)]).await.unwrap();
        let ids = [by.id, plain.id, empty.id, SerieId::new()];
        let month = |n| Period::Month(2022, n);

        let spann = siffra::spann(&mut tx, &ids).await.unwrap();
        assert_eq!(spann.len(), 2, "{db}: one without values has no first");
        assert_eq!((spann[&by.id], spann[&plain.id]), ((month(1), month(5)), (month(2), month(4))), "{db}");

        let window = (month(2), month(3));
        let held = siffra::mellan(&mut tx, &ids, window, siffra::Vilka::Gallande).await.unwrap();
        let of = |all: &[Siffra]| all.iter().map(|v| (v.period, whole(v), v.gallande)).collect::<Vec<_>>();
        assert_eq!(of(&held[&by.id]), [(month(2), Some(328), true)], "{db}");
        assert_eq!((of(&held[&plain.id]), held.len()), (vec![(month(2), Some(6), true)], 2), "{db}");
        let every = siffra::mellan(&mut tx, &[by.id], window, siffra::Vilka::Alla).await.unwrap();
        let both = [(month(2), Some(316), false), (month(2), Some(328), true)];
        assert_eq!(of(&every[&by.id]), both, "{db}: in the order in which they were written");
        let nothing = siffra::mellan(&mut tx, &[], window, siffra::Vilka::Alla).await.unwrap();
        assert!(nothing.is_empty(), "{db}");
    }
}

#[tokio::test]
async fn which_parts_a_series_has_and_has_had_is_what_its_values_say() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Kista", "Tom"]).await;
        let [bromma, kista] = [0, 1].map(|i| district.values[i].id);
        let by = made(&mut tx, world.unit, &[district.id]).await;
        let empty = made(&mut tx, world.unit, &[district.id]).await;
        let at = |n: i64| Period::of_ordinal(Period::Month(2022, 4).ordinal() - n, domain::period::Grain::Manad);
        let mut nya: Vec<Ny> = (0..20).map(|n| Ny { period: at(n), ..ny(1, &[bromma], 317) }).collect();
        nya.extend((17..20).map(|n| Ny { period: at(n), ..ny(1, &[kista], 41) }));
        fill(&mut tx, &by, &nya).await.unwrap();
        let all = siffra::all(&mut tx, by.id, 1).await.unwrap();
        let read = siffra::sedda(&mut tx, &[by.id, empty.id]).await.unwrap();
        assert_eq!(read[&by.id], Sedda::of(&all, std::slice::from_ref(&district)), "{db}");
        assert_eq!((read[&by.id].fran, read[&by.id].lately.contains(&kista)), (Some(at(15)), false), "{db}");
        assert!(read[&by.id].ever.contains(&kista) && !read.contains_key(&empty.id), "{db}");
    }
}

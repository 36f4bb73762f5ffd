//! The demo shows every area: who looks at it, and the specs that look at its pages, find something there.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::{
    area::{Area, Ring},
    schedule::Category,
};

use crate::common::App;

#[tokio::test]
async fn every_area_with_a_time_has_something_in_the_demo() {
    let app = App::empty().await;
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let now = today.and_hms_opt(9, 0, 0).unwrap().and_utc();
    web::demo::fill(&app.state.store, today, now).await.unwrap();
    let mut tx = app.write().await;
    let person = store::person::credentials(&mut tx, "enhetschef@demo.se").await.unwrap().unwrap().person;
    let chef = store::person::actor(&mut tx, person, 1).await.unwrap().unwrap();
    let unit = chef.units()[0].0;
    let mut items = store::occurrence::year(&mut tx, &chef, unit, today.year()).await.unwrap();
    let say = ui::moment::latest;
    items.extend(store::avvikelse::frist::items(&mut tx, &chef, &[unit], now, today, say).await.unwrap());
    let there: BTreeSet<Area> = items.iter().map(|i| i.area).collect();
    let missing: Vec<Area> = Area::on_wheel().filter(|area| !there.contains(area)).collect();
    assert!(missing.is_empty(), "give the demo something of these (server/web/src/demo.rs): {missing:?}");
    for item in &items {
        assert!(item.area.has_time(), "{} has a time: its traits say that it has none", item.title);
        let fits = match item.area.time().ring {
            Ring::Own(ring) | Ring::Within(ring) => ring == item.category,
            Ring::Chosen => Category::FREE.contains(&item.category),
        };
        assert!(fits, "{} is on the ring {:?}: its area says {:?}", item.title, item.category, item.area.time().ring);
    }
    let open: BTreeSet<Area> = items.iter().filter(|i| i.occurrence.state.is_open()).map(|i| i.area).collect();
    assert_eq!(open, there, "and something of each that is still to do");
}

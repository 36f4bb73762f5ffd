//! What the device keeps: tables of texts in IndexedDB. A text is kept when its transaction has come to an end, not when it
//! was asked for.

use idb::{
    Database, ObjectStore, Query, TransactionMode,
    builder::{DatabaseBuilder, ObjectStoreBuilder},
};
use leptos::leptos_dom::helpers::window;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

/// A database of the device: its name and all its tables.
pub struct Device {
    /// Its name.
    pub name: &'static str,
    /// Its tables. They are made with the database: a new one needs a new database.
    pub tables: &'static [&'static str],
}

/// Why the device could not keep something: it is full, or keeps nothing for this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unkept;

impl From<idb::Error> for Unkept {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

fn key(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}

async fn write<T: Serialize>(table: &ObjectStore, at: &str, value: &T) -> Result<(), Unkept> {
    let text = serde_json::to_string(value).map_err(|_| Unkept)?;
    table.put(&JsValue::from_str(&text), Some(&key(at)))?.await?;
    Ok(())
}

impl Device {
    async fn open(&self) -> Result<Database, Unkept> {
        let builder = DatabaseBuilder::new(self.name).version(1);
        let builder = self.tables.iter().fold(builder, |b, table| b.add_object_store(ObjectStoreBuilder::new(table)));
        Ok(builder.build().await?)
    }

    /// Puts a value at a place, or puts another there.
    pub async fn put<T: Serialize>(&self, table: &str, at: &str, value: &T) -> Result<(), Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadWrite)?;
        write(&transaction.object_store(table)?, at, value).await?;
        let done = transaction.commit()?.await?;
        db.close();
        if done.is_committed() { Ok(()) } else { Err(Unkept) }
    }

    /// Changes what stands at a place, in one transaction: another tab may change it too.
    pub async fn change<T: Serialize + DeserializeOwned>(
        &self,
        table: &str,
        at: &str,
        change: impl FnOnce(Option<T>) -> T,
    ) -> Result<(), Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(table)?;
        let found = store.get(Query::Key(key(at)))?.await?.and_then(|v| read(&v));
        write(&store, at, &change(found)).await?;
        transaction.commit()?.await?;
        db.close();
        Ok(())
    }

    /// What stands at a place.
    pub async fn get<T: DeserializeOwned>(&self, table: &str, at: &str) -> Result<Option<T>, Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(table)?.get(Query::Key(key(at)))?.await?;
        db.close();
        Ok(found.and_then(|v| read(&v)))
    }

    /// Everything in a table.
    pub async fn all<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<T>, Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(table)?.get_all(None, None)?.await?;
        db.close();
        Ok(found.iter().filter_map(read).collect())
    }

    /// Takes away what stands at a place.
    pub async fn delete(&self, table: &str, at: &str) -> Result<(), Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadWrite)?;
        transaction.object_store(table)?.delete(Query::Key(key(at)))?.await?;
        transaction.commit()?.await?;
        db.close();
        Ok(())
    }
}

/// Random bytes.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A random UUID (version 4). `crypto.randomUUID` is only there over https; this is there everywhere.
#[must_use]
pub fn random_id() -> String {
    uuid::Builder::from_random_bytes(random()).into_uuid().to_string()
}

/// Tells the page, by an event on its window.
pub fn say(event: &str) {
    if let Ok(event) = web_sys::Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

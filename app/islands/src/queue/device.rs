//! What the device keeps: tables of texts in IndexedDB. A text is kept when its transaction has come to an end, not when it
//! was asked for.

use idb::{
    Database, ObjectStore, Query, TransactionMode,
    builder::{DatabaseBuilder, ObjectStoreBuilder},
};
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

/// What becomes of something that has been looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It stands as it stood.
    Leave,
    /// It is kept as it is now.
    Keep,
    /// It is taken away.
    Forget,
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

    /// Looks at what stands at a place and decides what becomes of it, in one transaction: nothing comes in between. What stood
    /// there, as it was left.
    pub async fn alter<T: Serialize + DeserializeOwned>(
        &self,
        table: &str,
        at: &str,
        decide: impl FnOnce(&mut T) -> Then,
    ) -> Result<Option<T>, Unkept> {
        let db = self.open().await?;
        let transaction = db.transaction(&[table], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(table)?;
        let mut found: Option<T> = store.get(Query::Key(key(at)))?.await?.and_then(|v| read(&v));
        if let Some(thing) = &mut found {
            match decide(thing) {
                Then::Leave => {}
                Then::Keep => write(&store, at, thing).await?,
                Then::Forget => store.delete(Query::Key(key(at)))?.await?,
            }
        }
        let done = transaction.commit()?.await?;
        db.close();
        if done.is_committed() { Ok(found) } else { Err(Unkept) }
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

//! Folders that are dropped: their files, and those of the folders in them.

use super::open_chosen;
use crate::state::{Act, Action};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// A folder of more files is none that collect.sh has written.
const MOST_FILES: usize = 10_000;
const TOO_MANY: &str =
    "The folder has more than 10,000 files, and none was read: drop the folder that collect.sh has written.";

/// Opens all files that are dropped with a folder.
pub(crate) fn open_folders(entries: Vec<FileSystemEntry>, act: &Act) {
    let act = act.clone();
    spawn_local(async move {
        match files_of(entries).await {
            Some(files) if files.is_empty() => act.emit(Action::Refuse("The folder has no files.".to_owned())),
            Some(files) => open_chosen(files, &act),
            None => act.emit(Action::Refuse(TOO_MANY.to_owned())),
        }
    });
}

/// Nothing where they are too many. What a file manager hides is passed over.
async fn files_of(mut left: Vec<FileSystemEntry>) -> Option<Vec<File>> {
    let mut files = Vec::new();
    while let Some(entry) = left.pop() {
        if entry.name().starts_with('.') {
            continue;
        }
        if entry.is_directory() {
            left.extend(entries_of(entry.unchecked_into()).await);
        } else {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file = answer(|done, failed| {
                entry.file_with_callback_and_callback(done, failed);
                Ok(())
            });
            files.extend(file.await.and_then(|it| it.dyn_into::<File>().ok()));
        }
        if files.len() + left.len() > MOST_FILES {
            return None;
        }
    }
    Some(files)
}

/// A browser gives a hundred at a time.
async fn entries_of(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let next = answer(|done, failed| reader.read_entries_with_callback_and_callback(done, failed)).await;
        let next: Array = next.map(JsCast::unchecked_into).unwrap_or_default();
        if next.length() == 0 || entries.len() > MOST_FILES {
            return entries;
        }
        entries.extend(next.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// What a function of the browser gives to the first of two callbacks; nothing where it gives an error.
async fn answer(mut ask: impl FnMut(&Function, &Function) -> Result<(), JsValue>) -> Option<JsValue> {
    let asked = Promise::new(&mut |done, failed| {
        if ask(&done, &failed).is_err() {
            let _ = failed.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(asked).await.ok()
}

//! An archive as an application would keep it: keys, titles and bodies stored, English stems with
//! positions, two indexing threads, merged to one segment.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use tantivy::schema::{
    IndexRecordOption, Schema, TextFieldIndexing, TextOptions, STORED, STRING,
};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::peer::Result;

const WRITER_BYTES: usize = 256 << 20;
const THREADS: usize = 2;

/// Lines of key, title and body. Prints the seconds to the commit and to the one segment.
pub fn archive(articles: &str, directory: &str) -> Result<()> {
    let start = Instant::now();
    std::fs::create_dir_all(directory)?;
    let text = TextOptions::default().set_stored().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let mut builder = Schema::builder();
    let key = builder.add_text_field("key", STRING | STORED);
    let title = builder.add_text_field("title", text.clone());
    let body = builder.add_text_field("body", text);
    let index = Index::create_in_dir(directory, builder.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, WRITER_BYTES)?;
    for line in BufReader::new(File::open(articles)?).lines() {
        let line = line?;
        let parts: Vec<&str> = line.splitn(3, '\t').collect();
        let mut document = TantivyDocument::default();
        document.add_text(key, parts[0]);
        document.add_text(title, parts[1]);
        document.add_text(body, parts[2]);
        writer.add_document(document)?;
    }
    writer.commit()?;
    println!("committed {:.2}", start.elapsed().as_secs_f64());
    writer.wait_merging_threads()?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    println!("merged {:.2}", start.elapsed().as_secs_f64());
    println!("articles {}", index.reader()?.searcher().num_docs());
    Ok(())
}

//! The index: one field of words with positions and lengths, not stored; the date and the number as
//! fast fields, the source as one raw term. One thread, so that articles keep their order.

use std::fs::File;
use std::io::{BufRead, BufReader};

use tantivy::schema::{
    Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, FAST, INDEXED, STRING,
};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::peer::Result;

const WRITER_BYTES: usize = 256 << 20;

fn schema() -> Schema {
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let mut builder = Schema::builder();
    builder.add_text_field("words", words);
    builder.add_text_field("source", STRING);
    builder.add_u64_field("date", INDEXED | FAST);
    builder.add_u64_field("number", FAST);
    builder.build()
}

pub fn index(articles: &str, directory: &str) -> Result<()> {
    std::fs::create_dir_all(directory)?;
    let schema = schema();
    let field = |name: &str| -> Result<Field> { Ok(schema.get_field(name)?) };
    let (words, source) = (field("words")?, field("source")?);
    let (date, number) = (field("date")?, field("number")?);
    let index = Index::create_in_dir(directory, schema.clone())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for line in BufReader::new(File::open(articles)?).lines() {
        let line = line?;
        let parts: Vec<&str> = line.splitn(4, '\t').collect();
        let mut document = TantivyDocument::default();
        document.add_u64(number, parts[0].parse()?);
        document.add_u64(date, parts[1].parse()?);
        document.add_text(source, parts[2]);
        document.add_text(words, parts[3]);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

pub fn merge(directory: &str) -> Result<()> {
    let index = Index::open_in_dir(directory)?;
    let segments = index.searchable_segment_ids()?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}
